"""An answer that comes with a question: 「能拿主意 … 申请去哪」, 「继续 都没有」, 「算1吗」.

The answer is taken, the question is answered in a sentence, and the interview goes on. The words
are in words/interview.yml.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from copy import copy
from dataclasses import dataclass

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.clients import knowledge
from actions.errors import ServiceUnavailable
from actions.goal import Events, send, text_of
from actions.hearing import OPEN_QUESTION
from actions.known_facts import FACT_IDS, open_question, shown_value
from actions.told_besides import take_along
from actions.understanding import asks, clauses_of
from actions.wording import listed, say
from eligibility import UNKNOWN, parse_answer

BREAKS = r"[ \t，,。.；;！!？?]+"
LONGEST = 10  # characters of an answer that stands before a question
MARKS = " ，,。.；;！!？?"


@dataclass(frozen=True)
class Ahead:
    """An answer in the citizen's words, what is said besides, and whether it was asked back."""

    answer: str
    rest: str
    asked_back: bool = False


async def read_ahead(
    dispatcher: CollectingDispatcher,
    tracker: Tracker,
    read: Callable[[CollectingDispatcher, Tracker], Events],
) -> Events:
    """Take the answer that comes with a question, and answer that; nothing where none does.

    Args:
        dispatcher: takes the reply.
        tracker: the conversation.
        read: reads a message that is but an answer.
    """
    ahead = _answer_ahead(tracker)
    if ahead is None:
        return []
    told = read(dispatcher, _hearing_only(tracker, ahead.answer))
    open_fact = str(tracker.get_slot(REQUESTED_SLOT))
    value = next((one["value"] for one in told if one.get("name") == open_fact), None)
    if ahead.asked_back and value is not None:
        send(dispatcher, say("interview", "counted_as", label=shown_value(open_fact, value)))
    if ahead.rest and value is not None:  # 「能拿主意 … 我妈在通辽 申请去哪」 tells the place too
        besides = _hearing_only(tracker, ahead.rest)
        told = [*told, *take_along(dispatcher, besides, open_fact, value)]
    await _answer_the_rest(dispatcher, ahead)
    return told


def _answer_ahead(tracker: Tracker) -> Ahead | None:
    """Return the answer to the open question that a message gives besides a question; else None."""
    open_fact, text = tracker.get_slot(REQUESTED_SLOT), text_of(tracker).strip(MARKS)
    if open_fact not in FACT_IDS or open_fact == OPEN_QUESTION:
        return None
    if asked_back := re.search(say("interview", "asks_if_it_counts"), text):
        return _if_it_answers(tracker, Ahead(asked_back["place"], "", asked_back=True))
    pieces = [piece for piece in re.split(BREAKS, text) if piece]
    if not pieces:
        return None
    first, *others = pieces
    goes_on = re.fullmatch(say("interview", "goes_on_first"), first) is not None
    if goes_on and others:
        first, *others = others
    rest = " ".join(others)
    if not goes_on and not (others and _asks(rest)):
        return None
    denies = re.match(say("interview", "denies_first"), first)
    if len(first) > LONGEST or _asks(first) or denies:
        return None
    return _if_it_answers(tracker, Ahead(first, rest))


def _hearing_only(tracker: Tracker, words: str) -> Tracker:
    """Return the conversation as if these words were all that was said."""
    heard = copy(tracker)
    intent = {"name": "inform", "confidence": 1.0}
    heard.latest_message = {**tracker.latest_message, "text": words, "intent": intent}
    return heard


async def _answer_the_rest(dispatcher: CollectingDispatcher, ahead: Ahead) -> None:
    """Answer in a sentence what was asked besides; what is not known is to be asked afterwards."""
    asked = [one.strip(MARKS) for one in clauses_of(ahead.rest) if asks(one) or _asks(one)]
    if not asked:
        return
    if re.search(say("interview", "asks_where_to_apply"), asked[-1]):
        send(dispatcher, say("interview", "where_to_apply"))
        return
    told_now = await _answer_to(asked[-1])
    send(dispatcher, told_now or say("interview", "asked_meanwhile", asked=asked[-1]))


async def _answer_to(asked: str) -> str:
    """Return what is surely the answer in a sentence; "" where none is, or nobody can tell now."""
    try:
        found = await knowledge.search(asked)
    except ServiceUnavailable:
        return ""
    best = (found.get("hits") or [{}])[0]
    return str(best["answer"]) if found["band"] == "answer" and best.get("answer") else ""


def _if_it_answers(tracker: Tracker, ahead: Ahead) -> Ahead | None:
    question = open_question(str(tracker.get_slot(REQUESTED_SLOT)), tracker)
    value = None if question.kind == "number" else parse_answer(question, ahead.answer)
    return None if value in (None, UNKNOWN) else ahead


def _asks(text: str) -> bool:
    return any(mark in text for mark in listed("interview", "questioning"))
