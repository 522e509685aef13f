"""Who loses heart after an answer is told at once, and kindly, what is still open."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.before import Before
from actions.clients import knowledge
from actions.entry_parts import steps_of
from actions.goal import Events, reads_first
from actions.shown_entry import next_steps
from actions.turn import clipped, send, text_of
from actions.wording import say

WORDS = "no_hope"
LONGEST = 20  # characters; what is longer tells a matter of its own
MOST_WAYS = 2  # the last steps of an entry are those for who has tried the others


@reads_first
async def give_heart(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Answer 「那我没戏了呗」 with the ways that the entry read last leaves; else nothing."""
    text, read = text_of(tracker), Before.of(tracker).read
    if tracker.active_loop_name or read is None or len(text) > LONGEST:
        return []
    if re.fullmatch(say(WORDS, "lost_heart"), text) is None:
        return []
    entry = await knowledge.entry(read)
    ways = steps_of(entry)[-MOST_WAYS:]
    if not ways:
        return []
    listed = "\n".join(f"· {way}" for way in ways)
    send(
        dispatcher,
        clipped(say(WORDS, "text", answer=entry["answer"], ways=listed)),
        next_steps(entry),
    )
    return [SlotSet("last_question", text), SlotSet("lost", None), SlotSet("misses", 0)]
