"""The result of the interview, in words; never a decision (Art. 43)."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.clock import today
from actions.court_day import on_the_sheet, what_to_do
from actions.goal import LONGEST, Events, GoalAction, clipped, send
from actions.known_facts import facts_of
from actions.period_of_matter import period_of_the_matter
from actions.wording import options, say
from eligibility import Screening, screen

GOAL = "screen_eligibility"
# How many reasons, papers, places and time limits are shown: the first row that fits.
ROOM = ((4, 6, 2, 4), (3, 5, 2, 3), (3, 4, 1, 3), (2, 3, 1, 2), (2, 2, 1, 1))


class ScreenEligibility(GoalAction):
    """Show the state, the reasons with articles, papers, place and clocks."""

    goal = GOAL

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Show the result of screening the facts told."""
        screening = screen(facts_of(tracker), today())
        court = on_the_sheet(tracker)
        first = [f"{court}。{what_to_do(tracker)}"] if court else []
        first += filter(None, [period_of_the_matter(tracker)])
        send(dispatcher, _fitting(screening, first), _choices(screening))
        return []


def _fitting(screening: Screening, first: list[str]) -> str:
    for room in ROOM:
        text = _result(screening, first, *room)
        if len(text) <= LONGEST:
            return text
    return clipped(text)


def _result(
    screening: Screening, first: list[str], reasons: int, papers: int, places: int, clocks: int
) -> str:
    left = len(screening.documents) - papers
    more = [say(GOAL, "papers_more", count=left)] if left > 0 else []
    refer = [say(GOAL, "refer")] if screening.refer else []
    return "\n".join(
        [
            say(GOAL, "verdict", label=screening.label),
            *refer,
            say(GOAL, "why"),
            *(_line(reason.text, reason.reference) for reason in screening.reasons[:reasons]),
            say(GOAL, "papers"),
            *_lines([document.text for document in screening.documents[:papers]]),
            *more,
            say(GOAL, "where"),
            *_lines([office.text for office in screening.offices[:places]]),
            say(GOAL, "clocks"),
            *_lines([*first, *(clock.text for clock in screening.deadlines[:clocks])]),
        ]
    )


def _line(text: str, reference: str | None) -> str:
    if reference is None:
        return say(GOAL, "line", text=text)
    return say(GOAL, "line_reference", text=text, reference=reference)


def _lines(texts: Sequence[str]) -> list[str]:
    return [say(GOAL, "line", text=text) for text in texts]


def _choices(screening: Screening) -> list[str]:
    if screening.refer:
        return options("talk_to_lawyer", "steps", "correct")
    keys = ("steps", "required_documents", "download_papers", "find_office", "correct")
    return options(*keys, "talk_to_lawyer")
