"""Erasing what is held about the citizen, after one question."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import AllSlotsReset, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.clients import gateway
from actions.goal import Events, Failure, GoalAction, send
from actions.wording import options, say

GOAL = "delete_my_data"


class DeleteMyData(GoalAction):
    """Ask whether it is meant."""

    goal = GOAL
    ends_interview = True

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Ask; the slot `confirming_deletion` lets only the very next "yes" erase anything."""
        send(dispatcher, say(GOAL, "confirm"), options("confirm", "decline"))
        return []


class EraseMyData(GoalAction):
    """Erase."""

    goal = "erase_my_data"

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Have the gateway erase everything, and say what must be kept."""
        kept = await gateway.erase(tracker.sender_id)
        send(dispatcher, "\n".join([say(GOAL, "erased"), *kept]))
        return [AllSlotsReset(), SlotSet("confirming_deletion", False)]

    def failed(self) -> Failure:
        """Nothing was erased, and the next "yes" must not erase anything."""
        return Failure("erase", [SlotSet("confirming_deletion", False)])


class KeepMyData(GoalAction):
    """The citizen thought better of it."""

    goal = "keep_my_data"

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say that nothing was erased."""
        send(dispatcher, say(GOAL, "kept"))
        return [SlotSet("confirming_deletion", False)]
