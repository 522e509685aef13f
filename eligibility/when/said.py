"""What a person may have meant by a day."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from typing import Any


@dataclass(frozen=True)
class Candidate:
    """A day (`first` equals `last`) or a stretch of days, and what was assumed, in words.

    `slack` is by how many days an approximate day (三个月前) may lie earlier or later.
    """

    first: date
    last: date
    assumed: str | None = None
    slack: int = 0


@dataclass(frozen=True)
class Said:
    """What words about a day may mean, most likely first; `question` asks where it is open.

    `start` and `end` are where the words stand in the (normalised) text.
    """

    candidates: tuple[Candidate, ...]
    question: str | None
    words: str
    start: int
    end: int
    clock: time | None = None

    @property
    def day(self) -> date | None:
        """Return the day where it is exactly one, else None."""
        if len(self.candidates) != 1 or self.candidates[0].first != self.candidates[0].last:
            return None
        return self.candidates[0].first

    @property
    def began(self) -> date | None:
        """Return the first day (or moment) of what is most likely meant, None where unclear."""
        if not self.candidates:
            return None
        first = self.candidates[0].first
        return first if self.clock is None else datetime.combine(first, self.clock)

    def to_dict(self) -> dict[str, Any]:
        """Return it as plain values, dates in ISO form."""
        return {
            "words": self.words,
            "question": self.question,
            "clock": self.clock.isoformat() if self.clock else None,
            "candidates": [
                {**asdict(one), "first": one.first.isoformat(), "last": one.last.isoformat()}
                for one in self.candidates
            ],
        }
