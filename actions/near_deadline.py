"""What follows every reply: reminders that no longer fit are dropped, a near day is named once."""

from __future__ import annotations

import logging
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.clock import today
from actions.errors import ServiceUnavailable
from actions.known_deadline import deadline_of
from actions.known_reminders import GOAL, SLOT, cancel, last_days, own_days, reminded
from actions.wording import say
from eligibility.radar import LastDay

logger = logging.getLogger(__name__)

NEAR = 7
NAMED_ON = "deadline_reminded_on"


async def look_back(
    dispatcher: CollectingDispatcher, tracker: Tracker, events: list[dict[str, Any]]
) -> list[dict[str, Any]]:
    """Add what is worth a line after a reply; return what to remember.

    Args:
        dispatcher: has taken the reply.
        tracker: the conversation before it; its slots are brought up to date.
        events: what the reply remembers.
    """
    if any(event["event"] == "reset_slots" for event in events):
        return []
    for event in events:
        if event["event"] == "slot":
            tracker.slots[event["name"]] = event["value"]
    kept = await _without_changed(dispatcher, tracker)
    forms = any(event["event"] == "active_loop" for event in events)
    if tracker.active_loop_name or forms:
        return kept
    return kept + _named_once_a_day(dispatcher, tracker)


async def _without_changed(
    dispatcher: CollectingDispatcher, tracker: Tracker
) -> list[dict[str, Any]]:
    """Drop the reminders of a period that now runs from another day."""
    period, day = tracker.get_slot("deadline_period"), tracker.get_slot("deadline_day")
    kept = reminded(tracker)
    if period not in kept or day is None or kept[period] == day:
        return []
    try:
        await cancel(tracker, period)
    except ServiceUnavailable as error:  # tried again after the next reply
        logger.error("reminders.not_cancelled error=%s", error)
        return []
    del kept[period]
    _add(dispatcher, say(GOAL, "changed"))
    return [SlotSet(SLOT, kept or None)]


def _named_once_a_day(dispatcher: CollectingDispatcher, tracker: Tracker) -> list[dict[str, Any]]:
    """Name no matter: somebody else may be looking at the screen."""
    now = today().isoformat()
    left = [one.days_left for one in _known(tracker) if one.days_left is not None]
    left += [(day - today()).days for day in own_days(tracker)]
    near = [days for days in left if 0 <= days <= NEAR]
    if not near or tracker.get_slot(NAMED_ON) == now:
        return []
    days = min(near)
    _add(dispatcher, say(GOAL, "on_return", days=days) if days else say(GOAL, "on_return_today"))
    return [SlotSet(NAMED_ON, now)]


def _known(tracker: Tracker) -> list[LastDay]:
    told = deadline_of(tracker)
    found = [*last_days(tracker), *([told] if told and told.kind == "act" else [])]
    return [one for one in found if not one.passed]


def _add(dispatcher: CollectingDispatcher, line: str) -> None:
    if not dispatcher.messages:
        dispatcher.utter_message(text=line)
        return
    last = dispatcher.messages[-1]
    last["text"] = "\n".join(filter(None, [last.get("text"), line]))
