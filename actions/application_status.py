"""Where things stand: the cases at the desk; applications are known to the institution only."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_question import Before, answer
from actions.clients import desk
from actions.goal import Events, Failure, GoalAction, send, text_of
from actions.wording import listed, options, say

GOAL = "application_status"
LONG = 16
SAID = {"pending": "waiting", "open": "taken", "snoozed": "set_aside", "resolved": "closed"}


class ApplicationStatus(GoalAction):
    """Tell the status of the newest case, and who knows about applications."""

    goal = GOAL

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Tell what is known."""
        cases = await desk.cases_of(tracker.sender_id)
        if not cases and _elsewhere(text_of(tracker)):
            return await answer(dispatcher, text_of(tracker), Before.of(tracker))
        newest = max(cases, key=lambda case: str(case["opened_at"]), default=None)
        key = SAID.get(newest["status"], "none") if newest else "none"
        position = newest.get("position") if newest else None
        text = "\n".join([say(GOAL, key, position=position), say(GOAL, "institution")])
        waiting = key in ("waiting", "taken")
        send(dispatcher, text, [] if waiting else options("talk_to_lawyer", "deadlines"))
        return []

    def failed(self) -> Failure:
        """Say that the progress cannot be looked up."""
        return Failure("status")


def _elsewhere(text: str) -> bool:
    """Return whether a text tells so much, without a word of progress, that it is a question."""
    return len(text) > LONG and not any(word in text for word in listed(GOAL, "about_status"))
