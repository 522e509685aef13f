"""Where to apply; addresses are not known here, the hotline knows them."""

from __future__ import annotations

from dataclasses import replace

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.around import waits_for_a_lawyer
from actions.clock import today
from actions.goal import Events, GoalAction, clipped, reads_before_all, send, text_of
from actions.known_facts import facts_of
from actions.told_facts import messages
from actions.wording import holds, options, say
from eligibility import UNKNOWN, parse_answer, question, screen

GOAL = "find_office"
LATELY = 4  # messages in which legal aid or a lawyer was asked for
SHORT = 20  # characters


class FindOffice(GoalAction):
    """Say which institution takes the application (Art. 38) and who knows its address."""

    goal = GOAL

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Name the place by what is known of the matter; a place in the message counts."""
        facts = facts_of(tracker)
        region = parse_answer(question("region", today()), text_of(tracker), picks=False)
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


@reads_before_all
async def which_one(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Tell which office it is where one of a place is asked for: 「那去乌兰浩特哪家」.

    That is after legal aid or a lawyer was asked for; else it is an office for the matter.
    """
    text = text_of(tracker)
    if tracker.active_loop_name or len(text) > SHORT or not holds(GOAL, "which_one", text):
        return []
    place = parse_answer(question("region", today()), text, picks=False)
    lately = [one for one, _ in messages(tracker)][-LATELY:]
    of_aid = waits_for_a_lawyer(tracker) or any(holds(GOAL, "of_aid", one) for one in lately)
    if place in (None, UNKNOWN) or not of_aid:
        return []
    return await FindOffice().reply(dispatcher, tracker)
