"""The other way against a decision whose last day was told: 「复议呢」, from the same day."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.goal import Events, text_of
from actions.known_deadline import start_told
from actions.radar import GOAL, tell
from actions.wording import listed, records
from eligibility.radar import shipped

SHORT = 14  # characters


def count_the_other_way(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Count the same day for reconsideration or a suit, where only that is named; else nothing."""
    text = re.sub(r"[\s，,。？?！!]", "", text_of(tracker))
    told = tracker.get_slot("deadline_period")
    if told not in listed(GOAL, "against_a_decision") or len(text) > SHORT:
        return []
    day = tracker.get_slot("deadline_day")
    if tracker.get_slot("recent") != GOAL or start_told(day) is None:
        return []
    for way in records(GOAL, "other_ways"):
        if re.fullmatch(way["asks"], text):
            period = way["period"]
            known = [SlotSet("deadline_period", period), SlotSet("lost", None)]
            counted = tell(dispatcher, shipped()[period], day)
            return [*known, SlotSet("misses", 0), *counted]
    return []
