"""What befell an application for legal aid, kept as slots."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.known_deadline import start_told
from actions.wording import say
from eligibility import UNKNOWN, Option, Setback, setback_questions
from eligibility.radar import written


def setback_of(tracker: Tracker) -> Setback | None:
    """Return the setback told about, None where there is none; what is not known is left out."""
    event = _known(tracker.get_slot("setback_event"))
    if event is None:
        return None
    asked = setback_questions().day.get(event)
    start = start_told(tracker.get_slot("setback_day"))
    days = {asked.id: start.day} if asked and start else {}
    return Setback.from_dict({"event": event, "why": _why(event, tracker), **days})


def setback_facts(tracker: Tracker) -> list[dict[str, str]]:
    """Return the setback as facts for the lawyer."""
    event = _known(tracker.get_slot("setback_event"))
    if event is None:
        return []
    questions = setback_questions()
    shown = {"setback_event": _label(questions.event.options, event)}
    if why := _why(event, tracker):
        shown["setback_why"] = _label(questions.why[event].options, why)
    if start := start_told(tracker.get_slot("setback_day")):
        shown["setback_day"] = written(start.day)
    return [
        {"label": say("fact_names", key), "value": value, "section": "timeline"}
        for key, value in shown.items()
    ]


def _why(event: str, tracker: Tracker) -> str | None:
    return _known(tracker.get_slot("setback_why")) if event in setback_questions().why else None


def _known(value: str | None) -> str | None:
    return None if value == UNKNOWN else value


def _label(options: tuple[Option, ...], value: str) -> str:
    return next(option.label for option in options if option.value == value)
