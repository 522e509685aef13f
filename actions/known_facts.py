"""The facts of the interview, kept as Rasa slots of the same names."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.clock import today
from actions.known_deadline import urgent_days_left
from actions.wording import say
from eligibility import UNKNOWN, Facts, Question, labels, next_question, question
from eligibility.questions import FOLDER

FACT_IDS = tuple(sorted(path.stem for path in FOLDER.glob("*.yml")))


def facts_of(tracker: Tracker) -> Facts:
    """Return the facts told so far; few days left of a period told about count too (Art. 44)."""
    told = {fact_id: tracker.get_slot(fact_id) for fact_id in FACT_IDS}
    told["days_left"] = urgent_days_left(tracker)
    if told["days_left"] is None and tracker.get_slot("urgent") is not None:
        told["days_left"] = _days_left_told(tracker)
    return Facts.from_dict({key: value for key, value in told.items() if value is not None})


def _days_left_told(tracker: Tracker) -> int | None:
    """Return the days left until the last day that the answer about urgency told."""
    last = tracker.get_slot("last_day_told")
    return (date.fromisoformat(last) - today()).days if last else None


def told_ids(tracker: Tracker) -> list[str]:
    """Return the ids of the facts told so far."""
    return [fact_id for fact_id in FACT_IDS if tracker.get_slot(fact_id) is not None]


def open_question(fact_id: str, tracker: Tracker) -> Question:
    """Return the question about a fact as it is asked now: of whom, and with what to choose."""
    following = next_question(facts_of(tracker), today())
    if following is not None and following.id == fact_id:
        return following
    return replace(question(fact_id, today()), for_whom=tracker.get_slot("for_whom"))


def forgotten(fact_ids: list[str] | tuple[str, ...] = FACT_IDS) -> list[dict[str, Any]]:
    """Return the events that forget these facts."""
    return [SlotSet(fact_id, None) for fact_id in fact_ids]


def shown_value(fact_id: str, value: Any) -> str:
    """Return how a value is shown to people."""
    if value == UNKNOWN:
        return say("fact_names", "unknown")
    known: dict[Any, str] = {
        option.value: option.label for option in question(fact_id, today()).options
    }
    return known.get(value, str(value))


def matter_label(matter: str | None) -> str | None:
    """Return what a matter is called, or None where it is not known."""
    return labels("matter").get(matter) if matter and matter != UNKNOWN else None
