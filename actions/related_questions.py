"""Other questions near the one just answered."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.before import Before
from actions.clients import knowledge
from actions.errors import NotFound
from actions.goal import Events, GoalAction, send
from actions.sides import for_the_side_told
from actions.wording import options, say

MOST = 4


class RelatedQuestions(GoalAction):
    """Offer the related entries; typing a title finds it."""

    goal = "related_questions"

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Offer the titles, or say that there are none."""
        docid = tracker.get_slot("last_entry")
        try:
            entry = await knowledge.entry(docid) if docid else {}
        except NotFound:
            send(dispatcher, say("answer_question", "gone"))
            return [SlotSet("last_entry", None)]
        related = [{**one, "score": 0.0} for one in entry.get("related", [])]
        fitting = for_the_side_told(Before.of(tracker).told(""), related)
        titles = [one["title"] for one in fitting][:MOST]
        key = "related" if titles else "no_related" if docid else "nothing_yet"
        send(dispatcher, say("answer_question", key), [*titles, *options("talk_to_lawyer")])
        return [SlotSet("offered", titles)] if titles else []
