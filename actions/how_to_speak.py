"""How to speak instead of writing, and where to go for who cannot ring up: 「我没有手机」."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.goal import Events, reads_first, send, text_of
from actions.wording import holds, options, say

WORDS = "how_to_speak"
LONGEST = 24  # characters; who tells more has a matter
LONGEST_OF_CALLING = 36


@reads_first
async def tell_how_to_speak(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say where the microphone is to who cannot write; nothing where a paper is to be signed."""
    text = text_of(tracker)
    asked = holds(WORDS, "asks", text) and not holds(WORDS, "of_a_paper", text)
    if tracker.active_loop_name or not asked or len(text) > LONGEST:
        return []
    send(dispatcher, say(WORDS, "text"), options("talk_to_lawyer"))
    return [SlotSet("lost", None)]


@reads_first
async def tell_where_to_go(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say where to go in person to who has no telephone; else nothing."""
    text = text_of(tracker)
    if tracker.active_loop_name or len(text) > LONGEST_OF_CALLING:
        return []
    if not holds(WORDS, "no_phone", text) or holds(WORDS, "not_mine", text):
        return []
    send(dispatcher, say(WORDS, "no_phone_text"), options("find_office", "talk_to_lawyer"))
    return [SlotSet("lost", None)]
