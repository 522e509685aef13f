"""Danger goes to a person before any question (the gateway's own check comes before this one)."""

from __future__ import annotations

import logging

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import answer
from actions.around import danger_is
from actions.before import Before
from actions.clients import desk
from actions.errors import ActionError
from actions.goal import Events, GoalAction, intent_of, send, text_of
from actions.handoff_packet import packet
from actions.wording import options, say

logger = logging.getLogger(__name__)
# Below it the numbers are said all the same, but nobody is put before the lawyers' queue for a
# guess: of a thousand real questions of law a few sound like danger to the classifier.
CERTAIN = 0.85


class Safety(GoalAction):
    """Say whom to call first, then open an urgent case, or answer where it may be a question."""

    goal = "safety"
    ends_interview = True
    reads_choices = False
    may_repeat = True

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say the numbers, even where the desk cannot be reached."""
        _, confidence = intent_of(tracker)
        if confidence < CERTAIN and not tracker.active_loop_name:
            send(dispatcher, say("safety", "maybe"), options("talk_to_lawyer"))
            return await answer(dispatcher, text_of(tracker), Before.of(tracker))
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
        return danger_is(tracker, text_of(tracker))
