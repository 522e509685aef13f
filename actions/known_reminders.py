"""The days that the citizen asked to be reminded of: kept as a slot, held by the gateway."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import zip_longest
from typing import Any

from rasa_sdk import Tracker

from actions.clients import gateway
from actions.clock import today
from actions.known_deadline import start_told
from actions.wording import numbers, say
from eligibility.numerals import read_numeral
from eligibility.radar import LastDay, Start, previous_working, shipped
from eligibility.when.reading import normal

GOAL = "reminders"
SLOT = "reminded"
OWN = "own-"
DAYS_OF_WEEK = 7


def reminded(tracker: Tracker) -> dict[str, Any]:
    """Return the start as the slot holds it, by the period that is reminded of."""
    return dict(tracker.get_slot(SLOT) or {})


def last_days(tracker: Tracker) -> list[LastDay]:
    """Return the periods that the citizen is reminded of, as of today, the soonest first."""
    found = []
    for period, day in reminded(tracker).items():
        start = start_told(day)
        if start is not None and period in shipped():
            found.append(start.counted(period, today()))
    return sorted(found, key=lambda one: one.last or date.max)


def own_days(tracker: Tracker) -> list[date]:
    """Return the days that the citizen named, and no period runs to, the soonest first."""
    days = (start_told(day) for key, day in reminded(tracker).items() if key.startswith(OWN))
    return sorted(start.day for start in days if start is not None)


def own(last: date) -> tuple[str, dict[str, Any]]:
    """Return the key and the value that the slot holds for a day that the citizen named."""
    return f"{OWN}{last.isoformat()}", Start(last).to_dict()


def days_before(text: str) -> list[int]:
    """Return how many days before one bids to be reminded; the usual ones where none are named.

    「当天喊我」 is the day itself, 「提前一个礼拜」 seven days before.
    """
    usual = numbers(GOAL, "days_before")
    found = [0] if re.search(say(GOAL, "on_the_day"), text) else []
    for one in re.finditer(say(GOAL, "ahead_by"), normal(text)):
        count = read_numeral(one["count"]) if one["count"] else 1
        if count:
            found.append(int(count) * (DAYS_OF_WEEK if one["weeks"] else 1))
    return sorted(dict.fromkeys(found), reverse=True)[: len(usual)] or usual


async def schedule(tracker: Tracker, last: date, name: str, before: Sequence[int]) -> list[date]:
    """Have the gateway say a neutral sentence on the days before; return these days.

    Args:
        tracker: the conversation.
        last: the day that matters; one that the citizen did not name is counted to the last day
            before on which offices work.
        name: the period, or the key of a day that the citizen named.
        before: how many days before, as many as usual at most; they replace those set before.

    Raises:
        NotFound, ServiceUnavailable: the gateway did not take them all.
    """
    safe = last if name.startswith(OWN) else previous_working(last)
    days, again = [], name in reminded(tracker)
    for place, ahead in zip_longest(numbers(GOAL, "days_before"), before):
        on = safe - timedelta(days=ahead) if ahead is not None else None
        if on is not None and on > today():
            text = say(GOAL, "near", days=ahead) if ahead else say(GOAL, "is_today")
            await gateway.remind(tracker.sender_id, on, text, _key(name, place))
            days.append(on)
        elif again:
            await gateway.cancel_reminder(tracker.sender_id, _key(name, place))
    return days


async def cancel(tracker: Tracker, period: str) -> None:
    """Have the gateway say nothing about a period.

    Raises:
        ServiceUnavailable: the gateway did not confirm it.
    """
    for place in numbers(GOAL, "days_before"):
        await gateway.cancel_reminder(tracker.sender_id, _key(period, place))


def _key(period: str, place: int) -> str:
    return f"{period}:{place}"
