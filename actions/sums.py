"""Sums that the statute's own formula gives from what the citizen told; never more than about."""

from __future__ import annotations

from dataclasses import dataclass

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import answer
from actions.before import Before
from actions.beside import SLOT as BESIDE
from actions.beside import ask_beside, reads
from actions.clock import today
from actions.goal import Events, reads_first, send, text_of
from actions.sum_text import told_sum
from actions.told_facts import messages
from actions.turn import intent_of
from actions.understanding import questions_in
from actions.wording import grouped, listed, numbers, options, say
from eligibility.told import Duration, Wage, durations_in, wages_in

GOAL = "sums"
KINDS = SEVERANCE, DOUBLE_WAGE = "severance", "double_wage"
JUST_TOLD = 2  # messages in which a bare 「三年多」 answers how long somebody worked
ASKING = ("ask_law", "inform", "nlu_fallback", "out_of_scope", "predict_outcome")


@dataclass(frozen=True)
class Numbers:
    """How long somebody worked and what a month brought, as far as told."""

    worked: Duration | None
    wage: Wage | None


@reads_first
async def sum_up(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Tell the sum that is asked for; where numbers are missing answer, and say which."""
    text = text_of(tracker)
    kind = _kind(text, tracker)
    several = len(text) > numbers(GOAL, "short")[1] and len(questions_in(text)) > 1
    if kind is None or intent_of(tracker)[0] not in ASKING or several:
        return []
    told = _numbers(tracker)
    if told.worked and told.wage:
        send(dispatcher, told_sum(kind, told.worked, told.wage, today()), _ways_on())
        return [SlotSet("last_question", text), SlotSet(BESIDE, None)]
    if not _about(kind, text):
        return ask_beside(dispatcher, kind, _missing(told))
    events = await answer(dispatcher, text, Before.of(tracker))
    dispatcher.messages[-1]["text"] += "\n" + _missing(told)
    return [*events, SlotSet(BESIDE, kind)]


def asks_for_a_sum(tracker: Tracker) -> bool:
    """Return whether the message asks for a sum that can be told, so that `sum_up` replies."""
    return intent_of(tracker)[0] in ASKING and _kind(text_of(tracker), tracker) is not None


async def _numbers_told(dispatcher: CollectingDispatcher, tracker: Tracker, kind: str) -> Events:
    """Take the numbers that were asked for; ask for what is still missing."""
    text = text_of(tracker)
    if not (durations_in(text) or wages_in(text)):
        return []
    told = _numbers(tracker, answering=True)
    if told.worked and told.wage:
        send(dispatcher, told_sum(kind, told.worked, told.wage, today()), _ways_on())
        return [SlotSet(BESIDE, None)]
    return ask_beside(dispatcher, kind, _missing(told))


@reads(SEVERANCE)
async def _of_severance(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    return await _numbers_told(dispatcher, tracker, SEVERANCE)


@reads(DOUBLE_WAGE)
async def _of_double_wage(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    return await _numbers_told(dispatcher, tracker, DOUBLE_WAGE)


def _kind(text: str, tracker: Tracker) -> str | None:
    """Return which sum is asked for: by the message alone, or as it follows the question before."""
    asks = any(word in text.lower() for word in listed(GOAL, "asks"))
    both = bool(durations_in(text)) and bool(wages_in(text))
    if asks:
        for kind in reversed(KINDS):
            if _about(kind, text):
                return kind
    goes_on, tells = numbers(GOAL, "short")
    follows = (asks and len(text) <= goes_on) or (both and len(text) <= tells)
    before = str(tracker.get_slot("last_question") or "") if follows else ""
    return next((kind for kind in reversed(KINDS) if _about(kind, before)), None)


def _about(kind: str, text: str) -> bool:
    return any(word in text.lower() for word in grouped(GOAL, kind)["about"])


def _numbers(tracker: Tracker, *, answering: bool = False) -> Numbers:
    """Return the numbers told last; how long needs no word for working where it was asked for."""
    worked: Duration | None = None
    wage: Wage | None = None
    texts = [text for text, _ in messages(tracker)]
    for back, text in enumerate(reversed(texts)):
        long = [one for one in durations_in(text) if one.months]
        about = [one for one in long if one.about == "worked"]
        if answering and back < JUST_TOLD and len(text) <= numbers(GOAL, "short")[1]:
            about = about or [one for one in long if one.about is None]
        worked = worked or (about[0] if about else None)
        monthly = [one for one in wages_in(text) if one.per == "month"]
        wage = wage or (monthly[0] if monthly else None)
    return Numbers(worked, wage)


def _missing(told: Numbers) -> str:
    if told.worked:
        return say(GOAL, "tell_wage", worked=told.worked.words)
    if told.wage:
        return say(GOAL, "tell_worked", wage=f"{told.wage.amount.yuan:,.0f}")
    return say(GOAL, "tell_numbers")


def _ways_on() -> list[str]:
    return options("apply_legal_aid", "talk_to_lawyer")
