"""The period that the citizen asked about, kept as slots and counted anew each time."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions.goal import today
from actions.wording import say
from eligibility import UNKNOWN
from eligibility.radar import LastDay, Start, last_day, shipped, written


def start_told(value: Any) -> Start | None:
    """Return the day a period runs from as the slot holds it, None where it is not known."""
    return None if value in (None, UNKNOWN) else Start.from_dict(value)


def deadline_of(tracker: Tracker) -> LastDay | None:
    """Return the period last told about, as of today; None where there is none with a day."""
    start = start_told(tracker.get_slot("deadline_day"))
    if start is None or tracker.get_slot("deadline_period") not in shipped():
        return None
    return last_day(tracker.get_slot("deadline_period"), start.day, today(), rough=start.rough)


def urgent_days_left(tracker: Tracker) -> int | None:
    """Return the days left where so few are that aid may come first (Art. 44), None else."""
    found = deadline_of(tracker)
    return found.days_left if found and found.urgent else None


def deadline_facts(tracker: Tracker) -> list[dict[str, Any]]:
    """Return the period as facts for the lawyer: what runs, from which day, to which day."""
    found = deadline_of(tracker)
    if found is None or found.last is None or found.days_left is None:
        return []
    left = "deadline_passed" if found.passed else "deadline_days"
    values = {
        "deadline_period": found.name,
        "deadline_event": shipped()[found.period].event,
        "deadline_start": written(found.event),
        "deadline_last": written(found.ends or found.last),
        "deadline_left": say("fact_names", left, days=abs(found.days_left)),
    }
    last = {"deadline_last": found.last.isoformat()}
    return [
        {
            "label": say("fact_names", key),
            "value": value,
            "section": "date",
            "last_day": last.get(key),
        }
        for key, value in values.items()
    ]
