"""Who can read what is said here: asked by those who are afraid that somebody hears of it."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.goal import Events, reads_first
from actions.turn import send, text_of
from actions.wording import holds, options, say

WORDS = "who_reads"
LONGEST = 30  # characters; a longer text tells a matter in which somebody shall not know


@reads_first
async def tell_who_reads(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say who reads along to who asks for it; else nothing. What was offered stays open."""
    if told := tell_how_to_wipe(dispatcher, tracker):
        return told
    return _said(dispatcher, tracker, "answer") if _asks(tracker, "asks") else []


def tell_how_to_wipe(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say how to wipe what was said, to who fears a search of the phone; else nothing."""
    return _said(dispatcher, tracker, "phone_answer") if _asks(tracker, "phone") else []


def _asks(tracker: Tracker, words: str) -> bool:
    text = text_of(tracker)
    return len(text) <= LONGEST and holds(WORDS, words, text)


def _said(dispatcher: CollectingDispatcher, tracker: Tracker, answer: str) -> Events:
    offered = tracker.get_slot("offered") or []
    send(dispatcher, say(WORDS, answer), [*offered, *options("talk_to_lawyer")])
    return [SlotSet("lost", None), *([SlotSet("offered", offered)] if offered else [])]
