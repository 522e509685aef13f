"""What is not done for anybody: said shortly and kindly, with a lawful way on."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import answer
from actions.before import Before
from actions.goal import Events, GoalAction, intent_of, reads_first, send, text_of
from actions.hearing import SURE
from actions.sides import told_plainly
from actions.wording import compiled, holds, listed, options, records, say

GOAL = "boundaries"
PREDICTING = "predict_outcome"
PRIVATE = "private_data"
BREAK_LAW = "break_law"
OF_WRONGS = (BREAK_LAW, PRIVATE)
# A request for a bare prediction is short, one for something unlawful hardly longer; whoever tells
# more has a matter that can be looked up. To be taken for a wrongdoer needs more certainty.
LONG = {PREDICTING: 14, **dict.fromkeys(OF_WRONGS, 24)}
CERTAIN = 0.9
BEFORE_JUDGMENT = {
    "hide_nothing": "hide_before_judgment",
    "hide_still": "hide_still_before_judgment",
}
BEGINNING = 30  # characters that tell one refusal from another, also where it is cut short
# Swearing at the bot is no politics.
MEDICINE = "medicine"
POLITICS, CERTAIN_POLITICS = "politics", 0.8


@dataclass(frozen=True)
class Boundary:
    """What is said to an intent; `words` narrow it down, none of them means all the rest."""

    intent: str
    text: str
    options: tuple[str, ...]
    words: tuple[str, ...] = ()


class Boundaries(GoalAction):
    """Refuse what must be refused; search whenever it may be a real question after all."""

    goal = GOAL
    speaks_in_danger = False

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say the refusal, or what the knowledge base has, with the refusal where it has nothing.

        A classifier that is not sure must not turn a legal question away, and whoever was harmed
        must not be taken for the one who harms.
        """
        text, before = text_of(tracker), Before.of(tracker)
        intent, confidence = intent_of(tracker)
        if _is_a_real_question(intent, text):
            return await answer(dispatcher, text, before)
        boundary = boundary_of(intent or "", text)
        refusal = _shorter_if_said(boundary.text, before), options(*boundary.options)
        if is_refused(intent, confidence, text) and not _goes_on_with(before, text):
            send(dispatcher, *refusal)
            return []
        if intent == PREDICTING:
            return await _answer_but_predict_nothing(dispatcher, text, before, refusal)
        return await answer(dispatcher, text, before, refusal)


def _goes_on_with(before: Before, text: str) -> bool:
    """Return whether what was said before tells plainly what a text asks of it."""
    said = "\n".join(filter(None, [before.context, text]))
    return told_plainly(said, before.read, sure=True) is not None


def is_refused(intent: str | None, confidence: float, text: str) -> bool:
    """Return whether a text is refused without a search."""
    telling = len(text) > LONG.get(intent or "", len(text))
    return confidence >= _least(intent) and not telling and not _is_a_real_question(intent, text)


def _least(intent: str | None) -> float:
    """Return how sure the classifier must be for a refusal without a search."""
    if intent == POLITICS:
        return CERTAIN_POLITICS
    return CERTAIN if intent in OF_WRONGS else SURE


async def _answer_but_predict_nothing(
    dispatcher: CollectingDispatcher, text: str, before: Before, refusal: tuple[str, list[str]]
) -> Events:
    done = await answer(dispatcher, text, before, refusal)
    said = dispatcher.messages[-1]
    if said["text"] != refusal[0]:
        said["text"] = "\n".join([say(GOAL, "also_predict_outcome"), said["text"]])
    return done


@reads_first
async def refuse_to_hide(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say a plain no, with the way on, to who owes, or divorces, and asks how to hide from it."""
    text, before = text_of(tracker), Before.of(tracker)
    told = "\n".join(filter(None, [before.context, before.question, text]))
    key = None if tracker.active_loop_name else _what_to_say_to_hiding(text, told, before)
    if key is None:
        return []
    send(dispatcher, say(GOAL, key), options("talk_to_lawyer"))
    return [SlotSet("last_question", text), SlotSet("context", told)]


def _what_to_say_to_hiding(text: str, told: str, before: Before) -> str | None:
    """Return the key of what refuses to hide anything; None where nobody asks for that.

    Before a judgment other ways are open than after it.
    """
    owes = holds(GOAL, "owes", told)
    by_divorce = holds(GOAL, "fake_divorce", text) and not holds(GOAL, "others_divorce", text)
    if owes and by_divorce:
        return "hide_by_divorce"
    if not holds(GOAL, "hides", text) or holds(GOAL, "others_hide", text):
        return None
    if not owes:
        return "hide_in_divorce" if holds(GOAL, "divorces", told) else None
    again = "hide_still" if holds(GOAL, "hides", before.question or "") else "hide_nothing"
    return again if holds(GOAL, "judged", told) else BEFORE_JUDGMENT[again]


@reads_first
async def refuse_a_wrong(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Say no, with the way on, to who asks whether to do a wrong that plain words tell of."""
    text = text_of(tracker)
    says = None if tracker.active_loop_name else _refused(tracker)
    if says is None:
        return []
    send(dispatcher, _shorter_if_said(says, Before.of(tracker)), options("talk_to_lawyer"))
    return [SlotSet("last_question", text), SlotSet("context", text)]


async def refuse_what_is_wrong(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Refuse what any part of a message asks that must not be done; else nothing."""
    hidden = await refuse_to_hide(dispatcher, tracker)
    return hidden or await refuse_a_wrong(dispatcher, tracker)


def _refused(tracker: Tracker) -> str | None:
    return _still_wrong(tracker) or _refusal(text_of(tracker)) or _still_private(tracker)


def _refusal(text: str) -> str | None:
    """Return what refuses the wrong that a text asks for; None where it asks for none."""
    for one in records(GOAL, "refusals"):
        asks = all(_has_one(signs, text) for signs in one["asks"])
        if asks and not _has_one(one["unless"], text):
            return str(one["says"]).strip()
    return None


def _still_wrong(tracker: Tracker) -> str | None:
    """Return what refuses the same wrong once more, asked for in few words: 「那算不算偷」."""
    text, last = text_of(tracker), "\n".join(Before.of(tracker).said[:1])
    for one in records(GOAL, "refusals"):
        told = [str(one[key]).strip() for key in ("says", "still") if key in one]
        if "again" not in one or not any(each[:BEGINNING] in last for each in told):
            continue
        if _has_one(one["again"], text) and not _has_one(one["again_unless"], text):
            return told[-1]
    return None


def _still_private(tracker: Tracker) -> str | None:
    """Return what refuses another thing about somebody right after one was refused."""
    refused = boundary_of(PRIVATE, "").text, say(GOAL, "private_still")
    last = Before.of(tracker).said[:1]
    asks = bool(last) and last[0] in refused and holds(GOAL, "another_private", text_of(tracker))
    return say(GOAL, "private_still") if asks else None


def _shorter_if_said(refusal: str, before: Before) -> str:
    """Return a refusal, in a sentence where somebody's privacy was explained lately already."""
    explained = boundary_of(PRIVATE, "").text
    said = refusal == explained and explained in before.said
    return say(GOAL, "private_still") if said else refusal


def _has_one(signs: list[str], text: str) -> bool:
    return any(compiled(sign).search(text) for sign in signs)


def _is_a_real_question(intent: str | None, text: str) -> bool:
    """Return whether the words are those of somebody with a matter of their own."""
    if intent == PREDICTING and holds(GOAL, "of_punishment", text):
        return True
    if intent == MEDICINE and not holds(GOAL, "of_medicine", text):
        return True
    if intent == PREDICTING:
        return not any(word in text for word in listed(GOAL, "of_winning"))
    if intent == POLITICS:
        return not any(word in text for word in listed(GOAL, "of_politics"))
    if intent == MEDICINE:
        return any(word in text for word in listed(GOAL, "of_claims"))
    if intent == PRIVATE and (
        holds(GOAL, "of_ones_own", text) or not holds(GOAL, "of_private", text)
    ):
        return True
    if intent == BREAK_LAW and not holds(GOAL, "of_wrongs", text):
        return True
    if intent in OF_WRONGS and holds(GOAL, "of_the_other", text):
        return True
    return intent in OF_WRONGS and any(word in text for word in listed(GOAL, "harmed"))


def boundary_of(intent: str, text: str) -> Boundary:
    """Return what to say: the first of the intent's kinds that has a word of the text, or none."""
    return next(
        one
        for one in _boundaries()
        if one.intent == intent and (not one.words or any(word in text for word in one.words))
    )


@cache
def _boundaries() -> tuple[Boundary, ...]:
    return tuple(
        Boundary(
            row["intent"],
            row["text"].strip(),
            tuple(row["options"]),
            tuple(row.get("words", ())),
        )
        for row in records(GOAL, "boundaries")
    )
