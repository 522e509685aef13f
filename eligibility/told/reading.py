"""Everything that a text tells, in one list."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from eligibility.answers import parse_answer
from eligibility.facts import UNKNOWN
from eligibility.money import amounts_in
from eligibility.questions import labels, question
from eligibility.radar import hearing_day
from eligibility.told.durations import Duration, durations_in
from eligibility.told.words import either, plain, words
from eligibility.when import Said, coming, is_likely_ahead, mentions

# A month is worth noting as a day; 「去年」 is not.
LONGEST_STRETCH = timedelta(days=31)
COUNTIES = ("旗", "县", "区")
KINDS = ("cause", "amount", "date", "duration", "place", "relation")


@dataclass(frozen=True)
class Told:
    """One thing told.

    Attributes:
        kind: one of KINDS.
        value: yuan, the first day (ISO), months, or an id; None where no number is told.
        words: how it was said.
        shown: how it is shown to people.
    """

    kind: str
    value: Any
    words: str
    shown: str

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values."""
        return asdict(self)


def told_in(text: str, on: date) -> list[Told]:
    """Return what a text tells that was said on a day, by kind, each thing once."""
    found = [
        *_cause(text, on),
        *_amounts(text),
        *_days(text, on),
        *_durations(text),
        *_places(text, on),
        *_relations(text),
    ]
    return list({(one.kind, one.value, one.words): one for one in found}.values())


def _cause(text: str, on: date) -> Iterator[Told]:
    matter = parse_answer(question("matter", on), text, picks=False)
    if matter not in (None, UNKNOWN, "other"):
        label = labels("matter")[matter]
        yield Told("cause", matter, label, label)


def _amounts(text: str) -> Iterator[Told]:
    for one in amounts_in(text):
        about = words()["shown"]["about"] if one.rough else ""
        yield Told("amount", one.yuan, one.words, f"{one.words}（{about}{one.yuan:,.0f} 元）")


def _days(text: str, on: date) -> Iterator[Told]:
    lasting = durations_in(text)
    if (court := hearing_day(text, on)) is not None:
        shown = f"{words()['shown']['hearing']}{court.year}年{court.month}月{court.day}日"
        yield Told("date", court.isoformat(), coming(text, on).words, shown)
        return
    for one in mentions(text, on):
        if not one.candidates or one.words in words()["no_days"]:
            continue
        first, last = one.candidates[0].first, one.candidates[0].last
        if last - first > LONGEST_STRETCH or any(_overlap(one, other) for other in lasting):
            continue
        if is_likely_ahead(one, on) and first < on:  # of which year is not said
            yield Told("date", None, one.words, one.words)
            continue
        days = [f"{day.year}年{day.month}月{day.day}日" for day in dict.fromkeys((first, last))]
        yield Told("date", first.isoformat(), one.words, f"{one.words}（{'—'.join(days)}）")


def _overlap(day: Said, lasting: Duration) -> bool:
    return day.start < lasting.start + len(lasting.words) and lasting.start < day.end


def _durations(text: str) -> Iterator[Told]:
    for one in durations_in(text):
        about = words()["shown"].get(one.about or "", "")
        yield Told("duration", one.months, one.words, f"{about}{one.words}")


def _places(text: str, on: date) -> Iterator[Told]:
    region = parse_answer(question("region", on), text, picks=False)
    if region not in (None, UNKNOWN, "outside"):
        label = str(labels("region")[region])
        county = county_in(text, on)
        yield Told("place", region, county or label, f"{label}{county}")
    for match in _small_places().finditer(plain(text)):
        name = re.split("|".join(words()["place_from"]), match["name"])[-1]
        if name and not name.startswith(tuple(words()["not_places"])):
            place = name + match["kind"]
            yield Told("place", place, place, place)


def county_in(text: str, on: date) -> str:
    """Return the banner, county or district that a text names; "" where it names none."""
    said = plain(text)
    names = {name for one in question("region", on).options for name in one.says}
    told = [name for name in names if name.endswith(COUNTIES) and name in said]
    return max(told, key=len, default="")


def _relations(text: str) -> Iterator[Told]:
    said = plain(text)
    for match in _people().finditer(said):
        kind = _kinds_of_people().get(match[0])
        if kind:
            yield Told("relation", kind, match[0], match[0])


@cache
def _small_places() -> re.Pattern[str]:
    return re.compile(f"(?P<name>{words()['place_before']}?)(?P<kind>{either(words()['places'])})")


@cache
def _kinds_of_people() -> dict[str, str]:
    return {word: kind for kind, listed in words()["relations"].items() for word in listed}


@cache
def _people() -> re.Pattern[str]:
    """Match the people, and what only holds their words, the longest first."""
    return re.compile(either([*_kinds_of_people(), *words()["not_relations"]]))
