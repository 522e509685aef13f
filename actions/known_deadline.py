"""The period that the citizen asked about, kept as slots and counted anew each time."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions.clock import today
from actions.wording import say
from eligibility import UNKNOWN
from eligibility.radar import LastDay, Start, shipped, written


def start_told(value: Any) -> Start | None:
    """Return the day a period runs from as the slot holds it, None where it is not known."""
    return None if value in (None, UNKNOWN) else Start.from_dict(value)


def deadline_of(tracker: Tracker) -> LastDay | None:
    """Return the period last told about, as of today; None where there is none with a day."""
    start = start_told(tracker.get_slot("deadline_day"))
    if start is None or tracker.get_slot("deadline_period") not in shipped():
        return None
    return start.counted(tracker.get_slot("deadline_period"), today())


def urgent_days_left(tracker: Tracker) -> int | None:
    """Return the days left where so few are that aid may come first (Art. 44), None else."""
    found = deadline_of(tracker)
    return found.days_left if found and found.urgent else None


def deadline_facts(tracker: Tracker) -> list[dict[str, Any]]:
    """Return the period as facts for the lawyer: what runs, from which day, to which day."""
    found = deadline_of(tracker)
    if found is None or found.last is None:
        return []
    values = {
        "deadline_period": found.name,
        "deadline_event": shipped()[found.period].event,
        **_in_days(found, start_told(tracker.get_slot("deadline_day"))),
    }
    last = {} if found.unsure else {"deadline_last": found.last.isoformat()}
    return [
        {
            "label": say("fact_names", key),
            "value": value,
            "section": "date",
            "last_day": last.get(key),
        }
        for key, value in values.items()
    ]


def _in_days(found: LastDay, start: Start | None) -> dict[str, str]:
    """Return the days as a lawyer reads them; where no exact one was named, between which."""
    last = written(found.ends or found.last) if found.last else ""
    if found.days_left is None:
        left, words = "deadline_unsure", {"days": 0}
    else:
        left = "deadline_passed" if found.passed else "deadline_days"
        words = {"days": abs(found.days_left)}
    begun = written(found.event)
    if start and start.other:
        begun = say("fact_names", "between", first=written(start.day), last=written(start.other))
    if found.unsure and found.latest:
        last = say("fact_names", "between", first=last, last=written(found.latest))
    return {
        "deadline_start": begun,
        "deadline_last": last,
        "deadline_left": say("fact_names", left, **words),
    }
