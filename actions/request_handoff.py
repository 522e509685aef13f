"""Handing over to a lawyer with everything already told, so that nobody must say it twice."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.clients import desk
from actions.clock import today
from actions.goal import Events, Failure, GoalAction, intent_of, send, text_of
from actions.known_deadline import deadline_facts, deadline_of
from actions.known_facts import facts_of, matter_label, shown_value, told_ids
from actions.known_setback import setback_facts
from actions.wording import say
from eligibility import screen

GOAL = "request_handoff"
SHORTEST_STORY = 12


class RequestHandoff(GoalAction):
    """Open a case and say what happens next."""

    goal = GOAL
    ends_interview = True

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Open the case; tell the place in the queue and the hotline."""
        facts = facts_of(tracker)
        near = deadline_of(tracker)
        urgency = "deadline" if screen(facts, today()).provisional else "normal"
        position = await desk.open_case(packet(tracker, urgency, "asked"))
        lines = [say(GOAL, "opened", position=position)]
        if near and near.urgent:
            lines.append(say(GOAL, "last_day", days=near.days_left))
        elif urgency == "deadline":
            lines.append(say(GOAL, "deadline"))
        send(dispatcher, "\n".join([*lines, say(GOAL, "hotline")]))
        return []

    def failed(self) -> Failure:
        """Say that the case could not be handed over."""
        return Failure("handoff")


def packet(tracker: Tracker, urgency: str, reason: str) -> desk.NewCase:
    """Return what the lawyer is given: the question, what was told, what runs, how it screens."""
    facts = facts_of(tracker)
    told = told_ids(tracker)
    return desk.NewCase(
        conversation=tracker.sender_id,
        question=_question(tracker),
        topic=tracker.get_slot("last_topic"),
        reason=reason,
        urgency=urgency,
        facts=[
            {
                "label": say("fact_names", fact_id),
                "value": shown_value(fact_id, tracker.get_slot(fact_id)),
            }
            for fact_id in told
        ]
        + deadline_facts(tracker)
        + setback_facts(tracker),
        eligibility=screen(facts, today()).to_dict() if told else None,
    )


def _question(tracker: Tracker) -> str:
    """Return the last question asked; a long request tells its own story."""
    said = text_of(tracker)
    intent, _ = intent_of(tracker)
    asked = tracker.get_slot("last_question")
    if intent != "talk_to_lawyer" or len(said) >= SHORTEST_STORY:
        return said
    return str(asked or matter_label(tracker.get_slot("matter")) or said)
