"""Papers to download, with what was told in the chat already filled in."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.clients import aid
from actions.goal import Events, GoalAction, send
from actions.known_deadline import deadline_of
from actions.known_facts import facts_of
from actions.wording import options, say
from eligibility import Facts

GOAL = "download_papers"


class DownloadPapers(GoalAction):
    """Give a link that takes the facts to the papers page once the person says so there."""

    goal = GOAL

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Give the link; where nothing was told, or links cannot be sent, say what else to do."""
        facts = carried(tracker)
        if facts.matter is None:
            send(dispatcher, say(GOAL, "nothing_told"), options("check_eligibility", "steps"))
            return []
        link = await aid.papers_link(facts.to_dict())
        choices = options("required_documents", "find_office", "talk_to_lawyer")
        if link is None:
            send(dispatcher, say(GOAL, "no_link"), choices)
            return []
        send(dispatcher, say(GOAL, "link", url=link.url, hours=link.hours), choices)
        return []


def carried(tracker: Tracker) -> Facts:
    """Return the facts told, with the matter last read about and the days left of a period."""
    facts = facts_of(tracker)
    if facts.matter is None and tracker.get_slot("aid_matter"):
        facts = replace(facts, matter=tracker.get_slot("aid_matter"))
    told = deadline_of(tracker)
    if told and told.kind == "act" and told.days_left is not None and not told.passed:
        facts = replace(facts, days_left=told.days_left)
    return facts
