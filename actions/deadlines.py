"""Time limits: those of the matter that was asked about, or those of legal aid itself."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import Before, answer
from actions.goal import Events, GoalAction, clipped, send, text_of, today
from actions.known_facts import facts_of
from actions.wording import listed, options, say
from eligibility import screen

GOAL = "deadlines"


class Deadlines(GoalAction):
    """Answer "how long" from the entry in hand, else with the clocks of the Act."""

    goal = GOAL

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Ask the knowledge base where a legal question came before and no interview runs."""
        before = Before.of(tracker)
        interviewed = tracker.active_loop_name or tracker.get_slot("screened")
        about_aid = text_of(tracker) == say("options", "deadlines")
        if before.context and not (interviewed or about_aid):
            return await answer(dispatcher, text_of(tracker), before)
        screening = screen(facts_of(tracker), today())
        clocks = [
            f"· {clock.text}" + (f"（{clock.reference}）" if clock.reference else "")
            for clock in screening.deadlines
        ]
        shown = listed(GOAL, "notes")
        refusal = [f"· {note.text}" for note in screening.notes if note.reference in shown]
        text = "\n".join([say(GOAL, "title"), *clocks, *refusal, say(GOAL, "other")])
        send(dispatcher, clipped(text), options("steps", "required_documents", "talk_to_lawyer"))
        return []
