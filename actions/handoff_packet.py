"""What a lawyer is given, so that nobody must say it twice."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions.clients import desk
from actions.clock import today
from actions.goal import intent_of, text_of
from actions.known_deadline import deadline_facts
from actions.known_facts import facts_of, matter_label, shown_value, told_ids
from actions.known_setback import setback_facts
from actions.told_facts import told_facts
from actions.wording import say
from eligibility import UNKNOWN, screen

SHORTEST_STORY = 12
SHOWN = 5  # entries
# Where on the lawyer's page a fact of the interview belongs; the others are about the matter.
SECTIONS = {
    "for_whom": "party",
    "groups": "party",
    "represented": "party",
    "has_lawyer": "party",
    "wrongdoer_is_guardian": "party",
    "criminal_role": "party",
    "monthly_income_per_person": "amount",
    "hardship_self_assessment": "amount",
    "stage": "timeline",
    "criminal_stage": "timeline",
    "urgent": "date",
}
# Groups of the interview that the desk serves first; migrant workers where wages are at stake.
GROUPS = {
    "minor": "minor",
    "elderly": "elderly",
    "disabled": "disabled",
    "preferential_treatment": "military",
}
WAGES = "labour_pay"


def packet(tracker: Tracker, urgency: str, reason: str) -> desk.NewCase:
    """Return the question, who and where, what was told and shown, what runs, how it screens."""
    told = told_ids(tracker)
    return desk.NewCase(
        conversation=tracker.sender_id,
        question=_question(tracker),
        topic=tracker.get_slot("last_topic"),
        region=_known(tracker.get_slot("region")),
        groups=groups_of(tracker),
        reason=reason,
        urgency=urgency,
        facts=[
            *_told(tracker, told),
            *told_facts(tracker),
            *deadline_facts(tracker),
            *setback_facts(tracker),
            *_shown(tracker),
        ],
        eligibility=screen(facts_of(tracker), today()).to_dict() if told else None,
    )


def groups_of(tracker: Tracker) -> list[str]:
    """Return the groups that are served first, as far as the citizen has said so."""
    told = tracker.get_slot("groups")
    if told == "migrant_worker" and tracker.get_slot("matter") == WAGES:
        return ["migrant_wages"]
    return [GROUPS[told]] if told in GROUPS else []


def _told(tracker: Tracker, told: list[str]) -> list[dict[str, Any]]:
    return [
        {
            "label": say("fact_names", fact_id),
            "value": shown_value(fact_id, tracker.get_slot(fact_id)),
            "section": SECTIONS.get(fact_id, "matter"),
        }
        for fact_id in told
    ]


def _shown(tracker: Tracker) -> list[dict[str, Any]]:
    """Return the entries that the citizen was shown, the newest last."""
    found = [
        event.get("value")
        for event in tracker.events
        if event.get("event") == "slot" and event.get("name") == "last_entry" and event.get("value")
    ]
    entries = list(dict.fromkeys(str(entry) for entry in found))[-SHOWN:]
    if not entries:
        return []
    value = "\n".join(entries)
    return [{"label": say("fact_names", "entries_shown"), "value": value, "section": "entry"}]


def _question(tracker: Tracker) -> str:
    """Return the last question asked; a long request tells its own story."""
    said = text_of(tracker)
    intent, _ = intent_of(tracker)
    asked = tracker.get_slot("last_question")
    if intent != "talk_to_lawyer" or len(said) >= SHORTEST_STORY:
        return said
    return str(asked or matter_label(tracker.get_slot("matter")) or said)


def _known(value: Any) -> Any:
    return None if value == UNKNOWN else value
