"""From which day a period of the entry just read runs: 「三年是从哪天算」 after a bride price."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.before import Before
from actions.clients import knowledge
from actions.deadline_text import length_of
from actions.entry_parts import part
from actions.limits import GOAL, limits_in, periods_of
from actions.shown_entry import next_steps
from actions.turn import Events, clipped, send, text_of
from actions.wording import say
from eligibility.radar import match


async def tell_where_it_begins(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Tell from when the periods run that the entry just read states; nothing without such."""
    text, before = text_of(tracker), Before.of(tracker)
    if before.read is None or not re.search(say(GOAL, "asks_from_when"), text):
        return []
    if match(text).periods or tracker.get_slot("recent") == GOAL:
        return []
    entry = await knowledge.entry(before.read)
    limits = part(entry, "期限")
    meant = dict.fromkeys(one for limit in limits_in(limits) for one in periods_of(limit))
    if not meant:
        return []
    lengths = "\n".join(map(length_of, meant))
    told = say(GOAL, "begins", title=entry["title"], limits=limits, lengths=lengths)
    send(dispatcher, clipped(told), next_steps(entry))
    return [SlotSet("last_question", text), SlotSet("lost", None), SlotSet("misses", 0)]
