"""The days that the citizen asked to be reminded of: kept as a slot, held by the gateway."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from rasa_sdk import Tracker

from actions.clients import gateway
from actions.clock import today
from actions.known_deadline import start_told
from actions.wording import numbers, say
from eligibility.radar import LastDay, last_day, previous_working, shipped

GOAL = "reminders"
SLOT = "reminded"


def reminded(tracker: Tracker) -> dict[str, Any]:
    """Return the start as the slot holds it, by the period that is reminded of."""
    return dict(tracker.get_slot(SLOT) or {})


def last_days(tracker: Tracker) -> list[LastDay]:
    """Return the periods that the citizen is reminded of, as of today, the soonest first."""
    found = []
    for period, day in reminded(tracker).items():
        start = start_told(day)
        if start is not None and period in shipped():
            found.append(last_day(period, start.day, today(), rough=start.rough))
    return sorted(found, key=lambda one: one.last or date.max)


def safe_day(told: LastDay) -> date:
    """Return the last day on which offices work, at the latest the last day itself.

    The period must have a last day.
    """
    assert told.last is not None
    return previous_working(told.last)


async def schedule(tracker: Tracker, told: LastDay) -> list[date]:
    """Have the gateway say a neutral sentence on the days before; return these days.

    Raises:
        NotFound, ServiceUnavailable: the gateway did not take them all.
    """
    safe = safe_day(told)
    days = []
    for before in numbers(GOAL, "days_before"):
        on = safe - timedelta(days=before)
        if on > today():
            text = say(GOAL, "near", days=before) if before else say(GOAL, "is_today")
            await gateway.remind(tracker.sender_id, on, text, _key(told.period, before))
            days.append(on)
    return days


async def cancel(tracker: Tracker, period: str) -> None:
    """Have the gateway say nothing about a period.

    Raises:
        ServiceUnavailable: the gateway did not confirm it.
    """
    for before in numbers(GOAL, "days_before"):
        await gateway.cancel_reminder(tracker.sender_id, _key(period, before))


def _key(period: str, before: int) -> str:
    return f"{period}:{before}"
