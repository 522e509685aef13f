"""What to do about a setback in at most one screen, and the rest for 「详细」."""

from __future__ import annotations

import os

from actions.goal import clipped
from actions.wording import say
from eligibility import Reason, Remedy, Step
from eligibility.radar import written

GOAL = "after_application"
ROOM = 500
MOST_GROUNDS = 2
OBJECTS = "object"
LAST_DAY: dict[tuple[str | None, bool], str] = {
    ("organ", False): "last_day_organ",
    ("organ", True): "last_day_organ_passed",
    ("person", False): "last_day_person",
    ("person", True): "last_day_person_passed",
}
DRAFT_SETTING = "OBJECTION_DRAFT_URL"


def summary_and_detail(told: Remedy) -> tuple[str, str]:
    """Return the steps with their last days and what to put forward, and what did not fit."""
    steps = [f"{place}. {_step(step)}" for place, step in enumerate(told.steps, start=1)]
    shown, left = _fitting([say(GOAL, "title", label=told.label), *steps], ROOM - 120)
    grounds = [_point(reason) for reason in told.grounds]
    put, more = _fitting(grounds, ROOM - sum(map(len, shown)), MOST_GROUNDS)
    rest = [*left, *([say(GOAL, "grounds"), *more] if more else []), *map(_point, told.counting)]
    rest += [say(GOAL, "draft")] if _objects(told) else []
    lines = [*shown, *([say(GOAL, "grounds"), *put] if put else []), *_draft(told)]
    summary = "\n".join([*lines, *([say(GOAL, "more")] if rest else [])])
    detail = "\n".join([say(GOAL, "title_detail", label=told.label), *rest]) if rest else ""
    return clipped(summary), clipped(detail)


def _draft(told: Remedy) -> list[str]:
    """Return the line that names the page with the draft, where the deployment has one."""
    address = os.environ.get(DRAFT_SETTING, "")
    return [say(GOAL, "draft_page", address=address)] if address and _objects(told) else []


def _objects(told: Remedy) -> bool:
    return any(step.id == OBJECTS for step in told.steps)


def _fitting(lines: list[str], room: int, most: int = 99) -> tuple[list[str], list[str]]:
    shown: list[str] = []
    for line in lines[:most]:
        room -= len(line) + 1
        if room < 0:
            break
        shown.append(line)
    return shown, lines[len(shown) :]


def _step(step: Step) -> str:
    text = _cited(step.text, step.reference)
    if step.last_day is None:
        return text
    return text + say(GOAL, LAST_DAY[step.by, step.passed], day=written(step.last_day))


def _point(reason: Reason) -> str:
    return f"· {_cited(reason.text, reason.reference)}"


def _cited(text: str, reference: str | None) -> str:
    return f"{text}（{reference}）" if reference else text
