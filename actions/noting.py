"""A bare number told in a matter is noted, and leaves the matter in hand: 「花了3800」."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.before import Before
from actions.beside import SLOT as BESIDE
from actions.correcting import only_number
from actions.goal import reads_first
from actions.turn import Events, send, text_of
from actions.wording import say

LONGEST_PLACE = 2  # digits that may pick a choice


@reads_first
async def note_a_number(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say that a number was heard where an entry was just read; else nothing."""
    text, before = text_of(tracker).strip("。！!~ "), Before.of(tracker)
    if before.read is None or tracker.active_loop_name or tracker.get_slot(BESIDE):
        return []
    told = re.sub(say("interview", "of_a_number"), "", text)
    if only_number(told) is None or (text.isdecimal() and len(text) <= LONGEST_PLACE):
        return []
    send(dispatcher, say("interview", "noted", said=text))
    return [SlotSet("misses", 0)]
