"""Who says what to do first, and gives thanks, says goodbye: nothing of it is searched."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.goal import Events, reads_first
from actions.turn import send, text_of
from actions.wording import holds, say

WORDS = "parting"


@reads_first
async def part(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say goodbye to 「我先去苏木试试 谢谢啊」; nothing where anything is asked."""
    if tracker.active_loop_name or not holds(WORDS, "parts", text_of(tracker)):
        return []
    send(dispatcher, say(WORDS, "text"))
    return [SlotSet("lost", None), SlotSet("misses", 0)]
