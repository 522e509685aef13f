"""Where to apply; addresses are not known here, the hotline knows them."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.clock import today
from actions.goal import Events, GoalAction, clipped, send, text_of
from actions.known_facts import facts_of
from actions.wording import options, say
from eligibility import UNKNOWN, parse_answer, question, screen

GOAL = "find_office"


class FindOffice(GoalAction):
    """Say which institution takes the application (Art. 38) and who knows its address."""

    goal = GOAL

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Name the place by what is known of the matter; a place in the message counts."""
        facts = facts_of(tracker)
        region = parse_answer(question("region", today()), text_of(tracker), picks=False)
        if region not in (None, UNKNOWN):
            facts = replace(facts, region=region)
        offices = screen(facts, today()).offices
        places = [
            f"· {office.text}" + (f"（{office.reference}）" if office.reference else "")
            for office in offices
        ]
        text = "\n".join([say(GOAL, "title"), *places, say(GOAL, "address"), say(GOAL, "known")])
        send(dispatcher, clipped(text), options("required_documents", "steps", "talk_to_lawyer"))
        return []
