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
from actions.entry_parts import lines_naming
from actions.facets import facet_of
from actions.guesses import is_a_guess
from actions.shown_entry import MOST_TITLES, next_steps, remember, show_lines, show_more_of
from actions.sided_search import entries_meant
from actions.sides import across, speaks_across
from actions.turn import Events, intent_of, send, text_of
from actions.understanding import asks, clauses_of
from actions.wording import all_options, options, say

WORDS = "further"
LONGEST = 60  # characters; what is longer tells a matter of its own
SEARCHED = ("ask_law", "nlu_fallback", "out_of_scope")
# What a text sounds like and often is not, after an entry: a limit, a fact or a yes or no told.
SOUNDS = ("predict_outcome", "break_law", "private_data", "danger", "inform", "deny", "affirm")
SURELY = 0.85  # share from which nothing else that fits as well counts


async def go_on(
    dispatcher: CollectingDispatcher, tracker: Tracker, entry: dict[str, Any]
) -> Events:
    """Answer what is asked on of the entry read last, or ask which; else nothing.

    For texts that `may_go_on`.
    """
    text, before = text_of(tracker), Before.of(tracker)
    found = await knowledge.asked_next(entry["docid"], text)
    questions = _of_the_own_side(found["questions"], before.told(text))[:MOST_TITLES]
    if found["band"] == "not_sure" or not questions or not _is_left_to_go_on(tracker, questions[0]):
        return []
    if await _is_better_answered(tracker, questions[0], entry):
        return []
    if lines := lines_naming(entry, text, questions[0]):
        return [SlotSet("last_question", text), *show_lines(dispatcher, entry, lines)]
    sure = found["band"] == "answer" and questions[0] == found["questions"][0]
    if sure or _was_asked_which(before):
        send(dispatcher, questions[0]["answer"], next_steps(entry))
    elif not (asked := _worth_offering(questions, tracker, before)):
        return [
            *show_more_of(dispatcher, entry, text, before.said),
            SlotSet("last_question", text),
        ]
    else:
        send(dispatcher, say(WORDS, "which"), [*asked, *options("talk_to_lawyer")])
    return [SlotSet("last_question", text)]


def _worth_offering(questions: list[dict[str, Any]], tracker: Tracker, before: Before) -> list[str]:
    """Return the questions to choose from; none where all of them were offered before.

    What was answered lately is offered no more. Who was shown a choice and asks on means none of
    it: the same menu again would be no answer.
    """
    left = [one["says"] for one in questions if not _was_said(one["answer"], before)]
    return left if set(left) - _offered_lately(tracker) else []


def _was_said(answer: str, before: Before) -> bool:
    return any(answer in one for one in before.said)


def _offered_lately(tracker: Tracker) -> set[str]:
    """Return what was offered to choose from since the entry was shown."""
    found: set[str] = set()
    for event in tracker.events:
        if event.get("event") == "slot" and event.get("name") == "last_topic" and event["value"]:
            found = set()
        if event.get("event") == "bot" and say(WORDS, "which") in str(event.get("text")):
            buttons = (event.get("data") or {}).get("buttons") or ()
            found |= {str(button["title"]) for button in buttons}
    return found


async def ask_which_of(dispatcher: CollectingDispatcher, text: str, before: Before) -> Events:
    """Offer what the entry read last keeps that a text may mean; nothing where nothing is near."""
    if before.read is None:
        return []
    found = await knowledge.asked_next(before.read, text)
    near = [] if found["band"] == "not_sure" else found["questions"][:MOST_TITLES]
    told = before.told(text)
    left = [one for one in _of_the_own_side(near, told) if not _was_said(one["answer"], before)]
    if not left:
        return []
    send(dispatcher, say(WORDS, "which"), [one["says"] for one in left] + options("talk_to_lawyer"))
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
            if across(before.told(text), entry["docid"]):
                continue
            asked = (await knowledge.asked_next(entry["docid"], text))["questions"]
            found += [(entry, one) for one in asked[:1]]
    entry, nearest = max(found, key=lambda pair: float(pair[1]["share"]), default=({}, {}))
    if nearest.get("share", 0) < SURELY:  # nobody has said that this is the matter
        return []
    alone = await entries_meant(tracker, alone=True)
    if alone["band"] == "answer" and alone["hits"][0]["docid"] != entry["docid"]:
        return []
    answer = say(WORDS, "of_the_offered", title=entry["title"], answer=nearest["answer"])
    send(dispatcher, answer, next_steps(entry))
    return [*remember(entry), SlotSet("last_question", text)]


async def answer_of(docid: str, text: str, told: str, least: float = 0.0) -> str:
    """Return the answer that an entry keeps for a text, "" where none is surely meant.

    Args:
        docid: the entry.
        text: what is asked.
        told: that and what was told before it; what only the other side asks is left out.
        least: the least share of likelihood.
    """
    if len(text) > LONGEST:
        return ""
    found = await knowledge.asked_next(docid, text)
    asked = found["questions"][:1]
    if found["band"] != "answer" or asked != _of_the_own_side(asked, told):
        return ""
    return str(asked[0]["answer"]) if asked[0]["share"] >= least else ""


async def kept_for(docid: str, question: str, told: str) -> str:
    """Return what an entry keeps for a question; where it denies something, for what it asks."""
    kept = await answer_of(docid, question, told)
    if kept or not denies(question):
        return kept
    asked = [clause for clause in clauses_of(question) if asks(clause) and not denies(clause)]
    return await answer_of(docid, asked[-1].strip("，,。 "), told) if asked else ""


def may_go_on(tracker: Tracker) -> bool:
    """Return whether a text may ask on: short, no choice, no denial, no goal that is sure."""
    text = text_of(tracker)
    if len(text) > LONGEST or text in Before.of(tracker).offered or text in all_options():
        return False
    if denies(text):
        return False
    if _was_asked_which(Before.of(tracker)):  # what looks like a goal may be one of the choices
        return True
    return intent_of(tracker)[0] in (*SEARCHED, *SOUNDS) or is_a_guess(tracker)


def _is_left_to_go_on(tracker: Tracker, nearest: dict[str, Any]) -> bool:
    """Return whether the nearest question is meant rather than what a text sounds like."""
    return intent_of(tracker)[0] not in SOUNDS or nearest["share"] >= SURELY


def _was_asked_which(before: Before) -> bool:
    """Return whether the turn before asked which is meant: nobody is asked that twice."""
    return say(WORDS, "which") in before.said[:1]


def _of_the_own_side(questions: list[dict[str, Any]], told: str) -> list[dict[str, Any]]:
    """Return the further questions without those that only the other side can ask."""
    return [one for one in questions if not speaks_across(told, one["says"])]


async def _is_better_answered(
    tracker: Tracker, nearest: dict[str, Any], entry: dict[str, Any]
) -> bool:
    """Return whether a part of the entry, or another entry by itself, answers a text better."""
    if nearest["share"] >= SURELY:
        return False
    asked = facet_of(text_of(tracker))
    if asked and asked.part:
        return True
    found = await entries_meant(tracker, alone=True)
    return bool(found["band"] == "answer" and found["hits"][0]["docid"] != entry["docid"])
