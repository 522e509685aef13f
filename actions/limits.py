"""The periods that an entry states, counted from a day that was told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from actions.clock import today
from actions.wording import grouped, say
from eligibility import Reason
from eligibility.counting import days_after, months_after
from eligibility.numerals import NUMERAL, read_numeral
from eligibility.radar import (
    Period,
    Start,
    add_working,
    last_day,
    shipped,
    ways_left,
    written,
)

GOAL = "deadlines"
MONTH = timedelta(days=31)  # a longer stretch tells no day: nothing is said to be over by it


@dataclass(frozen=True)
class Limit:
    """A period within which somebody has to act, the clause and the sentence that state it."""

    words: str
    length: int
    unit: str
    sentence: str = ""

    def ends(self, start: date) -> date:
        """Return its last day."""
        if self.unit == "workday":
            return add_working(start, self.length)
        if self.unit == "day":
            return days_after(start, self.length)
        return months_after(start, self.length * (12 if self.unit == "year" else 1))


def limits_in(text: str) -> list[Limit]:
    """Return the periods for acting that a text states, one for each of its clauses at most."""
    found = []
    clauses = ((one, part) for part in re.split("[；。]", text) for one in part.split("，"))
    for clause, sentence in clauses:
        said = re.search(rf"({NUMERAL})个?({say(GOAL, 'units_of_limits')})", clause)
        number = read_numeral(said[1]) if said else None
        acts = re.search(say(GOAL, "acts"), clause) and not re.search(say(GOAL, "no_acts"), clause)
        if said is None or not acts or not number or number != int(number):
            continue
        units = grouped(GOAL, "limit_units")
        unit = next(key for key, signs in units.items() if said[2] in signs)
        of_work = unit == "day" and say(GOAL, "workday") in clause
        found.append(Limit(clause.strip(), int(number), "workday" if of_work else unit, sentence))
    return found


def periods_of(limit: Limit) -> list[Period]:
    """Return the periods of the radar that a period of an entry may be: as long, for the same."""
    named = grouped(GOAL, "periods_of_limits").items()
    keys = [key for key, names in named if any(word in limit.sentence for word in names)]
    found = [shipped()[key] for key in keys]
    size = (limit.length, limit.unit)
    return [one for one in found if (one.at(today()).length, one.at(today()).unit) == size]


def counted(limits: list[Limit], start: Start) -> str:
    """Return a line for each period, and what is open after those that are over."""
    lines = [_line(one, start) for one in limits]
    over = [one for one in limits if one.ends(start.day) < today()]
    if over:
        lines += [f"· {line}" for line in _still_open(over, start)]
    return "\n".join(lines)


def is_vague(start: Start) -> bool:
    """Return whether so long a stretch was named that no day can be counted from: a year."""
    return start.other is not None and start.other - start.day > MONTH


def _line(limit: Limit, start: Start) -> str:
    first, last = limit.ends(start.day), limit.ends(start.other or start.day)
    for period in periods_of(limit):
        if period.born and period.precedes(start.day):
            return say(GOAL, "limit_is_new", words=limit.words, born=written(period.born))
    if first < today() and is_vague(start):
        return say(GOAL, "limit_uncounted", words=limit.words)
    if last < today():
        days = (today() - last).days
        return say(GOAL, "limit_over", words=limit.words, last=written(last), days=days)
    if first < today():
        between = {"first": written(first), "last": written(last)}
        return say(GOAL, "limit_may_be_over", words=limit.words, **between)
    days_left = (first - today()).days
    return say(GOAL, "limit_left", words=limit.words, last=written(first), days=days_left)


def _still_open(over: list[Limit], start: Start) -> list[str]:
    """Return what the law leaves after the periods that are over, as far as it is known."""
    lines = []
    for limit in over:
        if re.search(say(GOAL, "from_knowing"), limit.words):
            lines.append(say(GOAL, "known_later"))
        for period in periods_of(limit):
            told = last_day(period.id, start.day, today())
            lines += map(_cited, told.actions[:-1] if told.passed else ())
            lines += map(_cited, ways_left(period)[:-1] if told.last is None else ())
    return list(dict.fromkeys(lines)) or [say(GOAL, "nothing_known_open")]


def _cited(way: Reason) -> str:
    return f"{way.text}（{way.reference}）" if way.reference else way.text
