"""Leaving, restarting and correcting the interview, and why a question is asked."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.goal import Events, GoalAction, send, text_of, today
from actions.known_facts import FACT_IDS, forgotten, shown_value, told_ids
from actions.wording import grouped, listed, options, say
from eligibility import UNKNOWN, parse_answer, question

CORRECTABLE_KINDS = ("choice", "place")


class StopInterview(GoalAction):
    """The citizen has had enough; nothing is lost."""

    goal = "stop_interview"
    ends_interview = True

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say that the answers are kept."""
        send(dispatcher, say("interview", "stopped"), options("resume", "talk_to_lawyer"))
        return []


class RestartInterview(GoalAction):
    """Forget the answers; inside the interview the first question follows."""

    goal = "restart_interview"

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Forget every fact."""
        running = bool(tracker.active_loop_name)
        send(dispatcher, say("interview", "restarted" if running else "restarted_ask"))
        about = ("last_question", "context", "last_entry", "last_topic", "aid_matter", "last_fact")
        kept = [SlotSet("misses", 0), SlotSet("screened", running)]
        return [*forgotten(FACT_IDS), *(SlotSet(slot, None) for slot in about), *kept]


class CorrectAnswer(GoalAction):
    """Change one answer, or ask for it again."""

    goal = "correct_answer"

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Find the fact that is meant; take the new value if the text holds it."""
        fact_id, value = _meant(text_of(tracker), tracker)
        if fact_id is None:
            send(dispatcher, say("interview", "nothing_to_correct"))
            return []
        if value is None:
            send(dispatcher, say("interview", "reask"))
        else:
            send(dispatcher, say("interview", "corrected", label=shown_value(fact_id, value)))
        return [SlotSet(fact_id, value), SlotSet("last_fact", fact_id), SlotSet("misses", 0)]


class ExplainWhy(GoalAction):
    """Why a question is asked."""

    goal = "explain_why"

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Give the reason that comes with the open question."""
        open_fact = tracker.get_slot(REQUESTED_SLOT)
        if open_fact in FACT_IDS:
            send(dispatcher, question(open_fact, today()).why)
        else:
            send(dispatcher, say("interview", "why_outside"))
        return []


def _meant(text: str, tracker: Tracker) -> tuple[str | None, Any]:
    """Return the fact to correct and its new value (None: ask again)."""
    told = told_ids(tracker)
    again = any(word in text for word in listed("interview", "asks_again"))
    for word in listed("interview", "corrections"):
        text = text.replace(word, "")
    for fact_id, names in grouped("interview", "names").items():
        if fact_id in told and any(name in text for name in names):
            return fact_id, None if again else _new_value(fact_id, text)
    for fact_id in told:
        value = _new_value(fact_id, text)
        if value is not None:
            return fact_id, value
    last = tracker.get_slot("last_fact")
    return (last if last in told else told[-1] if told else None), None


def _new_value(fact_id: str, text: str) -> Any:
    asked = question(fact_id, today())
    if asked.kind not in CORRECTABLE_KINDS:
        return None
    value = parse_answer(asked, text)
    return None if value == UNKNOWN else value
