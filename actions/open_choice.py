"""Choices offered in the turn before: picked by their words, a part of them, or their place."""

from __future__ import annotations

import re
import unicodedata

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import answer
from actions.before import Before
from actions.goal import Events, reads_first, send, text_of
from actions.other_questions import offer_the_others
from actions.shown_entry import GOAL
from actions.wording import listed, options, say

SHORTEST_PART = 2
PLACES = "一二三四五六七八九"


@reads_first
async def choose(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Answer the entry that is picked, or say what to do where none is meant; else nothing.

    While a form asks, only the very words of a choice pick it.
    """
    offered = tracker.get_slot("offered")
    text = _plain(text_of(tracker))
    beside_a_form = tracker.active_loop_name and text not in map(_plain, offered or ())
    if not offered or beside_a_form:
        return []
    if text in map(_plain, listed(GOAL, "none_of_them")):
        send(dispatcher, say(GOAL, "none_meant"), options("talk_to_lawyer"))
        return [SlotSet("lost", Before.of(tracker).lost)]
    title = picked(text, offered)
    if title is None:
        return []
    others = tracker.get_slot("also_asked") or []
    events = await answer(dispatcher, title, Before())
    left = [other for other in others if other != title]
    return [*events, *offer_the_others(dispatcher, left, events)]


def picked(text: str, offered: list[str]) -> str | None:
    """Return the one of the offered choices that a text means, None where it means none of them."""
    said = _plain(text)
    place = re.fullmatch(rf"(?:选|要|看|是)?第([1-9{PLACES}])(?:个|条|项|种)?(?:吧|的)?", said)
    if place:
        number = int(place[1]) if place[1].isdigit() else PLACES.index(place[1]) + 1
        return offered[number - 1] if number <= len(offered) else None
    if said in map(_plain, listed(GOAL, "last_of_them")):
        return offered[-1]
    meant = [title for title in offered if said in _plain(title)]
    return meant[0] if len(meant) == 1 and len(said) >= SHORTEST_PART else None


def _plain(text: str) -> str:
    return re.sub(r"[\s，。！？、,.!?~]+", "", unicodedata.normalize("NFKC", text))
