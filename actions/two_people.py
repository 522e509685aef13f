"""One application is looked at for one person: who names two hears what becomes of the other.

「给我自己还有我闺女」 is for whoever was named first; a person who is added to a review changes no
answer. Words are in words/interview.yml.
"""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.clock import today
from actions.goal import Events, send, text_of
from actions.known_facts import shown_value
from actions.wording import say
from eligibility import UNKNOWN, parse_answer, question

WHOM, SELF = "for_whom", "self"
TWO = 2


def first_of_two(text: str) -> str | None:
    """Return the one whom an answer names first of several, the one who writes before others."""
    if not re.search(say("interview", "joins_people"), text):
        return None
    named = [_whom(piece) for piece in re.split(say("interview", "parts_people"), text)]
    several = list(dict.fromkeys(one for one in named if one is not None))
    if len(several) < TWO:
        return None
    return SELF if SELF in several else several[0]


def say_one_at_a_time(dispatcher: CollectingDispatcher, whom: str) -> None:
    """Say for whom it is looked at, and how the other one is helped."""
    send(dispatcher, say("interview", "one_at_a_time", whom=shown_value(WHOM, whom)))


def add_a_person(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Keep for whom it is where another person is added; nothing where none is."""
    text, told = text_of(tracker), tracker.get_slot(WHOM)
    if told in (None, UNKNOWN) or not re.search(say("interview", "adds_a_person"), text):
        return []
    added = _whom(re.sub(say("interview", "adds_a_person"), " ", text))
    if added in (None, told):
        return []
    say_one_at_a_time(dispatcher, told)
    return [SlotSet("misses", 0)]


def _whom(text: str) -> str | None:
    found = parse_answer(question(WHOM, today()), text.strip(), picks=text.strip().isdigit())
    return None if found == UNKNOWN else found
