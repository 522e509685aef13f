"""Inside the interview the matter told decides which period is meant: 「这算有到期的吗」."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.clock import today
from actions.deadline_text import length_of
from actions.goal import Events, text_of
from actions.known_deadline import start_told
from actions.radar import GOAL, begin, lies_just_ahead, recall
from actions.told_facts import messages
from actions.wording import grouped, say
from eligibility.radar import Period, match, names_its_field, shipped, start_in, tells_a_hearing
from eligibility.when import understand
from eligibility.when.reading import normal, received

URGENT = "urgent"
REACH = 8  # characters between a day and what happened then


def count_for_the_matter(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Count the period of the matter where it is asked for, or the day of it told; else nothing.

    Who asks is told of that period whatever else the words may mean. The day on which it happened
    is taken from an earlier message where this one tells none.
    """
    text, of_matter = text_of(tracker), _of_matter(tracker)
    if of_matter is None or received(text):
        return []
    period = shipped()[of_matter["period"]]
    asks = re.search(say(GOAL, "asks_if_due"), text) is not None
    dated = _tells_the_day(text, of_matter) or _is_a_bare_day_gone(tracker)
    if _is_of_another(text, period) or not (asks or (dated and _may_be_told(tracker, period))):
        return []
    told = [one for one, _ in messages(tracker) if _tells_the_day(one, of_matter)]
    day = text if dated else (told or [""])[-1]
    known = start_told(tracker.get_slot("deadline_day"))
    counted = tracker.get_slot("deadline_period") == period.id
    if counted and known and known == start_in(day, today(), period):
        return recall(dispatcher, period, known)  # told before, and nothing new to it
    return begin(dispatcher, tracker, of_matter["says"], day)


def period_of_the_matter(tracker: Tracker) -> str:
    """Return how long the period of the matter is, to tell on which day it happened; else "".

    Nothing is said where the day is known: the last day was told then.
    """
    of_matter = _of_matter(tracker)
    if of_matter is None or tracker.get_slot("deadline_period") == of_matter["period"]:
        return ""
    return say(GOAL, "of_the_matter", length=length_of(shipped()[of_matter["period"]]))


def _of_matter(tracker: Tracker) -> dict[str, Any] | None:
    known: dict[str, Any] = grouped(GOAL, "of_matter")
    return known.get(str(tracker.get_slot("matter")))


def _tells_the_day(text: str, of_matter: dict[str, Any]) -> bool:
    """Return whether a text tells on which day it happened: 「腊月二十伤的」."""
    told = understand(text, today())
    if not told.candidates or tells_a_hearing(text, today()):
        return False
    after = normal(text)[told.end :]
    return re.search(of_matter["happened"], after[:REACH]) is not None


def _is_a_bare_day_gone(tracker: Tracker) -> bool:
    """Return whether all that is said, where the period was just named, is a day gone by."""
    said = understand(text_of(tracker), today())
    bare = bool(said.words) and said.words == normal(text_of(tracker))
    asked = tracker.get_slot(REQUESTED_SLOT) == URGENT
    return asked and bare and not lies_just_ahead(text_of(tracker))


def _may_be_told(tracker: Tracker, period: Period) -> bool:
    """Return whether a day is what was asked for, or belongs to the period told about."""
    known = tracker.get_slot("deadline_period")
    return bool(tracker.get_slot(REQUESTED_SLOT) == URGENT or known == period.id)


def _is_of_another(text: str, period: Period) -> bool:
    """Return whether a text names a period of its own, by a word of its field."""
    meant = match(text).periods
    return any(one != period and names_its_field(one, text) for one in meant)
