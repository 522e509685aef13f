"""Leaving, restarting and correcting the interview, and why a question is asked."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.answer_question import answer
from actions.before import Before
from actions.clock import today
from actions.correcting import (
    corrected,
    correction,
    drops_answers,
    only_number,
    said_corrected,
    without_corrections,
)
from actions.goal import Events, GoalAction, send, text_of
from actions.interview import FORM
from actions.known_facts import FACT_IDS, forgotten
from actions.radar import begin_again
from actions.wording import options, say
from eligibility import question, setback_questions

# What else is forgotten with the answers of the interview.
ABOUT = (
    *("last_question", "context", "last_entry", "last_topic", "aid_matter", "last_fact"),
    *("reviewed", "detail", "recent", "deadline_said", "deadline_period", "deadline_day"),
    *("setback_event", "setback_why", "setback_day", "taken_back"),
)


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
        running = tracker.active_loop_name == FORM
        send(dispatcher, say("interview", "restarted" if running else "restarted_ask"))
        kept = [SlotSet("misses", 0), SlotSet("screened", running), SlotSet("recheck", False)]
        return [*forgotten((*FACT_IDS, *ABOUT)), *kept]


class CorrectAnswer(GoalAction):
    """Change one answer, or ask for it again."""

    goal = "correct_answer"

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Find the fact that is meant; take the new value if the text holds it.

        Where nothing was told in the interview, what is said besides 「不对」 is looked up.
        """
        if told := begin_again(dispatcher, tracker):
            return told
        fact_id, value = correction(text_of(tracker), tracker)
        left, before = without_corrections(text_of(tracker)), Before.of(tracker)
        if fact_id is None and before.read and (number := only_number(left)):
            send(dispatcher, say("interview", "noted", said=number))
            return [SlotSet("misses", 0)]
        if fact_id is None and left:  # a matter that is taken back carries no further
            goes_on = left == text_of(tracker)
            return await answer(dispatcher, left, before if goes_on else before.alone())
        if fact_id is None:
            send(dispatcher, say("interview", "nothing_to_correct"))
            return []
        if value is None:
            send(dispatcher, say("interview", "reask"))
            return corrected(fact_id, value, tracker)
        lines = [said_corrected(fact_id, value, tracker)]
        if drops_answers(fact_id, value, tracker):
            lines.append(say("interview", "another_person"))
        send(dispatcher, "\n".join(lines))
        return corrected(fact_id, value, tracker)


class ExplainWhy(GoalAction):
    """Why a question is asked."""

    goal = "explain_why"

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Give the reason that comes with the open question."""
        open_fact = tracker.get_slot(REQUESTED_SLOT)
        send(dispatcher, _why(open_fact) or say("interview", "why_outside"))
        return []


def _why(open_slot: str | None) -> str | None:
    """Return why a question is asked, of this interview or of a short form."""
    if open_slot in FACT_IDS:
        return question(open_slot, today()).why
    if open_slot == "reviewed":
        return say("interview", "why_review")
    if open_slot in ("deadline_period", "deadline_day", "setback_day"):
        return say("deadlines", "why")
    asked = setback_questions()
    if open_slot == "setback_why":
        return next(iter(asked.why.values())).why
    return asked.event.why if open_slot == "setback_event" else None
