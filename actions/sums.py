"""Sums that the statute's own formula gives from what the citizen told; never more than about."""

from __future__ import annotations

import re
from dataclasses import dataclass

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import answer
from actions.before import Before
from actions.beside import SLOT as BESIDE
from actions.beside import ask_beside, reads
from actions.clock import today
from actions.correcting import only_number, without_corrections
from actions.goal import Events, reads_first, send, text_of
from actions.sum_text import DOUBLE_WAGE, SEVERANCE, told_sum
from actions.told_facts import messages
from actions.turn import intent_of
from actions.understanding import questions_in
from actions.wording import grouped, listed, numbers, options, say
from eligibility.told import Duration, Wage, durations_in, plain, wages_in

GOAL = "sums"
KINDS = (SEVERANCE, DOUBLE_WAGE)
JUST_TOLD = 2  # messages in which a bare 「三年多」 answers how long somebody worked
JUST_ASKED = 4  # messages after which a number that is told no longer belongs to the sum
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
    if kind is None and (kind := _told_anew(text, tracker)):
        return await _numbers_told(dispatcher, tracker, kind)
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
    if not _tells(text_of(tracker)):
        return []
    told = _numbers(tracker, answering=True)
    if told.worked and told.wage:
        send(dispatcher, told_sum(kind, told.worked, told.wage, today()), _ways_on())
        return [SlotSet(BESIDE, None)]
    return ask_beside(dispatcher, kind, _missing(told))


def _tells(text: str) -> bool:
    """Return whether a message tells how long somebody worked, or what a month brings."""
    if len(text) > numbers(GOAL, "short")[1] and not _asks(text):
        return False
    worked = any(one.about in ("worked", "besides") for one in durations_in(text))
    return worked or bool(wages_in(text)) or _is_bare(text)


def _told_anew(text: str, tracker: Tracker) -> str | None:
    """Return which sum a number belongs to that is told, or corrected, some turns later."""
    if tracker.active_loop_name or len(text) > numbers(GOAL, "short")[1]:
        return None
    told = [one for one in durations_in(text) if one.about == "worked" or _is_bare(text)]
    if not (told or wages_in(text)) or any(sign in text for sign in listed(GOAL, "other_things")):
        return None
    texts = [said for said, _ in messages(tracker)]
    if not _asks(text):
        texts = [one for one in texts[-JUST_ASKED:] if _asks(one)]
    return next(filter(None, map(_kind_of, reversed(texts))), None)


@reads(SEVERANCE)
async def _of_severance(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    return await _numbers_told(dispatcher, tracker, SEVERANCE)


@reads(DOUBLE_WAGE)
async def _of_double_wage(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    return await _numbers_told(dispatcher, tracker, DOUBLE_WAGE)


def _kind(text: str, tracker: Tracker) -> str | None:
    """Return which sum is asked for: by the message alone, or as it follows the question before."""
    both = bool(durations_in(text)) and bool(wages_in(text))
    if _asks(text) and (kind := _kind_of(text)):
        return kind
    goes_on, tells = numbers(GOAL, "short")
    follows = (_asks(text) and len(text) <= goes_on) or (both and len(text) <= tells)
    return _kind_of(str(tracker.get_slot("last_question") or "")) if follows else None


def _asks(text: str) -> bool:
    return any(word in text.lower() for word in listed(GOAL, "asks"))


def _kind_of(text: str) -> str | None:
    """Return which sum a text is about; one that only says 「双倍」 where it tells of work."""
    if found := next((kind for kind in reversed(KINDS) if _about(kind, text)), None):
        return found
    worked = any(one.about == "worked" for one in durations_in(text))
    twofold = re.search(say(GOAL, "twofold"), text) is not None
    return DOUBLE_WAGE if twofold and (worked or wages_in(text)) else None


def _about(kind: str, text: str) -> bool:
    return any(re.search(word, text.lower()) for word in grouped(GOAL, kind)["about"])


def _numbers(tracker: Tracker, *, answering: bool = False) -> Numbers:
    """Return the numbers told last; only what was said of working counts, or a bare answer.

    Where the last message that tells one tells two that differ, neither is taken.
    """
    worked: list[Duration] = []
    wage: list[Wage] = []
    texts, now = [text for text, _ in messages(tracker, corrections=True)], text_of(tracker)
    texts += [now] if texts[-1:] != [now] else []
    for back, text in enumerate(reversed(texts)):
        kept, corrected = _without_denied(text), _corrected(text)
        kept = corrected or kept
        long = [one for one in durations_in(kept) if one.months]
        bare = bool(corrected) or (answering and back < JUST_TOLD and _is_bare(kept))
        worked = worked or [one for one in long if one.about == "worked" or bare]
        wage = wage or [one for one in wages_in(kept) if one.per == "month"]
    several = len({one.months for one in worked}) > 1, len({one.amount.yuan for one in wage}) > 1
    return Numbers(
        None if several[0] or not worked else worked[0],
        None if several[1] or not wage else wage[0],
    )


def _corrected(text: str) -> str:
    """Return the bare number of a correction as what was corrected: how long, else what a month.

    "" where a text is no such correction.
    """
    if not text.startswith(tuple(listed("interview", "corrections"))):
        return ""
    number = only_number(without_corrections(text))
    if number is None or durations_in(number):
        return number or ""
    return say(GOAL, "a_month", number=number)


def _without_denied(text: str) -> str:
    """Return a text without the number that it takes back: 「不是两年，是三年」."""
    return re.sub(say(GOAL, "denied"), " ", text)


def _is_bare(text: str) -> bool:
    """Return whether a text is hardly more than how long it was and what it brought."""
    said = plain(text)
    found = durations_in(text)
    if not any(one.about is None for one in found):
        return False
    for words in [*(one.words for one in found), *(one.amount.words for one in wages_in(text))]:
        said = said.replace(words, "")
    return not re.sub(say(GOAL, "fillers"), "", said)


def _missing(told: Numbers) -> str:
    if told.worked:
        return say(GOAL, "tell_wage", worked=told.worked.words)
    if told.wage:
        return say(GOAL, "tell_worked", wage=f"{told.wage.amount.yuan:,.0f}")
    return say(GOAL, "tell_numbers")


def _ways_on() -> list[str]:
    return options("apply_legal_aid", "talk_to_lawyer")
