"""Who only asks what to do now gets the first steps of the matter just read: 「你直说我该干啥」."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.before import Before
from actions.clients import knowledge
from actions.errors import NotFound
from actions.further import SURELY, answer_of
from actions.goal import Events, reads_first
from actions.shown_entry import next_steps
from actions.turn import clipped, send, text_of
from actions.wording import holds, listed, records, say

WORDS = "first_steps"
MOST = 3
LONGEST = 40
STEP = r"^\d+\. *(.+)$"


@reads_first
async def first_steps(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say the first steps of the entry read last to who asks no more than what to do."""
    text, before = text_of(tracker), Before.of(tracker)
    if tracker.active_loop_name or not before.read or not asks_no_more_than_what_to_do(text):
        return []
    try:
        entry = await knowledge.entry(before.read)
    except NotFound:
        return []
    own = await answer_of(entry["docid"], text, before.told(text), SURELY)
    steps = _steps(str(entry.get("body") or ""), _lately(tracker))
    if not own and not steps:
        return []
    numbered = "\n".join(f"{place}. {step}" for place, step in enumerate(steps, 1))
    send(dispatcher, clipped(own or say(WORDS, "steps", steps=numbered)), next_steps(entry))
    return [SlotSet("last_question", text), SlotSet("lost", None)]


def asks_no_more_than_what_to_do(text: str) -> bool:
    """Return whether a short text asks what to do, and besides only begs for plain words."""
    if len(text) > LONGEST or not holds(WORDS, "asks", text):
        return False
    left = re.sub("|".join(listed(WORDS, "begs")), "", text)
    left = re.sub("|".join(listed(WORDS, "asks")), "", left)
    return not left.strip(say(WORDS, "fillers"))


def _steps(body: str, told: str) -> list[str]:
    """Return the first steps of a body, without those of a stage that was said to be over."""
    gone = [row["steps"] for row in records(WORDS, "over") if re.search(row["told"], told)]
    steps = re.findall(STEP, body, re.MULTILINE)
    return [one for one in steps if not any(re.search(sign, one) for sign in gone)][:MOST]


def _lately(tracker: Tracker) -> str:
    said = [str(one.get("text") or "") for one in tracker.events if one["event"] == "user"]
    return "\n".join(said)
