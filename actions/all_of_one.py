"""Two questions of one message about one matter: both are answered, neither is offered back.

「没合同算不算工伤，三千块能不能拿」 after an entry asks two things of it, and the entry keeps an
answer to each. 「草场仲裁要不要钱，多久判下来」 does so of the entry that comes nearest.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.before import Before
from actions.boundaries import refuse_what_is_wrong
from actions.clients import knowledge
from actions.denying import plainly_meant
from actions.errors import NotFound
from actions.facets import facet_of
from actions.further import LONGEST, SURELY, answer_of
from actions.matters import matters_of
from actions.shown_entry import next_steps, remember
from actions.sided_search import entries_meant
from actions.turn import Events, clipped, send, text_of
from actions.understanding import asks, clauses_of, questions_in
from actions.wording import say

WORDS = "further"
MOST = 3


async def answer_all_of_one(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Answer each question of a message from one entry; nothing where any is left over."""
    text, before = plainly_meant(text_of(tracker)), Before.of(tracker)
    asked = _asked_in(text)
    if tracker.active_loop_name or not 2 <= len(asked) <= MOST:
        return []
    if refused := await refuse_what_is_wrong(dispatcher, tracker):
        return refused
    told = before.told(text)
    if before.read and (answers := await _answers(before.read, asked, told)):
        entry = await knowledge.entry(before.read)
        return _said(dispatcher, tracker, entry, "\n".join(answers))
    if len(matters_of(text)) < len(asked):  # it is not cut, and nothing would be offered back
        return []
    nearest = (await entries_meant(tracker))["hits"][:1]
    if not nearest or not (answers := await _answers(nearest[0]["docid"], asked, told)):
        return []
    answer = say(WORDS, "of_the_offered", title=nearest[0]["title"], answer="\n".join(answers))
    return [*_said(dispatcher, tracker, nearest[0], answer), *remember(nearest[0])]


def _asked_in(text: str) -> list[str]:
    """Return the questions of a short message, however they are cut."""
    if len(text) > LONGEST:
        return []
    return max(questions_in(text), [one.words for one in matters_of(text)], _asking(text), key=len)


def _asking(text: str) -> list[str]:
    """Return the questions of a text, each with the clauses told for it."""
    found = [""]
    for clause in clauses_of(text):
        found[-1] += clause
        if asks(clause) or facet_of(clause):
            found.append("")
    return found[:-1]


async def _answers(docid: str, asked: list[str], told: str) -> list[str]:
    """Return the sure answers that an entry keeps, one to each question; none where one lacks."""
    try:
        answers = [await answer_of(docid, one, told, SURELY) for one in asked]
    except NotFound:  # an entry that was read may be gone since
        return []
    return list(dict.fromkeys(answers)) if all(answers) else []


def _said(
    dispatcher: CollectingDispatcher, tracker: Tracker, entry: dict[str, Any], answer: str
) -> Events:
    send(dispatcher, clipped(answer), next_steps(entry))
    return [SlotSet("last_question", text_of(tracker))]
