"""What happened to an application: the event, the reason given, and the days it happened."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from eligibility.errors import FactError
from eligibility.remedy_rules import all_remedies


@dataclass(frozen=True)
class Setback:
    """One setback; None means not known.

    `why` is the reason the institution gave, one of the event's own (remedies.yml); `written` says
    whether there is a written decision. The days: `applied_on` the institution received the
    application, `decided_on` it granted aid, `found_on` the organ learnt that a lawyer must be
    appointed, `objected_on` the objection was received, `answered_on` its answer arrived,
    `reconsidered_on` the reconsideration decision arrived.
    """

    event: str
    why: str | None = None
    written: bool | None = None
    applied_on: date | None = None
    decided_on: date | None = None
    found_on: date | None = None
    objected_on: date | None = None
    answered_on: date | None = None
    reconsidered_on: date | None = None

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> Setback:
        """Return the setback in a mapping; null means not known.

        Raises:
            FactError: a key or value that does not exist; the message names the key.
        """
        if not isinstance(values, Mapping):
            raise FactError("setback", f"expected keys and values, found {values!r}")
        names = [field.name for field in fields(cls)]
        for key in values:
            if key not in names:
                raise FactError(str(key), f"no such key; known: {', '.join(names)}")
        events = all_remedies()
        if values.get("event") not in events:
            raise FactError("event", f"{values.get('event')!r} is not one of {', '.join(events)}")
        why = events[values["event"]].why
        if values.get("why") is not None and values["why"] not in why:
            raise FactError("why", f"{values['why']!r} is not one of {', '.join(why) or 'none'}")
        for key, value in values.items():
            _check(key, value)
        return cls(**values)

    def day(self, name: str) -> date | None:
        """Return one of the days by its name."""
        value: date | None = getattr(self, name)
        return value


def _check(key: str, value: Any) -> None:
    if value is None:
        return
    if key == "written" and not isinstance(value, bool):
        raise FactError(key, f"expected true or false, found {value!r}")
    if key.endswith("_on") and type(value) is not date:
        raise FactError(key, f"expected a day as YYYY-MM-DD, found {value!r}")
