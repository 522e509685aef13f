"""The day a period runs from, as far as people said it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from eligibility.numerals import read_numeral
from eligibility.radar.answer import LastDay, last_day
from eligibility.radar.periods import Period
from eligibility.radar.wording import words
from eligibility.when import Said, coming, fallen_due, is_likely_ahead, understand
from eligibility.when.reading import normal, received

NEAR = timedelta(days=31)
MONTHS = timedelta(days=92)  # within such a stretch a rounder word tells no more
UNIT_OF = {"workday": "day"}  # people do not say which days they count


@dataclass(frozen=True)
class Start:
    """A day (or moment); `rough` where a stretch was named, `other` a later day it may also be.

    The earlier of two days is counted from, so that nobody comes too late; see `last_day`.
    """

    day: date
    rough: bool = False
    other: date | None = None

    def counted(self, period_id: str, on: date) -> LastDay:
        """Return the last day of a period from this day, on the safe side where it is not exact.

        Raises:
            FactError: no period has that id.
        """
        return last_day(period_id, self.day, on, rough=self.rough, other=self.other)

    def holds(self, said: Start) -> bool:
        """Return whether a day lies within the stretch that is known."""
        return _date(self.day) <= _date(said.day) <= _date(self.other or self.day)

    def refined(self, said: Start) -> Start:
        """Return what is known once another day is said: about the same day adds nothing.

        「三月份发的」, then 「8个月了」: the month that was named stays. 「十来个月」, then
        「十个月了」: it may still be eleven; who counts from the earliest comes in time.
        """
        if not said.rough or said.other is None:
            return said
        first, last = _date(self.day), _date(self.other or self.day)
        begins, ends = _date(said.day), _date(said.other)
        off = (ends - begins) // 2
        fits = begins - off <= last and first <= ends + off
        within = first <= begins and ends <= last and last - first <= MONTHS
        return self if (fits and last - first <= ends - begins) or within else said

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values, days in ISO form."""
        other = self.other.isoformat() if self.other else None
        return {"day": self.day.isoformat(), "rough": self.rough, "other": other}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Start:
        """Return what `to_dict` wrote.

        Raises:
            ValueError: a day is not in ISO form.
        """
        other = values["other"]
        return cls(_day(values["day"]), values["rough"], _day(other) if other else None)


def start_in(text: str, on: date, period: Period | None) -> Start | None:
    """Return the day from which a text lets a period run, None where it must be asked.

    Who must be asked within a period is free from when the debt fell due, whatever else happened
    when. That the period itself is said to be over (「已经过了七天了」) tells no day, and a day to
    come on which it is to be done (「打算12月2号去交」) is not the one it runs from.
    """
    if period is not None and period.kind == "claim":
        due = fallen_due(text, on)
        return start_of(due) if due else None
    if period is not None and _says_it_is_over(text, period, on):
        return None
    said = understand(text, on)
    planned = _is_planned(text, said, on) or tells_a_hearing(text, on)
    return None if planned else start_of(said)


def tells_a_hearing(text: str, on: date) -> bool:
    """Return whether the one day of a text is that of a hearing to come: 「腊月初六开庭」."""
    said = understand(text, on)
    if not said.words or received(text):
        return False
    plain = normal(text)
    before, after = plain[: said.end].removesuffix(said.words), plain[said.end :]
    return bool(
        re.search(words()["hearing_after"], after) or re.search(words()["hearing_before"], before)
    )


def hearing_day(text: str, on: date) -> date | None:
    """Return the day of the hearing to come that a text tells, None where it tells none."""
    said = coming(text, on)
    return said.day if tells_a_hearing(text, on) else None


def _is_planned(text: str, said: Said, on: date) -> bool:
    """Return whether the one day of a text is one to come, on which something is to be done."""
    if not said.words or received(text) or not is_likely_ahead(said, on):
        return False
    plain = normal(text)
    before, after = plain[: said.end].removesuffix(said.words), plain[said.end :]
    signs = ((words()["planned_before"], before), (words()["planned_after"], after))
    return any(re.search(sign, part) for sign, part in signs)


def _says_it_is_over(text: str, period: Period, on: date) -> bool:
    """Return whether a text says that as much time as the period lasts is gone, and no more."""
    value, plain = period.at(on), normal(text)
    if value.length is None or received(text):
        return False
    for said in re.finditer(words()["so_long_gone"], plain):
        same_unit = words()["units_said"].get(said["unit"]) in (value.unit, UNIT_OF.get(value.unit))
        if same_unit and read_numeral(said["count"]) == value.length:
            return True
    return False


def start_of(said: Said) -> Start | None:
    """Return the day to count from, or None where it must be asked.

    Two readings of the same words that lie close together (last week, from a Sunday on) need no
    question; several days in one text do.
    """
    if said.began is None:
        return None
    if len(said.candidates) == 1:
        only = said.candidates[0]
        if only.slack and said.clock is None:
            off = timedelta(days=only.slack)
            return Start(only.first - off, rough=True, other=only.first + off)
        rough = only.first != only.last or said.question is not None
        return Start(said.began, rough, only.last if only.first != only.last else None)
    days = sorted(one.first for one in said.candidates)
    one_way = all(one.assumed and one.first == one.last for one in said.candidates)
    if len(days) > 2 or not one_way or days[1] - days[0] > NEAR:
        return None
    return Start(days[0], other=days[1])


def _date(day: date) -> date:
    return day.date() if isinstance(day, datetime) else day


def _day(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
