"""Which answer of the interview a correction means, and what falls with it."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.clock import today
from actions.goal import Events
from actions.known_facts import forgotten, told_ids
from actions.wording import grouped, listed, records, say
from eligibility import UNKNOWN, parse_answer, question

CORRECTABLE_KINDS = ("choice", "place")
CORRECTABLE_BY_NAME = (*CORRECTABLE_KINDS, "yes_no", "number", "urgency")
# May be corrected before they were asked about: 「不对，是我妈的事」.
ALWAYS = ("for_whom",)
# What belongs to the matter, and what belongs to the person; the rest stays when one changes.
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
OF_THE_PERSON = (
    "represented",
    "wrongdoer_is_guardian",
    "accused_cases",
    "groups",
    "monthly_income_per_person",
    "hardship_self_assessment",
)
# What may be left of 「不对，是工资」 around its matter.
FILLERS = " \t，,。.！!？?是的了吧啊"
SHORTEST_MATTER = 2
NONE = "none"
FALLS_WITH = {"matter": OF_THE_MATTER, "for_whom": OF_THE_PERSON}


def correction(text: str, tracker: Tracker) -> tuple[str | None, Any]:
    """Return the fact to correct and its new value (None: ask again)."""
    told = told_ids(tracker)
    if against := contradicted(text, tracker):
        fact_id, value = against
        told_instead = _new_value(fact_id, _uncorrected(text)) if value is None else value
        same = told_instead in (NONE, tracker.get_slot(fact_id))
        return fact_id, None if same else told_instead
    again = any(word in text for word in listed("interview", "asks_again"))
    text = _uncorrected(thought_better(text)[1] or text)
    for fact_id, names in grouped("interview", "names").items():
        if fact_id in told and any(name in text for name in names):
            return fact_id, None if again else _new_value(fact_id, text, CORRECTABLE_BY_NAME)
    for fact_id in (*told, *ALWAYS):
        value = _new_value(fact_id, text)
        if value is not None and value != tracker.get_slot(fact_id):
            return fact_id, value
    last = tracker.get_slot("last_fact")
    return (last if last in told else told[-1] if told else None), None


def contradicted(text: str, tracker: Tracker) -> tuple[str, Any] | None:
    """Return the answer that a text contradicts, with what it is now (None: ask again)."""
    for row in records("interview", "contradicts"):
        if tracker.get_slot(row["fact"]) in row["of"] and re.search(row["signs"], text):
            return str(row["fact"]), row.get("value")
    return None


def thought_better(text: str) -> tuple[str, str]:
    """Return what is said before and after a correction in the middle of a text; "" else."""
    words = "|".join(map(re.escape, listed("interview", "thinks_better")))
    before, *_, after = re.split(words, text) if re.search(words, text) else ("", "")
    before, after = _uncorrected(before).strip(FILLERS), after.strip(FILLERS)
    return (before, after) if before and after else ("", "")


def without_corrections(text: str) -> str:
    """Return what is said besides the words of a correction; "" where it is hardly anything."""
    left = _uncorrected(text).strip(FILLERS)
    return left if len(left) >= SHORTEST_MATTER else ""


def only_number(text: str) -> str | None:
    """Return the number that is all a text tells; None where it tells something else."""
    found = re.fullmatch(say("interview", "only_a_number"), text)
    return found[1] if found else None


def _uncorrected(text: str) -> str:
    for word in listed("interview", "corrections"):
        text = text.replace(word, "")
    return text


def corrected(fact_id: str, value: Any, tracker: Tracker) -> Events:
    """Return the events that set a fact anew, forget what depends on it, and ask for a review."""
    old = tracker.get_slot(fact_id)
    falls = FALLS_WITH.get(fact_id, ()) if value is not None and value != old else ()
    kept = [SlotSet("misses", 0), SlotSet("reviewed", None), SlotSet("recheck", False)]
    return [*forgotten(falls), SlotSet(fact_id, value), SlotSet("last_fact", fact_id), *kept]


def drops_answers(fact_id: str, value: Any, tracker: Tracker) -> bool:
    """Return whether a correction makes earlier answers about the person fall away."""
    changed = fact_id == "for_whom" and value not in (None, tracker.get_slot(fact_id))
    return changed and any(tracker.get_slot(other) is not None for other in OF_THE_PERSON)


def _new_value(fact_id: str, text: str, kinds: tuple[str, ...] = CORRECTABLE_KINDS) -> Any:
    asked = question(fact_id, today())
    if asked.kind not in kinds:
        return None
    value = parse_answer(asked, text)
    return None if value == UNKNOWN else value
