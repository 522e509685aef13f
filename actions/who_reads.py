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
    text = text_of(tracker)
    if len(text) > LONGEST or not holds(WORDS, "asks", text):
        return []
    offered = tracker.get_slot("offered") or []
    send(dispatcher, say(WORDS, "answer"), [*offered, *options("talk_to_lawyer")])
    return [SlotSet("lost", None), *([SlotSet("offered", offered)] if offered else [])]
