"""The day a period runs from, as far as people said it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from eligibility.radar.answer import LastDay, last_day
from eligibility.when import Said

NEAR = timedelta(days=31)


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

    def refined(self, said: Start) -> Start:
        """Return what is known once another day is said: about the same day adds nothing.

        「三月份发的」, then 「8个月了」: the month that was named stays.
        """
        if not said.rough or said.other is None:
            return said
        first, last = _date(self.day), _date(self.other or self.day)
        begins, ends = _date(said.day), _date(said.other)
        off = (ends - begins) // 2
        fits = begins - off <= last and first <= ends + off
        return self if fits and last - first <= ends - begins else said

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
