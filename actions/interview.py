"""The interview: a Rasa form whose questions come from eligibility, one at a time."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT, FormValidationAction

from actions.already_told import already_told, denies_one
from actions.answer_ahead import read_ahead
from actions.asked_inside import answer_inside
from actions.beside import SLOT as BESIDE
from actions.beside import answered
from actions.clock import today
from actions.correcting import (
    FALLS_WITH,
    NONE,
    changed_outright,
    contradicted,
    corrected,
    correction,
    named_to_change,
    only_denied,
    point_named,
    said_corrected,
)
from actions.day_of_the_period import day_of_the_period
from actions.goal import (
    Events,
    intent_of,
    leave_options_to_the_open_question,
    send,
    text_of,
)
from actions.hearing import (
    SURE,
    Heard,
    hear,
    leaves,
    named_by_nobody,
    put_right_at_once,
    tells_something,
)
from actions.known_facts import (
    FACT_IDS,
    facts_of,
    forgotten,
    matter_label,
    open_question,
    shown_value,
    told_ids,
)
from actions.leaving_a_form import answer_instead, as_heard
from actions.not_the_interview import BEGINNING, asked_on_leaving, asks_of_the_matter
from actions.period_of_matter import count_for_the_matter
from actions.review import SLOT as REVIEW
from actions.review import read_review, worth_a_review
from actions.sparing import say_if_spared
from actions.sums import asks_for_a_sum
from actions.told_besides import take_along, take_instead
from actions.two_people import WHOM, add_a_person, first_of_two, say_one_at_a_time
from actions.wording import listed, say
from eligibility import Question, days_said, next_question

FORM = "eligibility_form"
YES_OR_NO = ("affirm", "deny")
ASKING_FOR_AID = ("apply_legal_aid", "after_application")
AWAY = 12 * 60 * 60  # seconds after which the answers are looked over before going on


class ValidateEligibilityForm(FormValidationAction):
    """Reads the answer to the open question and says which question is next."""

    def name(self) -> str:
        """Return the name Rasa derives from the form's."""
        return f"validate_{FORM}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Read the message; what only asks on about the matter begins no interview."""
        heard = as_heard(tracker)
        if asks_of_the_matter(heard):
            return await answer_instead(dispatcher, heard, domain)
        if asked := asked_on_leaving(tracker):
            send(dispatcher, say("interview", "stopped"))
            return await answer_instead(dispatcher, as_heard(tracker, asked), domain)
        events: Events = await super().run(dispatcher, tracker, domain)
        return events

    async def required_slots(
        self,
        domain_slots: list[str],
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> list[str]:
        """Return the one fact to ask next, then the review, or nothing when all is told."""
        if tracker.get_slot("recheck"):
            return [REVIEW]
        again = tracker.get_slot("last_fact")
        if again in FACT_IDS and tracker.get_slot(again) is None:
            return [again]  # to be said anew, even where it no longer changes the result
        following = next_question(facts_of(tracker), today())
        if following:
            return [following.id]
        return [REVIEW] if worth_a_review(tracker) and not tracker.get_slot(REVIEW) else []

    async def get_extraction_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Return nothing: reading and checking are one step, below."""
        return []

    async def get_validation_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Return the fact that was told; nothing where another rule has to reply."""
        if returning(tracker):
            return [SlotSet("misses", 0), *_looked_over(tracker)]
        if told := await answered(dispatcher, tracker):
            if not any(one.get("name") == BESIDE for one in told):
                leave_options_to_the_open_question(dispatcher)
                told.append(SlotSet(BESIDE, None))
            return [*told, SlotSet("misses", 0)]
        if tracker.get_slot(BESIDE) and intent_of(tracker)[0] in YES_OR_NO:
            return [SlotSet(BESIDE, None), SlotSet("misses", 0)]  # to which of the two questions?
        if told := count_for_the_matter(dispatcher, tracker) or day_of_the_period(
            dispatcher, tracker
        ):
            leave_options_to_the_open_question(dispatcher)
            return [*told, SlotSet("misses", 0)]
        if told := answer_inside(dispatcher, tracker):
            return told
        ahead = await read_ahead(dispatcher, tracker, self._told)
        told = ahead or self._told(dispatcher, tracker)
        say_if_spared(dispatcher, tracker, told)
        return [*told, SlotSet(BESIDE, None)] if told and tracker.get_slot(BESIDE) else told

    def _told(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        open_fact = tracker.get_slot(REQUESTED_SLOT)
        if told := add_a_person(dispatcher, tracker):
            return told
        if open_fact == REVIEW:
            return self._reviewed(dispatcher, tracker)
        if open_fact not in FACT_IDS:
            return _begin(dispatcher, tracker)
        return self._read(open_question(open_fact, tracker), dispatcher, tracker)

    def _reviewed(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        intent, confidence = intent_of(tracker)
        told = read_review(dispatcher, tracker, intent)
        if not told and intent in BEGINNING:
            return [SlotSet("misses", 0)]  # it runs already: the points are shown again
        if told or intent == "correct" or leaves(intent, confidence, text_of(tracker)):
            return told
        return [SlotSet("misses", (tracker.get_slot("misses") or 0) + 1)]

    def _read(self, asked: Question, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        if text_of(tracker) == say("interview", "more"):
            return [SlotSet("all_options", True), SlotSet("misses", 0)]
        if text_of(tracker) in (tracker.get_slot("offered") or ()):
            return []  # picked of what another reply offered
        if re.search(say("interview", "takes_up"), text_of(tracker)):
            return [SlotSet("misses", 0)]  # the question is asked again
        if told := _goes_back(dispatcher, tracker) or _corrected(asked, dispatcher, tracker):
            return told
        put_right = put_right_at_once(asked, tracker)
        heard = put_right or hear(asked, text_of(tracker), *intent_of(tracker))
        whom = first_of_two(text_of(tracker)) if asked.id == WHOM else None
        if whom:
            say_one_at_a_time(dispatcher, whom)
            heard = Heard("answer", whom)
        spoken = heard.kind == "aside" and tells_something(tracker)
        if spoken and (told := take_instead(dispatcher, tracker)):
            return told
        heard = named_by_nobody(asked, heard, tracker) or heard
        if heard.kind != "answer" and intent_of(tracker)[0] in BEGINNING:
            return _begin(dispatcher, tracker)
        if heard.kind == "aside":
            return []  # Rasa takes it that the form rejects the message, and asks the other rules
        if heard.kind == "missed" and asks_for_a_sum(tracker):
            return []
        if heard.value == NONE and denies_one(text_of(tracker)):
            heard = Heard("missed")
        if heard.kind == "missed" and re.search(
            say("interview", "asks_the_cost"), text_of(tracker)
        ):
            send(dispatcher, say("interview", "costs_nothing"))
            return [SlotSet("misses", 0)]
        if heard.kind == "missed" and (told := take_instead(dispatcher, tracker)):
            return told
        if heard.kind == "missed":
            missed = SlotSet("misses", (tracker.get_slot("misses") or 0) + 1)
            return [missed, *_looked_over(tracker)]
        if heard.kind == "overwhelmed":
            return [SlotSet("misses", 0)]
        days = days_said(text_of(tracker), today()) if asked.kind == "urgency" else None
        last = (today() + timedelta(days=days)).isoformat() if days is not None else None
        return [
            *([SlotSet("last_day_told", last)] if asked.kind == "urgency" else []),
            SlotSet(asked.id, heard.value),
            SlotSet("last_fact", asked.id),
            SlotSet("misses", 0),
            SlotSet("all_options", False),
            *take_along(dispatcher, tracker, asked.id, heard.value),
            *_looked_over(tracker),
        ]


def _looked_over(tracker: Tracker) -> Events:
    """After half a day away, let what was told be looked over before the interview goes on."""
    return [SlotSet("recheck", True)] if told_ids(tracker) and _was_away(tracker) else []


def _goes_back(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Ask the question before this one again, or show all answers where one is named by number."""
    text, last = text_of(tracker).strip("。.！! "), tracker.get_slot("last_fact")
    if not told_ids(tracker):
        return []
    if re.match(say("interview", "names_a_point"), text) and not point_named(text, tracker):
        return [SlotSet("recheck", True), SlotSet("misses", 0)]
    if text not in listed("interview", "goes_back") or tracker.get_slot(last or "") is None:
        return []
    send(dispatcher, say("interview", "reask"))
    return corrected(last, None, tracker)


def _corrected(asked: Question, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Take a correction of an earlier answer that the classifier was not sure of."""
    text, (intent, confidence) = text_of(tracker), intent_of(tracker)
    if (changed := changed_outright(text, tracker)) and changed[0] != asked.id:
        send(dispatcher, said_corrected(*changed, tracker))
        return corrected(*changed, tracker)
    denied = only_denied(text, tracker)
    if denied and denied != asked.id:
        send(dispatcher, say("interview", "reask"))
        return corrected(denied, None, tracker)
    if intent == "correct" and confidence >= SURE:
        return []
    if not text.startswith(tuple(listed("interview", "corrections"))):
        return []
    fact_id, value = correction(text, tracker)
    named = named_to_change(text, tracker) or contradicted(text, tracker)
    if fact_id and value is None and named:
        send(dispatcher, say("interview", "reask"))
        return corrected(fact_id, None, tracker)
    if fact_id in (None, asked.id) or value is None:
        return []
    send(dispatcher, said_corrected(str(fact_id), value, tracker))
    return corrected(str(fact_id), value, tracker)


def returning(tracker: Tracker) -> bool:
    """Return whether another rule has already replied to this message."""
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return False
        if event["event"] == "action_execution_rejected" and event.get("name") == FORM:
            return True
    return False


def _begin(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Start or resume; take what was already told, and say so."""
    intent, _ = intent_of(tracker)
    told_before = bool(told_ids(tracker))
    events: Events = [
        SlotSet("screened", True),
        SlotSet("misses", 0),
        SlotSet("all_options", False),
        SlotSet("reviewed", None),
        SlotSet("recheck", told_before and _was_away(tracker)),
    ]
    if intent == "resume":
        send(dispatcher, say("interview", "resumed"))
        return events
    if intent not in (*BEGINNING, *ASKING_FOR_AID):
        return events
    taken = already_told(tracker)
    lines = [] if tracker.get_slot("screened") else [say("interview", "begin")]
    if taken:
        shown = [shown_value(fact_id, value) for fact_id, value in taken.items()]
        lines.append(say("interview", "taken", label="、".join(shown)))
    elif (matter := matter_label(tracker.get_slot("matter"))) and not events[-1]["value"]:
        lines.append(say("interview", "goes_on", label=matter))
    if lines:
        send(dispatcher, "\n".join(lines))
    for fact_id, falls in FALLS_WITH.items():
        if tracker.get_slot(fact_id) is not None and fact_id in taken:
            events += forgotten(falls)
    if taken:
        events.append(SlotSet("last_fact", next(iter(taken))))
    return events + [SlotSet(fact_id, value) for fact_id, value in taken.items()]


def _was_away(tracker: Tracker) -> bool:
    """Return whether the message before this one is half a day old or more."""
    times = [event.get("timestamp") for event in tracker.events if event["event"] == "user"]
    known = [float(time) for time in times if time is not None]
    return len(known) > 1 and known[-1] - known[-2] > AWAY
