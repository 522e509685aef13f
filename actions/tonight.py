"""Who has nowhere to sleep is told where to go tonight, before anything about houses."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.goal import reads_first
from actions.turn import Events, send, text_of
from actions.wording import holds, listed, options, say

WORDS = "tonight"
LONGEST = 60  # characters; what is longer is a story with a question of its own


@reads_first
async def a_bed_tonight(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say where to go for the night; nothing where nobody lacks a bed."""
    text = text_of(tracker)
    lacks = holds(WORDS, "nowhere", text)
    titles = listed(WORDS, "titles")
    of_a_house = text in titles or any(word in text for word in listed(WORDS, "houses"))
    if not lacks or of_a_house or tracker.active_loop_name or len(text) > LONGEST:
        return []
    send(dispatcher, say(WORDS, "answer"), [*titles, *options("talk_to_lawyer")])
    told = "\n".join(filter(None, [tracker.get_slot("context"), text]))
    kept = {"offered": titles, "context": told, "last_question": text, "last_entry": None}
    return [SlotSet(name, value) for name, value in kept.items()]
