"""Which period, and from which day: asked beside the interview, which then goes on."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.beside import reads, waits_beside
from actions.clock import today
from actions.goal import Events, intent_of, reads_first, send, text_of
from actions.radar import ASKS_DAY as DAY
from actions.radar import ASKS_PERIOD as PERIOD
from actions.radar import GOAL, ask_what_is_missing, begin, begin_again, tell
from actions.wording import listed, options, say
from eligibility import UNKNOWN, says_unknown
from eligibility.radar import (
    Period,
    asks_about_a_period,
    match,
    others_meant,
    picked,
    shipped,
    start_in,
)

# Goals that say more of a last day than the count.
OWN = ("deadlines", "after_application")


@reads_first
async def count_beside(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Count where a last day is asked for inside the interview, whatever the intent."""
    intent, _ = intent_of(tracker)
    text = text_of(tracker)
    if not waits_beside(tracker) or intent in OWN or not asks_about_a_period(text, today()):
        return []
    return begin_again(dispatcher, tracker) or begin(dispatcher, tracker, text)


@reads(PERIOD)
async def _which(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    text, said = text_of(tracker), str(tracker.get_slot("deadline_said") or "")
    none = any(word in text for word in listed(GOAL, "none_of_them"))
    period = None if none else picked(match(said).periods, said, text)
    if period is None:
        if none or says_unknown(text):
            send(dispatcher, say(GOAL, "which_unknown"), options("talk_to_lawyer"))
            return [SlotSet(PERIOD, UNKNOWN)]
        if others_meant(match(said).periods, said, text):
            return begin(dispatcher, tracker, f"{said}，{text}")
        return []
    start = start_in(text, today(), period)
    day = start.to_dict() if start else tracker.get_slot(DAY)
    return _tell_or_ask(dispatcher, period, day, said)


@reads(DAY)
async def _since_when(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    text, period = text_of(tracker), shipped()[tracker.get_slot(PERIOD)]
    start = start_in(text, today(), period)
    if start is None and not says_unknown(text):
        return []
    day = start.to_dict() if start else UNKNOWN
    return _tell_or_ask(dispatcher, period, day, text)


def _tell_or_ask(
    dispatcher: CollectingDispatcher, period: Period, day: object, said: str
) -> Events:
    known = [SlotSet(PERIOD, period.id), SlotSet(DAY, day)]
    if day is None and period.at(today()).length is not None:
        return [*known, *ask_what_is_missing(dispatcher, said, period)]
    return [*known, *tell(dispatcher, period, day)]
