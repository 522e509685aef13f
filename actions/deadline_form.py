"""Asking back which period is meant, and from which day it runs."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.ask_back import AskBack, AskBackForm
from actions.deadline_text import length_of
from actions.goal import Events, text_of, today
from actions.radar import FORM, GOAL
from actions.wording import listed, say
from eligibility import UNKNOWN
from eligibility.radar import Period, match, picked, shipped, start_of, written
from eligibility.when import understand


class ValidateDeadlineForm(AskBackForm):
    """Reads which period and which day."""

    form = FORM
    slots = ("deadline_period", "deadline_day")

    def wanted(self, tracker: Tracker) -> str | None:
        """Return what is missing: the period first, then the day where the law sets a length."""
        key = tracker.get_slot("deadline_period")
        if key is None:
            return "deadline_period"
        counts = key in shipped() and shipped()[key].at(today()).length is not None
        return "deadline_day" if counts and tracker.get_slot("deadline_day") is None else None

    def read(self, slot: str, tracker: Tracker) -> Events:
        """Return the period or the day that the message tells; a choice may hold both."""
        text = text_of(tracker)
        start = start_of(understand(text, today()))
        day = [SlotSet("deadline_day", start.to_dict())] if start else []
        if slot == "deadline_day":
            return day
        if any(word in text for word in listed(GOAL, "none_of_them")):
            return [SlotSet("deadline_period", UNKNOWN)]
        period = picked(_choices(tracker), _before(tracker), text)
        return [SlotSet("deadline_period", period.id), *day] if period else []


class AskDeadlinePeriod(AskBack):
    """Offers the periods that the words may mean."""

    form = FORM
    slot = "deadline_period"

    def question(self, tracker: Tracker) -> tuple[str, list[str]]:
        """Return the question and the names of the periods."""
        names = [period.name for period in _choices(tracker)]
        return say(GOAL, "which"), [*names, listed(GOAL, "none_of_them")[0]]


class AskDeadlineDay(AskBack):
    """Says how long the period is and asks from which day it runs."""

    form = FORM
    slot = "deadline_day"

    def question(self, tracker: Tracker) -> tuple[str, list[str]]:
        """Return the question; the days are offered where the words named several."""
        period = shipped()[tracker.get_slot("deadline_period")]
        said = understand(_before(tracker), today())
        days = [written(one.first) for one in said.candidates if one.first == one.last]
        key = "which_day" if days else "day"
        ask = say(GOAL, key, event=period.event)
        return f"{length_of(period)}\n{ask}", days or listed(GOAL, "near_days")


def _before(tracker: Tracker) -> str:
    return str(tracker.get_slot("deadline_said") or "")


def _choices(tracker: Tracker) -> tuple[Period, ...]:
    return match(_before(tracker)).periods
