"""The day of a hearing that was told: kept for the review, the result and the lawyer."""

from __future__ import annotations

from datetime import date

from rasa_sdk import Tracker

from actions.clock import today
from actions.turn import text_of
from actions.wording import say
from eligibility.radar import hearing_day, written

GOAL = "interview"


def court_day(tracker: Tracker) -> date | None:
    """Return the day of the hearing told last that is still to come, None where none was told."""
    said = [one["text"] for one in tracker.events if one["event"] == "user" and one.get("text")]
    days = [day for text in said if (day := hearing_day(text, today()))]
    return days[-1] if days and days[-1] >= today() else None


def on_the_sheet(tracker: Tracker) -> str:
    """Return the hearing as it stands among the answers, "" where none was told."""
    day = court_day(tracker)
    return say(GOAL, "court_day", day=written(day), days=(day - today()).days) if day else ""


def told_just_now(tracker: Tracker) -> str:
    """Return what to say to who just told of a hearing: the day is kept, and what to do by it."""
    if hearing_day(text_of(tracker), today()) is None or not (noted := on_the_sheet(tracker)):
        return ""
    return say(GOAL, "court_day_noted", noted=noted) + what_to_do(tracker)


def what_to_do(tracker: Tracker) -> str:
    """Return what becomes of who does not go; of a criminal case nothing is said."""
    criminal = tracker.get_slot("criminal_role") or "criminal" in str(tracker.get_slot("matter"))
    labour = str(tracker.get_slot("matter")).startswith("labour")
    return say(GOAL, "court_day_go" if criminal or labour else "court_day_civil")
