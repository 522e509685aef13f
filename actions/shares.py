"""Whose share it is after a death: the half of the spouse first, then what is inherited.

Civil Code, articles 1126, 1127, 1130, 1153 and 1157; the words are in words/shares.yml.
"""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.goal import reads_first
from actions.sides import told_plainly
from actions.turn import Events, send, text_of
from actions.wording import holds, listed, options, say

WORDS = "shares"
TOPIC = "inheritance"
LONGEST = 60  # characters; what is longer tells more than whose share it is


@reads_first
async def tell_the_share(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say whether a spouse or a child has a share where somebody died; else nothing."""
    text = text_of(tracker)
    if tracker.active_loop_name or len(text) > LONGEST:
        return []
    told = "\n".join(filter(None, [tracker.get_slot("context"), text]))
    if told_plainly(told, None, True):  # a brother, a neighbour: no child and no spouse
        return []
    key = _whose(text, told, tracker.get_slot("last_topic") == TOPIC)
    if key is None:
        return []
    land = _has("land", told)
    titles = [*([say(WORDS, "land_title")] if land else []), *listed(WORDS, "titles")]
    lines = [say(WORDS, key), *([say(WORDS, "land_says")] if land else [])]
    send(dispatcher, "\n".join(lines), [*titles, *options("talk_to_lawyer")])
    kept = {"context": told, "last_question": text, "last_topic": TOPIC, "last_entry": None}
    return [SlotSet("offered", titles), *(SlotSet(name, value) for name, value in kept.items())]


def _whose(text: str, told: str, inherits: bool) -> str | None:
    """Return the text for the share that is asked about, None where no share is."""
    if _has("other_money", told) or _has("grandchild", text) or _has("in_laws", told):
        return None
    widowed = holds(WORDS, "spouse_died", told)
    if widowed and re.search(say(WORDS, "denied"), text):
        return "spouse_says"
    asked = holds(WORDS, "asks_a_share", text)
    if not asked or not (inherits or _has("died", told)):
        return None
    if _has("child", text):
        return "child_says"
    return "spouse_says" if _has("spouse", text) else None


def _has(words: str, text: str) -> bool:
    return any(word in text for word in listed(WORDS, words))
