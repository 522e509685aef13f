"""What to bring when applying for legal aid."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.clock import today
from actions.goal import Events, GoalAction, clipped, send
from actions.known_facts import facts_of, matter_label
from actions.wording import options, say
from eligibility import Facts, screen

GOAL = "guide_application"


class RequiredDocuments(GoalAction):
    """List the papers, for the facts told so far."""

    goal = "required_documents"

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """List the papers; where the matter is not known say so."""
        facts = facts_of(tracker)
        if facts.matter is None and tracker.get_slot("aid_matter"):
            facts = replace(facts, matter=tracker.get_slot("aid_matter"))
        send(
            dispatcher,
            _papers(facts),
            options("download_papers", "check_eligibility", "find_office", "talk_to_lawyer"),
        )
        return []


def _papers(facts: Facts) -> str:
    label = matter_label(facts.matter)
    key = "papers_title_matter" if label else "papers_title"
    lines = [
        f"{place}. {paper.text}"
        for place, paper in enumerate(screen(facts, today()).documents, start=1)
    ]
    ending = [say(GOAL, "papers_end")] + ([] if label else [say(GOAL, "papers_unknown")])
    return clipped("\n".join([say(GOAL, key, matter=label), *lines, *ending]))
