"""A day that corrects what was just counted or noted: 「不对，是上周五收到的」."""

from __future__ import annotations

from datetime import date

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.after_application import tell_from_another_day
from actions.clock import today
from actions.goal import Events, reads_first
from actions.known_reminders import GOAL, OWN, SLOT, cancel, own_days, reminded
from actions.radar import begin_again
from actions.reminders import remind_of
from actions.turn import text_of
from actions.wording import listed
from eligibility.when import coming

LONGEST = 40  # characters; what is longer tells more than a day


@reads_first
async def count_from_the_day_told(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Count anew, or remind of another day, where a short text tells it; else nothing."""
    text = text_of(tracker)
    if tracker.active_loop_name or len(text) > LONGEST:
        return []
    if any(word in text for word in listed(GOAL, "asks")) and (day := _only_day(text)):
        return await remind_of(dispatcher, tracker, day)
    if not _corrects(text):
        return []
    if own_days(tracker) and tracker.get_slot("recent") == GOAL and (day := _only_day(text)):
        return await _instead(dispatcher, tracker, day)
    return tell_from_another_day(dispatcher, tracker) or begin_again(dispatcher, tracker, LONGEST)


async def _instead(dispatcher: CollectingDispatcher, tracker: Tracker, day: date) -> Events:
    """Remind of a day in place of the days that the citizen named before."""
    kept = reminded(tracker)
    for key in [key for key in kept if key.startswith(OWN)]:
        await cancel(tracker, key)
        del kept[key]
    tracker.slots[SLOT] = kept or None
    return [SlotSet(SLOT, kept or None), *await remind_of(dispatcher, tracker, day)]


def _corrects(text: str) -> bool:
    words = (*listed(GOAL, "corrects"), *listed("interview", "corrections"))
    return text.startswith(tuple(words))


def _only_day(text: str) -> date | None:
    """Return the one exact day to come that a text names."""
    return coming(text, today()).day
