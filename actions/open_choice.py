"""Choices offered in the turn before: picked by their words, a part of them, or their place."""

from __future__ import annotations

import re
import unicodedata

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import answer
from actions.before import Before
from actions.clients import knowledge
from actions.examples import near_examples
from actions.facets import facet_of
from actions.goal import Events, reads_first, send, text_of
from actions.other_questions import kept_of
from actions.several import answer_at
from actions.shown_entry import GOAL, show
from actions.sides import Side, side_called
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
    if tracker.active_loop_name and text not in map(_plain, offered or ()):
        return []
    if not offered:
        return []
    if text in map(_plain, listed(GOAL, "none_of_them")):
        examples = near_examples(str(tracker.get_slot("context") or ""))
        send(dispatcher, say(GOAL, "none_meant", **examples), options("talk_to_lawyer"))
        return [SlotSet("lost", Before.of(tracker).lost)]
    of_what_was_read = Before.of(tracker).read and facet_of(text) is not None
    title = picked(text, offered) if text in map(_plain, offered) or not of_what_was_read else None
    if title is None:
        return []
    if side := side_called(title):
        return await _answer_the_side(dispatcher, tracker, side)
    names = [one["name"] for one in kept_of(tracker)]
    if title in names:
        return await answer_at(dispatcher, tracker, kept_of(tracker), names.index(title))
    return await answer(dispatcher, title, Before.of(tracker).picking())


async def _answer_the_side(
    dispatcher: CollectingDispatcher, tracker: Tracker, side: Side
) -> Events:
    """Answer what was asked before the side was asked for; that side's first entry at least."""
    asked = "，".join(filter(None, [side.says, tracker.get_slot("last_question")]))
    found = await knowledge.search(asked)
    if found["band"] == "answer" and side.of(found["hits"][:1]):
        return await answer(dispatcher, asked, Before())
    entry = await knowledge.entry(side.entries[0])
    return [SlotSet("context", asked), *show(dispatcher, entry)]


def picked(text: str, offered: list[str]) -> str | None:
    """Return the one of the offered choices that a text means, None where it means none of them."""
    said = _plain(text)
    place = re.fullmatch(
        rf"(?:选|要|看|是)?第([1-9{PLACES}])(?:个|条|项|种|件事?)?(?:吧|的|呢)?", said
    )
    if place:
        number = int(place[1]) if place[1].isdigit() else PLACES.index(place[1]) + 1
        return offered[number - 1] if number <= len(offered) else None
    if said in map(_plain, listed(GOAL, "last_of_them")):
        return offered[-1]
    meant = [title for title in offered if said in _plain(title)]
    return meant[0] if len(meant) == 1 and len(said) >= SHORTEST_PART else None


def _plain(text: str) -> str:
    return re.sub(r"[\s，。！？、,.!?~]+", "", unicodedata.normalize("NFKC", text))
