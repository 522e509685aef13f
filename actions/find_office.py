"""Where to apply; addresses are not known here, the hotline knows them."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import answer
from actions.before import Before
from actions.clients import knowledge
from actions.clock import today
from actions.facets import facet_of
from actions.goal import Events, GoalAction, clipped, send, text_of
from actions.known_facts import facts_of
from actions.wording import listed, options, say
from eligibility import UNKNOWN, parse_answer, question, screen

GOAL = "find_office"


# A text that asks where and says no more than that is about the application.
SHORT = 6


def _of_something_else(text: str) -> bool:
    """Return whether a text asks where something else than legal aid is to be had."""
    about_aid = any(word in text for word in listed("deadlines", "about_aid"))
    return len(text) > SHORT and facet_of(text) is None and not about_aid


class FindOffice(GoalAction):
    """Say which institution takes the application (Art. 38) and who knows its address."""

    goal = GOAL

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Name the place by what is known of the matter; a place in the message counts."""
        text, before = text_of(tracker), Before.of(tracker)
        if before.context and _of_something_else(text) and not tracker.active_loop_name:
            found = await knowledge.search(text, before.context, before.entry)
            if found["band"] != "not_sure":
                return await answer(dispatcher, text, before)
        facts = facts_of(tracker)
        region = parse_answer(question("region", today()), text_of(tracker))
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
