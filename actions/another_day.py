"""A day that corrects what was just counted or noted: 「不对，是上周五收到的」."""

from __future__ import annotations

import re
from datetime import date

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.after_application import tell_from_another_day
from actions.before import Before
from actions.bidding import bids_a_reminder
from actions.clients import knowledge
from actions.clock import today
from actions.entry_parts import Entry, part
from actions.goal import Events, reads_first
from actions.known_reminders import GOAL, OWN, SLOT, cancel, own_days, reminded
from actions.radar import GOAL as DEADLINES
from actions.radar import begin, begin_again
from actions.reminders import remind_of
from actions.turn import send, text_of
from actions.wording import listed, options, say
from eligibility.radar import match, start_of, written
from eligibility.when import coming, due, understand

LONGEST = 40  # characters; what is longer tells more than a day


@reads_first
async def count_from_the_day_told(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Count anew, or remind of another day, where a short text tells it; else nothing."""
    text = text_of(tracker)
    if len(text) > LONGEST:
        return []
    if bids_a_reminder(text) and (day := _only_day(text)):
        return await remind_of(dispatcher, tracker, day)
    if tracker.active_loop_name:
        return []
    if not _corrects(text):
        return await _counted_for_what_was_asked(dispatcher, tracker)
    if own_days(tracker) and tracker.get_slot("recent") == GOAL and (day := _only_day(text)):
        return await _instead(dispatcher, tracker, day)
    return tell_from_another_day(dispatcher, tracker) or begin_again(dispatcher, tracker, LONGEST)


async def _counted_for_what_was_asked(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Count from a bare day where the last day is asked for, or was in the message before.

    Where no period is known of it, say what the entry just read tells of periods, or ask what
    came on that day.
    """
    text, before = text_of(tracker), Before.of(tracker)
    wanted = say(DEADLINES, "asks_last_day")
    asks_now = re.search(wanted, text) is not None
    if tracker.get_slot("recent") == DEADLINES or due(text, today()):
        return []
    if match(text).periods:
        return begin(dispatcher, tracker, text) if asks_now else []
    start = start_of(understand(text, today()))
    asked_before = re.search(wanted, before.question or "") is not None
    if start is None or not (asks_now or asked_before):
        return []
    entry = await knowledge.entry(before.read) if before.read else {}
    limits = part(entry, "期限")
    of_work = say(DEADLINES, "of_work") if _is_of_work(text, entry) else ""
    for said in filter(None, (of_work, before.question if asked_before else "", before.context)):
        if match(said).periods:
            return begin(dispatcher, tracker, f"{said}，{text}")
    if not limits and not asked_before:
        return []
    asked = SlotSet("last_question", before.question if asked_before else text)
    return [asked, *_without_a_period(dispatcher, entry, limits, start.day)]


def _is_of_work(text: str, entry: Entry) -> bool:
    """Return whether the last day to go to arbitration over work is meant."""
    of_work = entry.get("topic") == "labour" and "仲裁" in part(entry, "期限")
    return of_work or all(re.search(sign, text) for sign in listed(DEADLINES, "arbitration"))


def _without_a_period(
    dispatcher: CollectingDispatcher, entry: Entry, limits: str, day: date
) -> Events:
    words = {"title": entry.get("title"), "limits": limits, "day": written(day)}
    text = say(DEADLINES, "limits", **words) if limits else say(DEADLINES, "say_day")
    send(dispatcher, text, options("talk_to_lawyer"))
    return [SlotSet("lost", None), SlotSet("misses", 0)]


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
