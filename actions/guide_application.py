"""How to apply for legal aid: the steps, where, and how long it takes."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.goal import Events, GoalAction, send, today
from actions.known_facts import facts_of, matter_label
from actions.wording import listed, options, say
from eligibility import Screening, screen

GOAL = "guide_application"
CLOCKS = (
    "provisional",
    "preservation",
    "notice",
    "notice_assignment",
    "duty_lawyer_forwards",
    "decision",
    "assignment",
)


class GuideApplication(GoalAction):
    """Tell the steps, for the matter if it is known."""

    goal = GOAL

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Tell the steps in order."""
        screening = screen(facts_of(tracker), today())
        label = matter_label(tracker.get_slot("matter") or tracker.get_slot("aid_matter"))
        send(dispatcher, _steps(screening, label), _choices(tracker))
        return []


def _steps(screening: Screening, label: str | None) -> str:
    title = say(GOAL, "title_matter", matter=label) if label else say(GOAL, "title")
    steps = [f"{place}. {step}" for place, step in enumerate(listed(GOAL, "steps"), start=1)]
    clocks = [f"· {clock.text}" for clock in screening.deadlines if clock.id in CLOCKS]
    place = f"{say(GOAL, 'where')}{screening.offices[0].text}"
    return "\n".join([title, *steps, place, say(GOAL, "clocks"), *clocks, say(GOAL, "free")])


def _choices(tracker: Tracker) -> list[str]:
    keys = [] if tracker.get_slot("screened") else ["check_eligibility"]
    return options(*keys, "required_documents", "find_office", "talk_to_lawyer")
