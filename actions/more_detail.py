"""The long part of the answer that was just given."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.clients import knowledge
from actions.errors import NotFound
from actions.goal import Events, GoalAction, clipped, send
from actions.wording import options, say

# A question of a quiz is not offered where somebody is hurt or held; who asks for one gets it.
GRAVE = ("domestic_violence", "criminal", "minors", "fraud", "reputation")


class MoreDetail(GoalAction):
    """Show the long part of a last day, a remedy or an entry."""

    goal = "more_detail"

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Show the rest of what was told last, else the detail of the last entry."""
        if rest := tracker.get_slot("detail"):
            send(dispatcher, rest, options("apply_legal_aid", "talk_to_lawyer"))
            return [SlotSet("detail", None)]
        if tracker.get_slot("recent"):
            send(dispatcher, say("answer_question", "no_more"), options("talk_to_lawyer"))
            return []
        docid = tracker.get_slot("last_entry")
        if not docid:
            send(dispatcher, say("answer_question", "nothing_yet"))
            return []
        try:
            entry = await knowledge.entry(docid)
        except NotFound:
            send(dispatcher, say("answer_question", "gone"))
            return [SlotSet("last_entry", None)]
        text = entry.get("detail") or say("answer_question", "no_more")
        send(dispatcher, clipped(text), _choices(entry))
        return []


def _choices(entry: dict[str, object]) -> list[str]:
    keys = ["show_article"]
    keys += ["related_questions"] if entry.get("related") else []
    keys += ["lesson"] if entry.get("quiz") and entry.get("topic") not in GRAVE else []
    keys += ["apply_legal_aid"] if entry.get("aid") else []
    return options(*keys, "talk_to_lawyer")
