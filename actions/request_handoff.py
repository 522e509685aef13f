"""Handing over to a lawyer with everything already told, so that nobody must say it twice."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.clients import desk
from actions.clock import today
from actions.goal import Events, Failure, GoalAction, send, text_of
from actions.handoff_packet import packet
from actions.known_deadline import deadline_of
from actions.known_facts import facts_of
from actions.wording import holds, options, say
from eligibility import screen

GOAL = "request_handoff"


class RequestHandoff(GoalAction):
    """Open a case and say what happens next."""

    goal = GOAL
    ends_interview = True
    reads_choices = False
    speaks_meanwhile = False

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Open the case; tell what the desk says of place and time, and what is urgent.

        Who asks what it is good for (「回复找律师有用吗」) has not asked for it yet.
        """
        if holds(GOAL, "asks_of_it", text_of(tracker)):
            send(dispatcher, say(GOAL, "about"), options("talk_to_lawyer"))
            return []
        if not tracker.active_loop_name and holds(GOAL, "asks_whether", text_of(tracker)):
            send(dispatcher, say(GOAL, "whether"), options("check_eligibility", "talk_to_lawyer"))
            return []
        near = deadline_of(tracker)
        urgency = "deadline" if screen(facts_of(tracker), today()).provisional else "normal"
        opened = await desk.open_case(packet(tracker, urgency, "asked"))
        lines = [opened.notice or say(GOAL, "taken"), say(GOAL, "go_on")]
        if near and near.urgent:
            lines.insert(1, say(GOAL, "last_day", days=near.days_left))
        elif urgency == "deadline":
            lines.insert(1, say(GOAL, "deadline"))
        send(dispatcher, "\n".join([say(GOAL, "hotline"), *lines]), opened.options)
        return []

    def failed(self) -> Failure:
        """Say that the case could not be handed over."""
        return Failure("handoff")
