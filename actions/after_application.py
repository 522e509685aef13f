"""After the application: refused, no answer, terminated, and so on (Art. 43, 48, 49, 55)."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.answer_question import answer
from actions.ask_back import AskBack, AskBackForm
from actions.asks_to_apply import asks_to_apply
from actions.before import Before
from actions.clock import today
from actions.due_day import due_line
from actions.goal import Events, GoalAction, intent_of, send, text_of
from actions.guide_application import GuideApplication
from actions.hearing import COMMANDS, SURE
from actions.known_setback import setback_of
from actions.leaving_a_form import answer_instead, as_heard, left
from actions.radar import told_before
from actions.refused import (
    REFUSED,
    asks_where_after_a_refusal,
    exempt_line,
    says_exempt,
    tell_where,
)
from actions.setback_text import GOAL, summary_and_detail
from actions.wording import holds, listed, options, say
from eligibility import UNKNOWN, parse_answer, remedy, says_unknown, setback_questions
from eligibility.radar import start_of
from eligibility.when import understand

FORM = "after_application_form"
EVENT, WHY, DAY = SLOTS = ("setback_event", "setback_why", "setback_day")

SHORTEST = 4  # characters that tell of something


class AfterApplication(GoalAction):
    """Take what the message tells of the setback; ask for the rest, or tell the remedy."""

    goal = GOAL

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Tell what to do as soon as enough is known; inside another form, at once."""
        told = _heard(text_of(tracker))
        if asks_to_apply(text_of(tracker)):
            return await GuideApplication().reply(dispatcher, tracker)
        if told[EVENT] is None and not tracker.active_loop_name and not _applied(text_of(tracker)):
            return await answer(dispatcher, text_of(tracker), Before.of(tracker))
        tracker.slots |= told
        events: Events = [SlotSet(slot, value) for slot, value in told.items()]
        events += [SlotSet("last_question", text_of(tracker)), SlotSet("misses", 0)]
        if tracker.active_loop_name not in (None, FORM):
            return events + _tell(dispatcher, tracker)
        if _wanted(tracker) is None:
            return events + _tell(dispatcher, tracker)
        return [*events, ActiveLoop(FORM)]


class TellRemedy(GoalAction):
    """Tell what to do when the form knows enough."""

    goal = "tell_remedy"
    reads_choices = False  # the form has read the message

    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Tell the steps, the grounds and the days."""
        return _tell(dispatcher, tracker)


class ValidateAfterApplicationForm(AskBackForm):
    """Reads the kind of setback, the reason given, and the day a period runs from."""

    form = FORM
    slots = SLOTS

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Read the message; who twice tells of no setback is answered instead of asked again."""
        if asks_where_after_a_refusal(tracker):
            return left(tell_where(dispatcher, text_of(tracker)))
        if _tells_of_none(tracker):
            return await answer_instead(dispatcher, as_heard(tracker), domain)
        events: Events = await super().run(dispatcher, tracker, domain)
        return events

    def wanted(self, tracker: Tracker) -> str | None:
        """Return what is missing."""
        return _wanted(tracker)

    def read(self, slot: str, tracker: Tracker) -> Events:
        """Return what the message tells about the open question, and with it what follows."""
        text = text_of(tracker)
        if slot == EVENT:
            heard = _heard(text)
            told = heard if heard[EVENT] not in (None, UNKNOWN) else {}
        elif slot == WHY:
            question = setback_questions().why[tracker.get_slot(EVENT)]
            told = {WHY: parse_answer(question, text)}
            if told[WHY] is None and (tracker.get_slot("misses") or says_exempt(text)):
                told = {WHY: UNKNOWN}  # it is not asked a third time: every ground is told
        else:
            told = {DAY: _day(text)}
            if due_line(text) and told[DAY] is None:
                return [SlotSet(DAY, None)]  # another matter's last day is no miss: it is named
        return [SlotSet(key, value) for key, value in told.items() if value is not None]


class AskSetbackEvent(AskBack):
    """Asks which kind of setback it is."""

    form, slot = FORM, EVENT

    def question(self, tracker: Tracker) -> tuple[str, list[str]]:
        """Return the question and the kinds."""
        asked = setback_questions().event
        labels = [option.label for option in asked.options]
        if any(asked.ask in one for one in Before.of(tracker).said):  # the list stands above
            return say(GOAL, "which_again", one=labels[0], other=labels[2]), []
        return asked.ask, labels


class AskSetbackWhy(AskBack):
    """Asks for the reason that the institution gave."""

    form, slot = FORM, WHY

    def question(self, tracker: Tracker) -> tuple[str, list[str]]:
        """Return the question and the reasons."""
        asked = setback_questions().why[tracker.get_slot(EVENT)]
        return asked.ask, [option.label for option in asked.options]


class AskSetbackDay(AskBack):
    """Asks for the day a period runs from."""

    form, slot = FORM, DAY

    def question(self, tracker: Tracker) -> tuple[str, list[str]]:
        """Return the question."""
        asked = setback_questions().day[tracker.get_slot(EVENT)].ask
        lines = [due_line(text_of(tracker)), asked]
        return "\n".join(filter(None, lines)), listed("deadlines", "near_days")


def tell_from_another_day(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Tell the remedy just told from another day; nothing where no such day is told."""
    day, dated = _day(text_of(tracker)), setback_questions().day
    if tracker.get_slot("recent") != GOAL or tracker.get_slot(EVENT) not in dated or not day:
        return []
    tracker.slots[DAY] = day
    return [SlotSet(DAY, day), *_tell(dispatcher, tracker)]


def _tells_of_none(tracker: Tracker) -> bool:
    """Return whether the kind of setback was asked for twice, and something else is told."""
    text, (intent, confidence) = text_of(tracker), intent_of(tracker)
    asked = tracker.get_slot(REQUESTED_SLOT) == EVENT and tracker.active_loop_name == FORM
    again = any(say(GOAL, "again") in one for one in Before.of(tracker).said)
    if not asked or not (tracker.get_slot("misses") or again) or len(text) < SHORTEST:
        return False
    commands = intent in COMMANDS and confidence >= SURE
    return not commands and not says_unknown(text) and _heard(text)[EVENT] is None


def _applied(text: str) -> bool:
    """Return whether a text tells of an application that was made."""
    return holds(GOAL, "made", text)


def _heard(text: str) -> dict[str, Any]:
    """Return what a text tells of a setback; None where it does not."""
    questions = setback_questions()
    event = parse_answer(questions.event, text)
    if event in (None, UNKNOWN):
        return {EVENT: None, WHY: None, DAY: None}
    why = parse_answer(questions.why[event], text) if event in questions.why else None
    day = _day(text) if event in questions.day else None
    return {EVENT: event, WHY: None if why == UNKNOWN else why, DAY: day}


def _day(text: str) -> dict[str, Any] | None:
    start = start_of(understand(text, today()))
    return start.to_dict() if start else None


def _wanted(tracker: Tracker) -> str | None:
    event = tracker.get_slot(EVENT)
    if event in (None, UNKNOWN):
        return EVENT if event is None else None
    questions = setback_questions()
    if event in questions.why and tracker.get_slot(WHY) is None:
        return WHY
    return DAY if event in questions.day and tracker.get_slot(DAY) is None else None


def _tell(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    setback = setback_of(tracker)
    if setback is None:
        send(dispatcher, say(GOAL, "which_unknown"), options("talk_to_lawyer"))
        return []
    summary, detail = summary_and_detail(remedy(setback, today()))
    more = ["more_detail"] if detail else []
    lines = [summary, *(exempt_line(text_of(tracker)) if setback.event == REFUSED else [])]
    send(dispatcher, "\n".join(lines), options(*more, "talk_to_lawyer"))
    return told_before(GOAL, detail)
