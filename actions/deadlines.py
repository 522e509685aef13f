"""Time limits: the period that is meant, that of the entry in hand, or those of legal aid."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import answer
from actions.before import Before
from actions.clock import today
from actions.goal import Events, GoalAction, clipped, send, text_of
from actions.known_facts import facts_of
from actions.of_the_matter import clear_with_the_matter
from actions.radar import GOAL, begin, tell
from actions.wording import listed, options, say
from eligibility import screen
from eligibility.radar import denies_a_period, match, shipped
from eligibility.when import mentions

LEGAL_AID = "legal_aid"
LONG = 12


class Deadlines(GoalAction):
    """Answer "how long" by the radar, else from the entry in hand, else by the Act's clocks."""

    goal = GOAL

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Count where a period is meant; ask the knowledge base where a question came before."""
        said = _said(tracker)
        if said:
            dated = mentions(text_of(tracker), today())
            return begin(dispatcher, tracker, said, text_of(tracker) if dated else None)
        before = Before.of(tracker)
        interviewed = tracker.active_loop_name or tracker.get_slot("screened")
        about_aid = text_of(tracker) == say("options", "deadlines")
        if (before.context or _elsewhere(text_of(tracker))) and not (interviewed or about_aid):
            return await answer(dispatcher, text_of(tracker), before)
        send(dispatcher, _clocks(tracker), options("steps", "required_documents", "talk_to_lawyer"))
        return []


class TellDeadline(GoalAction):
    """Tell the last day when the form knows the period and the day."""

    goal = "tell_deadline"
    reads_choices = False  # the form has read the message

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Tell what can be told with what is known."""
        key = tracker.get_slot("deadline_period")
        if key not in shipped():
            send(dispatcher, say(GOAL, "which_unknown"), options("talk_to_lawyer"))
            return []
        return tell(dispatcher, shipped()[key], tracker.get_slot("deadline_day"))


def _elsewhere(text: str) -> bool:
    """Return whether a text tells so much that it asks about something else than legal aid."""
    return len(text) > LONG and not any(word in text for word in listed(GOAL, "about_aid"))


def _said(tracker: Tracker) -> str | None:
    """Return the words that mean a period: the message, if need be with the question before it.

    How long legal aid takes is the Act's clocks, unless a day is told.
    """
    text = text_of(tracker)
    if denies_a_period(text):
        return None
    dated = bool(mentions(text, today()))
    before = tracker.get_slot("last_question")
    if dated and (plainer := clear_with_the_matter(tracker)):
        return plainer
    for said in (text, f"{before}，{text}" if before and dated else ""):
        periods = match(said).periods if said else ()
        if periods and (dated or any(period.field != LEGAL_AID for period in periods)):
            return said
    return None


def _clocks(tracker: Tracker) -> str:
    screening = screen(facts_of(tracker), today())
    clocks = [
        f"· {clock.text}" + (f"（{clock.reference}）" if clock.reference else "")
        for clock in screening.deadlines
    ]
    shown = listed(GOAL, "notes")
    refusal = [f"· {note.text}" for note in screening.notes if note.reference in shown]
    return clipped("\n".join([say(GOAL, "title"), *clocks, *refusal, say(GOAL, "other")]))
