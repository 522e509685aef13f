"""What is asked on after an entry gets its own short answer, not the entry again.

「老板说没钱」, 「就我一个人去行不」 after an answer: the entry keeps what citizens ask next, with
the answers; the library tells which of them is meant. Words are in words/further.yml.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.before import Before
from actions.clients import knowledge
from actions.denying import denies
from actions.facets import facet_of
from actions.guesses import is_a_guess
from actions.shown_entry import MOST_TITLES, next_steps, remember
from actions.turn import Events, intent_of, send, text_of
from actions.wording import all_options, options, say

WORDS = "further"
LONGEST = 60  # characters; what is longer tells a matter of its own
SEARCHED = ("ask_law", "nlu_fallback", "out_of_scope")
OF_LIMITS = ("predict_outcome", "break_law", "private_data")  # often no more than they sound
SURELY = 0.85  # share from which nothing else that fits as well counts


async def go_on(
    dispatcher: CollectingDispatcher, tracker: Tracker, entry: dict[str, Any]
) -> Events:
    """Answer what is asked on of the entry read last, or ask which; else nothing.

    For texts that `may_go_on`.
    """
    text, before = text_of(tracker), Before.of(tracker)
    found = await knowledge.asked_next(entry["docid"], text)
    questions = found["questions"][:MOST_TITLES]
    if found["band"] == "not_sure" or not _is_left_to_go_on(tracker, questions[0]):
        return []
    if await _is_better_answered(text, questions[0], entry):
        return []
    if found["band"] == "answer" or _was_asked_which(before):
        send(dispatcher, questions[0]["answer"], next_steps(entry))
    else:
        asked = [one["says"] for one in questions]
        send(dispatcher, say(WORDS, "which"), [*asked, *options("talk_to_lawyer")])
    return [SlotSet("last_question", text)]


async def go_on_among(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Answer what is asked on of one of the entries just offered, naming it; else nothing."""
    text, before = text_of(tracker), Before.of(tracker)
    if not before.offered or not may_go_on(tracker):
        return []
    found: list[tuple[dict[str, Any], dict[str, Any]]] = []
    for title in before.offered[:MOST_TITLES]:
        hits = (await knowledge.search(title)).get("hits") or []
        for entry in [hit for hit in hits if hit["title"] == title][:1]:
            asked = (await knowledge.asked_next(entry["docid"], text))["questions"]
            found += [(entry, one) for one in asked[:1]]
    entry, nearest = max(found, key=lambda pair: float(pair[1]["share"]), default=({}, {}))
    if nearest.get("share", 0) < SURELY:  # nobody has said that this is the matter
        return []
    answer = say(WORDS, "of_the_offered", title=entry["title"], answer=nearest["answer"])
    send(dispatcher, answer, next_steps(entry))
    return [*remember(entry), SlotSet("last_question", text)]


def may_go_on(tracker: Tracker) -> bool:
    """Return whether a text may ask on: short, no choice, no denial, no goal that is sure."""
    text = text_of(tracker)
    if len(text) > LONGEST or text in Before.of(tracker).offered or text in all_options():
        return False
    if denies(text):
        return False
    if _was_asked_which(Before.of(tracker)):  # what looks like a goal may be one of the choices
        return True
    return intent_of(tracker)[0] in (*SEARCHED, *OF_LIMITS) or is_a_guess(tracker)


def _is_left_to_go_on(tracker: Tracker, nearest: dict[str, Any]) -> bool:
    """Return whether the nearest question is meant rather than a limit that a text sounds like."""
    return intent_of(tracker)[0] not in OF_LIMITS or nearest["share"] >= SURELY


def _was_asked_which(before: Before) -> bool:
    """Return whether the turn before asked which is meant: nobody is asked that twice."""
    return say(WORDS, "which") in before.said[:1]


async def _is_better_answered(text: str, nearest: dict[str, Any], entry: dict[str, Any]) -> bool:
    """Return whether a part of the entry, or another entry by itself, answers a text better."""
    if nearest["share"] >= SURELY:
        return False
    asked = facet_of(text)
    if asked and asked.part:
        return True
    alone = await knowledge.search(text)
    hits = [hit for hit in alone.get("hits") or [] if hit["kind"] == "entry"]
    return alone["band"] == "answer" and bool(hits) and hits[0]["docid"] != entry["docid"]
