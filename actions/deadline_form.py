"""Asking back which period is meant, and from which day it runs."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.ask_back import AskBack, AskBackForm
from actions.clock import today
from actions.correcting import names_an_answer
from actions.deadline_text import length_of
from actions.due_day import due_line
from actions.each_paper import tell_each_paper
from actions.goal import Events, intent_of, send, text_of
from actions.hearing import SURE
from actions.known_deadline import start_told
from actions.leaving_a_form import COUNTED, answer_instead, as_heard, left, without_the_count
from actions.no_paper_yet import (
    comes_too_late,
    nothing_came_yet,
    say_it_comes_too_late,
    say_it_has_not_begun,
    waits_for_a_paper,
)
from actions.radar import FORM, GOAL, lies_just_ahead, which_it_is
from actions.steer_interview import CorrectAnswer
from actions.wording import listed, options, say
from eligibility import UNKNOWN
from eligibility.radar import (
    Period,
    asks_about_a_period,
    denies_a_period,
    match,
    others_meant,
    picked,
    shipped,
    start_in,
    tells_a_hearing,
    written,
)
from eligibility.when import Said, received, understand

FEW = 4  # characters beside 「刚」: 「刚拿到的」 tells a day, a sentence tells something else


class ValidateDeadlineForm(AskBackForm):
    """Reads which period and which day."""

    form = FORM
    slots = ("deadline_period", "deadline_day")

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Read the message; who says that no period is asked for is answered, and asked no day."""
        heard = as_heard(tracker)
        if denies_a_period(text_of(tracker)):
            return await answer_instead(dispatcher, heard, domain)
        if each := tell_each_paper(dispatcher, heard):
            return left(each)
        if rest := without_the_count(tracker):
            gone = [SlotSet(name, None) for name in COUNTED]
            if text_of(rest):
                return [*gone, *await answer_instead(dispatcher, rest, domain)]
            send(dispatcher, say(GOAL, "no_more"), options("talk_to_lawyer"))
            return [*gone, *left([SlotSet("misses", 0)])]
        period = shipped().get(tracker.get_slot("deadline_period") or "")
        if comes_too_late(period, tracker):
            return left(say_it_comes_too_late(dispatcher))
        if waits_for_a_paper(period) and nothing_came_yet(tracker):
            return left(say_it_has_not_begun(dispatcher, period))
        if names_an_answer(text_of(tracker), tracker):
            return left(await CorrectAnswer().run(dispatcher, heard, domain))
        events: Events = await super().run(dispatcher, tracker, domain)
        return events

    def wanted(self, tracker: Tracker) -> str | None:
        """Return what is missing: the period first, then the day where the law sets a length."""
        key = tracker.get_slot("deadline_period")
        if key is None:
            return "deadline_period"
        counts = key in shipped() and shipped()[key].at(today()).length is not None
        return "deadline_day" if counts and tracker.get_slot("deadline_day") is None else None

    def is_another_matter(self, slot: str, tracker: Tracker) -> bool:
        """Return whether the message asks about another period, or about an application."""
        intent, confidence = intent_of(tracker)
        if intent == "after_application" and confidence >= SURE:
            return True
        if tells_a_hearing(text_of(tracker), today()):
            return True
        if slot == "deadline_day" and _tells_something_else(tracker):
            return True
        if slot != "deadline_day" or not asks_about_a_period(text_of(tracker), today()):
            return False
        meant = {period.id for period in match(text_of(tracker)).periods}
        return tracker.get_slot("deadline_period") not in meant

    def read(self, slot: str, tracker: Tracker) -> Events:
        """Return the period or the day that the message tells; a choice may hold both."""
        text = text_of(tracker)
        said = understand(text, today())
        start = start_in(text, today(), shipped().get(tracker.get_slot("deadline_period")))
        if slot == "deadline_day" and lies_just_ahead(text):
            start = None
        day = [SlotSet("deadline_day", start.to_dict())] if start else []
        if slot == "deadline_day":
            open_day = [SlotSet("deadline_day", None)] if said.candidates else []
            due = [SlotSet("deadline_day", None)] if due_line(text) else []
            return day or open_day or due  # several days are no miss: they are offered
        if any(word in text for word in listed(GOAL, "none_of_them")):
            return [SlotSet("deadline_period", UNKNOWN)]
        period = picked(_choices(tracker), _before(tracker), text)
        if period is None and others_meant(_choices(tracker), _before(tracker), text):
            return [SlotSet("deadline_said", f"{_before(tracker)}，{text}")]  # other choices
        if period is None and said.candidates:  # the day is told before it is clear of what
            return [SlotSet("deadline_said", f"{_before(tracker)}，{text}"), *day]
        return [SlotSet("deadline_period", period.id), *day] if period else []


class AskDeadlinePeriod(AskBack):
    """Offers the periods that the words may mean."""

    form = FORM
    slot = "deadline_period"

    def question(self, tracker: Tracker) -> tuple[str, list[str]]:
        """Return the question and the names of the periods."""
        names = [period.name for period in _choices(tracker)]
        return f"{_noted(tracker)}{say(GOAL, 'which')}", [*names, listed(GOAL, "none_of_them")[0]]


class AskDeadlineDay(AskBack):
    """Says how long the period is and asks from which day it runs."""

    form = FORM
    slot = "deadline_day"

    def question(self, tracker: Tracker) -> tuple[str, list[str]]:
        """Return the question; the days are offered where the words named several."""
        period = shipped()[tracker.get_slot("deadline_period")]
        text = text_of(tracker)
        denied = re.search(say(GOAL, "takes_the_day_back"), text) is not None
        now = understand("" if denied else text, today())
        if tracker.get_slot(REQUESTED_SLOT) == self.slot and lies_just_ahead(text):
            return which_it_is(text)
        said = now if now.candidates else understand(_before(tracker), today())
        days = [written(one.first) for one in said.candidates if one.first == one.last]
        key = "which_day" if days else "day"
        ask = say(GOAL, key, event=period.event)
        length = [] if tracker.get_slot("misses") else [length_of(period)]
        lines = [due_line(text), *length, *_stretches(said), ask]
        return "\n".join(filter(None, lines)), days or listed(GOAL, "near_days")


def _noted(tracker: Tracker) -> str:
    """Return that the day is noted which was told before it is clear of what."""
    start = start_told(tracker.get_slot("deadline_day"))
    if start is None:
        return ""
    other = start.other
    day = say(GOAL, "from_to", first=written(start.day), last=written(other)) if other else ""
    return say(GOAL, "day_noted", day=day or written(start.day))


def _stretches(said: Said) -> list[str]:
    """Return what a season or year that was told spans, where no exact day was told."""
    spans = [(written(one.first), written(one.last)) for one in said.candidates]
    if not spans or any(first == last for first, last in spans):
        return []
    between = "，或者".join(say(GOAL, "from_to", first=first, last=last) for first, last in spans)
    return [say(GOAL, "a_stretch", words=said.words, between=between)]


def _tells_something_else(tracker: Tracker) -> bool:
    """Return whether a message that holds words of a day tells of danger, or of what just happens.

    「他说他刚下火车」 holds no day on which something was received.
    """
    text, (intent, confidence) = text_of(tracker), intent_of(tracker)
    if received(text):
        return False
    said = understand(text, today())
    just = re.search(say(GOAL, "only_just"), said.words) is not None
    if intent == "danger" and confidence >= SURE:
        return just or said.day is None
    return just and len(text) > len(said.words) + FEW


def _before(tracker: Tracker) -> str:
    return str(tracker.get_slot("deadline_said") or "")


def _choices(tracker: Tracker) -> tuple[Period, ...]:
    return match(_before(tracker)).periods
