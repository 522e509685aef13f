"""The interview: a Rasa form whose questions come from eligibility, one at a time."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT, FormValidationAction

from actions.goal import Events, intent_of, send, text_of, today
from actions.hearing import hear
from actions.known_facts import FACT_IDS, facts_of, forgotten, shown_value
from actions.wording import say
from eligibility import UNKNOWN, Question, next_question, parse_answer, question

FORM = "eligibility_form"
# Facts about the person stay when the matter changes; these belong to the matter.
OF_THE_MATTER = (
    "victim_of_abuse",
    "retrial_acquittal",
    "criminal_role",
    "criminal_stage",
    "accused_cases",
    "wrongdoer_is_guardian",
    "has_lawyer",
    "stage",
    "urgent",
)


class ValidateEligibilityForm(FormValidationAction):
    """Reads the answer to the open question and says which question is next."""

    def name(self) -> str:
        """Return the name Rasa derives from the form's."""
        return f"validate_{FORM}"

    async def required_slots(
        self,
        domain_slots: list[str],
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> list[str]:
        """Return the one fact to ask next, or nothing when the interview is over."""
        following = next_question(facts_of(tracker), today())
        return [following.id] if following else []

    async def get_extraction_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Return nothing: reading and checking are one step, below."""
        return []

    async def get_validation_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Return the fact that was told; nothing where another rule has to reply."""
        if _returning(tracker):
            return [SlotSet("misses", 0)]
        open_fact = tracker.get_slot(REQUESTED_SLOT)
        if open_fact not in FACT_IDS:
            return _begin(dispatcher, tracker)
        return self._read(question(open_fact, today()), dispatcher, tracker)

    def _read(self, asked: Question, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        if text_of(tracker) == say("interview", "more"):
            return [SlotSet("all_options", True), SlotSet("misses", 0)]
        heard = hear(asked, text_of(tracker), *intent_of(tracker))
        if heard.kind == "aside":
            return []  # Rasa takes it that the form rejects the message, and asks the other rules
        if heard.kind == "missed":
            return [SlotSet("misses", (tracker.get_slot("misses") or 0) + 1)]
        return [
            SlotSet(asked.id, heard.value),
            SlotSet("last_fact", asked.id),
            SlotSet("misses", 0),
            SlotSet("all_options", False),
        ]


def _returning(tracker: Tracker) -> bool:
    """Return whether another rule has already replied to this message."""
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return False
        if event["event"] == "action_execution_rejected" and event.get("name") == FORM:
            return True
    return False


def _begin(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Start or resume; take what the message or the last answer already told, and say so."""
    intent, _ = intent_of(tracker)
    events: Events = [
        SlotSet("screened", True),
        SlotSet("misses", 0),
        SlotSet("all_options", False),
    ]
    if intent == "resume":
        send(dispatcher, say("interview", "resumed"))
        return events
    if intent != "check_eligibility":
        return events
    taken = _already_told(tracker)
    lines = [] if tracker.get_slot("screened") else [say("interview", "begin")]
    if taken:
        shown = [shown_value(fact_id, value) for fact_id, value in taken.items()]
        lines.append(say("interview", "taken", label="、".join(shown)))
    if lines:
        send(dispatcher, "\n".join(lines))
    if taken.get("matter") not in (None, tracker.get_slot("matter")):
        events += forgotten(OF_THE_MATTER)
    if taken:
        events.append(SlotSet("last_fact", next(iter(taken))))
    return events + [SlotSet(fact_id, value) for fact_id, value in taken.items()]


def _already_told(tracker: Tracker) -> dict[str, Any]:
    """Return the matter, group and role that the request names; the last entry's matter else."""
    said = {
        fact_id: parse_answer(question(fact_id, today()), text_of(tracker))
        for fact_id in ("matter", "groups")
    }
    told = {key: value for key, value in said.items() if value not in (None, UNKNOWN, "none")}
    if told.get("matter") in (None, "other"):
        told.pop("matter", None)
        if tracker.get_slot("aid_matter"):
            told = {"matter": tracker.get_slot("aid_matter"), **told}
    if told.get("matter") == "criminal":
        role = parse_answer(question("criminal_role", today()), text_of(tracker))
        told |= {} if role in (None, UNKNOWN) else {"criminal_role": role}
    return {key: value for key, value in told.items() if value != tracker.get_slot(key)}
