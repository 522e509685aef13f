"""Who waits for nobody asks whether he waits, leaves a queue he is not in, or asks what is kept."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.around import waits_for_a_lawyer
from actions.before import Before
from actions.clients import desk
from actions.goal import Events, reads_before_all
from actions.turn import clipped, send, text_of
from actions.wording import holds, options, say

WORDS = "no_queue"
LONGEST = 30  # characters; a longer text tells a matter
MOST_TOLD = 40
AT_THE_DESK = ("pending", "open", "snoozed")  # how far it is, is told by another goal


@reads_before_all
async def tell_there_is_no_queue(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say plainly that nobody is waited for, and what is remembered; else nothing."""
    text = text_of(tracker)
    if len(text) > LONGEST or tracker.active_loop_name or waits_for_a_lawyer(tracker):
        return []
    said = [*_of_what_is_kept(text, Before.of(tracker)), *await _of_the_queue(text, tracker)]
    if not said:
        return []
    send(dispatcher, "\n".join(said), options("talk_to_lawyer"))
    return [SlotSet("lost", None)]


def _of_what_is_kept(text: str, before: Before) -> list[str]:
    """Return what is said to who asks whether the words before are remembered."""
    if not holds(WORDS, "memory", text) or holds(WORDS, "others_memory", text):
        return []
    told = before.question or before.context
    if not told:
        return [say(WORDS, "nothing_remembered")]
    return [say(WORDS, "remembered", told=clipped(told.splitlines()[-1], MOST_TOLD))]


async def _of_the_queue(text: str, tracker: Tracker) -> list[str]:
    """Return what is said to who asks about the queue, or leaves it, and is in none."""
    if holds(WORDS, "elsewhere", text):
        return []
    key = next((key for key in ("leave", "queue") if holds(WORDS, key, text)), None)
    if key is None:
        return []
    cases = await desk.cases_of(tracker.sender_id)
    if any(case["status"] in AT_THE_DESK for case in cases):
        return []
    return [say(WORDS, "nothing_to_leave" if key == "leave" else "not_waiting")]
