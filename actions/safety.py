"""Danger goes to a person before any question (the gateway's own check comes before this one)."""

from __future__ import annotations

import logging

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.clients import desk
from actions.errors import ActionError
from actions.goal import Events, GoalAction, send
from actions.handoff_packet import packet
from actions.wording import options, say

logger = logging.getLogger(__name__)


class Safety(GoalAction):
    """Say whom to call first, then open an urgent case."""

    goal = "safety"
    ends_interview = True
    reads_choices = False
    may_repeat = True

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say the numbers even where the desk cannot be reached."""
        try:
            await desk.open_case(packet(tracker, "danger", "danger"))
            handed_over = say("safety", "opened")
        except ActionError as error:
            logger.error("safety.desk_unavailable error=%s", error)
            handed_over = say("unavailable", "danger")
        send(
            dispatcher,
            "\n".join([say("safety", "danger"), handed_over]),
            options("talk_to_lawyer"),
        )
        return []
