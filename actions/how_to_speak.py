"""「这个咋说话，我不会打字」: how to speak instead of writing, or whom to ring."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.goal import Events, reads_first, send, text_of
from actions.wording import holds, options, say

WORDS = "how_to_speak"
LONGEST = 24  # characters; who tells more has a matter


@reads_first
async def tell_how_to_speak(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say where the microphone is to who cannot write; else nothing."""
    text = text_of(tracker)
    asked = holds(WORDS, "asks", text)
    if tracker.active_loop_name or not asked or len(text) > LONGEST:
        return []
    send(dispatcher, say(WORDS, "text"), options("talk_to_lawyer"))
    return [SlotSet("lost", None)]
