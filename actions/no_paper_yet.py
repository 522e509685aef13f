"""No last day runs before there is a paper: 「还没判」 where its day is asked for."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.before import Before
from actions.clock import today
from actions.deadline_text import GOAL, length_of
from actions.goal import Events, send, text_of
from actions.wording import options, say
from eligibility.radar import Period
from eligibility.when import mentions

LATELY = 4  # messages of the citizen, or replies
SHORT = 12


def nothing_came(text: str) -> bool:
    """Return whether a text says that nothing was decided or received yet."""
    found = re.search(say(GOAL, "nothing_came"), "".join(text.split()))
    return found is not None and not mentions(text, today())


def nothing_came_yet(tracker: Tracker) -> bool:
    """Return whether the last thing told of a paper is that there is none yet."""
    said = [one.get("text") or "" for one in tracker.events if one["event"] == "user"]
    for text in reversed(said[-LATELY:]):
        if nothing_came(text):
            return True
        if re.search(say(GOAL, "came"), text):
            return False
    return False


def still_nothing(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Take it that nothing came yet where it was just said that no day counts; else nothing."""
    text, lately = text_of(tracker), Before.of(tracker).said[:LATELY]
    told = any(say(GOAL, "not_begun") in one for one in lately)
    if not told or len(text) > SHORT or not nothing_came(text):
        return []
    send(dispatcher, say(GOAL, "once_it_came"), options("talk_to_lawyer"))
    return [SlotSet("lost", None), SlotSet("misses", 0)]


def comes_too_late(period: Period | None, tracker: Tracker) -> bool:
    """Return whether a period runs before a decision that was said to have come: a hearing."""
    if period is None or period.event != say(GOAL, "event_of_a_hearing"):
        return False
    said = [one.get("text") or "" for one in tracker.events if one["event"] == "user"]
    told = re.sub(say(GOAL, "no_decision"), "", "\n".join(said))
    return re.search(say(GOAL, "decision_came"), told) is not None


def say_it_comes_too_late(dispatcher: CollectingDispatcher) -> Events:
    """Say that a hearing is held before the decision, and what is open after it."""
    send(dispatcher, say(GOAL, "after_the_decision"), options("talk_to_lawyer"))
    asked = ("deadline_period", "deadline_day", "deadline_said", "beside")
    return [*(SlotSet(slot, None) for slot in asked), SlotSet("lost", None), SlotSet("misses", 0)]


def waits_for_a_paper(period: Period | None) -> bool:
    """Return whether a period runs from the day on which a paper is given or received.

    That of a hearing does not wait for the decision, which comes after it.
    """
    if period and period.event == say(GOAL, "event_of_a_hearing"):
        return False
    return period is None or re.search(say(GOAL, "event_of_a_paper"), period.event) is not None


def say_it_has_not_begun(dispatcher: CollectingDispatcher, period: Period | None) -> Events:
    """Say that no day counts yet, and how long it will be; the period is put aside."""
    lines = [say(GOAL, "not_begun"), length_of(period) if period else "", say(GOAL, "once_it_came")]
    send(dispatcher, "\n".join(filter(None, lines)), options("talk_to_lawyer"))
    asked = ("deadline_period", "deadline_day", "deadline_said", "beside")
    return [*(SlotSet(slot, None) for slot in asked), SlotSet("lost", None), SlotSet("misses", 0)]
