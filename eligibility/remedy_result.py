"""What can be done about a setback: small frozen records, ready to be turned into JSON."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from eligibility.result import Reason


@dataclass(frozen=True)
class Step:
    """Something to do or to expect, with the article it rests on.

    `last_day` is None where no period runs or the day it starts is not known; `by` says who must
    keep to it, the `person` or an `organ`; `passed` says that it lies before the day asked about,
    which closes nothing for the person: periods can be longer.
    """

    id: str
    text: str
    reference: str | None
    last_day: date | None
    by: str | None
    passed: bool


@dataclass(frozen=True)
class Remedy:
    """The steps in order, what to put forward, how days were counted, and what is not known."""

    event: str
    label: str
    steps: tuple[Step, ...]
    grounds: tuple[Reason, ...]
    counting: tuple[Reason, ...]
    missing: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """Return plain lists and dictionaries; days as YYYY-MM-DD."""
        plain = asdict(self)
        for step in plain["steps"]:
            step["last_day"] = step["last_day"].isoformat() if step["last_day"] else None
        return {
            key: [*value] if isinstance(value, tuple) else value for key, value in plain.items()
        }
