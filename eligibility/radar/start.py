"""The day a period runs from, as far as people said it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from eligibility.when import Said

NEAR = timedelta(days=31)


@dataclass(frozen=True)
class Start:
    """A day (or moment); `rough` where a stretch was named, `other` a later day it may also be.

    The earlier of two days is counted from, so that nobody comes too late.
    """

    day: date
    rough: bool = False
    other: date | None = None

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
        rough = only.first != only.last or said.question is not None
        return Start(said.began, rough, only.last if only.first != only.last else None)
    days = sorted(one.first for one in said.candidates)
    one_way = all(one.assumed and one.first == one.last for one in said.candidates)
    if len(days) > 2 or not one_way or days[1] - days[0] > NEAR:
        return None
    return Start(days[0], other=days[1])


def _day(text: str) -> date:
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
