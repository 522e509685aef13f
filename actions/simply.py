"""Who finds an answer too much gets it in one sentence."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.asking import is_overwhelmed
from actions.clients import knowledge
from actions.deadline_text import GOAL, in_a_sentence
from actions.goal import Events, reads_first
from actions.known_deadline import deadline_of
from actions.turn import send, text_of
from actions.wording import options, say


@reads_first
async def simply(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say the gist of what was said last, an entry or a last day, to who finds it too hard."""
    if tracker.active_loop_name or not is_overwhelmed(text_of(tracker)):
        return []
    told = deadline_of(tracker) if tracker.get_slot("recent") == GOAL else None
    if told and told.last:
        send(dispatcher, in_a_sentence(told), options("remind_me", "talk_to_lawyer"))
        return [SlotSet("lost", None)]
    docid = tracker.get_slot("last_entry")
    entry = await knowledge.entry(docid) if docid else {}
    key = "simply" if entry else "simply_nothing"
    send(dispatcher, say("interview", key, answer=entry.get("answer")), options("talk_to_lawyer"))
    return [SlotSet("lost", None)]
