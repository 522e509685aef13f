"""A bare day that answers which day was asked some replies ago: 「12月1号」."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.before import Before
from actions.clock import today
from actions.goal import Events, text_of
from actions.known_reminders import GOAL as REMINDERS
from actions.radar import GOAL, ask_what_it_is, lies_just_ahead, tell
from actions.reminders import remind_of
from actions.wording import say
from eligibility.radar import Period, shipped, start_in
from eligibility.when import coming, understand
from eligibility.when.reading import normal

LATELY = 8  # replies


async def answer_the_open_day(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Remind of a bare day, or count from it, where it was asked for and never told."""
    text = text_of(tracker)
    if not _is_bare(text):
        return []
    ahead = coming(text, today()).day
    period = _asked_for(tracker)
    for said in Before.of(tracker).said[:LATELY]:
        if ahead and _asks_when_to_remind(said):
            return await remind_of(dispatcher, tracker, ahead)
        if period and say(GOAL, "day", event=period.event) in said:
            return _counted(dispatcher, text, period)
    return []


def _counted(dispatcher: CollectingDispatcher, text: str, period: Period) -> Events:
    if lies_just_ahead(text):
        return ask_what_it_is(dispatcher, text)
    start = start_in(text, today(), period)
    if start is None:
        return []
    day = start.to_dict()
    known = [SlotSet("deadline_day", day), SlotSet("lost", None), SlotSet("misses", 0)]
    return [*known, *tell(dispatcher, period, day)]


def _asked_for(tracker: Tracker) -> Period | None:
    """Return the period whose day was asked for and is still not known."""
    key, day = tracker.get_slot("deadline_period"), tracker.get_slot("deadline_day")
    return shipped().get(key) if key and not isinstance(day, dict) else None


def _asks_when_to_remind(said: str) -> bool:
    """Return whether a reply asked for the day to be reminded of, or told of reminders set."""
    return any(say(REMINDERS, key) in said for key in ("no_day", "may_not_arrive"))


def _is_bare(text: str) -> bool:
    """Return whether a text tells a day and nothing else."""
    plain, day = normal(text), understand(text, today()).words
    rest = plain.replace(day, "", 1) if day else plain
    return bool(day) and re.fullmatch(say(GOAL, "bare_day"), rest) is not None
