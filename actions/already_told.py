"""What the citizen has said before the interview began, so that it is not asked again."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.forms import REQUESTED_SLOT

from actions.clock import today
from actions.goal import text_of
from actions.wording import listed, say
from eligibility import UNKNOWN, parse_answer, question

MOST_MESSAGES = 6
WORK_INJURY, OTHER = "work_injury", "other"
FORGETTING = ("start_over", "delete_my_data")
SKIPPED = (
    *("greet", "thanks", "goodbye", "insult", "affirm", "deny", "stop", "resume", "correct"),
    *("prompt_injection", "politics", "medicine", "persona"),
)
# Groups that are told in words nobody uses for anything else; a story may well name a child.
CLEAR_GROUPS = ("migrant_worker", "social_assistance", "disabled", "preferential_treatment")


def already_told(tracker: Tracker) -> dict[str, Any]:
    """Return the facts that the request, the last entry and the messages before it tell.

    What the request says wins, then the entry that was shown, then older messages, which never
    change what was answered in the interview.
    """
    text, before = text_of(tracker), _messages_before(tracker)
    told = {"matter": _matter(text), "groups": _group(text), "region": _region(text)}
    told["matter"] = told["matter"] or tracker.get_slot("aid_matter")
    told["for_whom"] = _behalf(text)
    for earlier in before:
        found = {"matter": _matter(earlier), "groups": _group(earlier), "region": _region(earlier)}
        for fact_id, value in found.items():
            if told[fact_id] is None and tracker.get_slot(fact_id) is None:
                told[fact_id] = value
    known = told["matter"] or tracker.get_slot("matter")
    if known in (None, WORK_INJURY) and _is_hurt_in_a_household([text, *before], known):
        told["matter"] = OTHER
    if told["matter"] == "criminal":
        texts = [text, *before]
        told["criminal_role"] = next(filter(None, map(_role, texts)), None)
    return {
        key: value
        for key, value in told.items()
        if value is not None and value != tracker.get_slot(key)
    }


def denies_one(text: str) -> bool:
    """Return whether a text puts one thing in place of another: 「不是奈曼 是库伦旗」."""
    return re.search(say("interview", "denies_one"), text) is not None


def told_instead(tracker: Tracker) -> dict[str, Any]:
    """Return what a message tells of the person and the place that was not asked for just now."""
    text, asked = text_of(tracker), tracker.get_slot(REQUESTED_SLOT)
    groups = _parsed("groups", text)
    told = {"groups": groups if groups in (*CLEAR_GROUPS, "elderly") else None}
    told["region"] = _region(text)
    return {
        key: value
        for key, value in told.items()
        if value is not None
        and key != asked
        and (tracker.get_slot(key) is None or denies_one(text))
    }


def told_along(tracker: Tracker) -> dict[str, Any]:
    """Return what the answer about the matter tells of the person and the place, not known yet."""
    text = text_of(tracker)
    told = {"for_whom": _behalf(text), "groups": _group(text), "region": _region(text)}
    return {key: v for key, v in told.items() if v is not None and tracker.get_slot(key) is None}


def _messages_before(tracker: Tracker) -> list[str]:
    """Return the last messages that tell something, newest first, since the last new start."""
    texts: list[str] = []
    said = [event for event in tracker.events if event["event"] == "user"]
    for event in reversed(said[:-1]):
        intent = ((event.get("parse_data") or {}).get("intent") or {}).get("name")
        if intent in FORGETTING or len(texts) == MOST_MESSAGES:
            break
        if intent not in SKIPPED and event.get("text"):
            texts.append(event["text"])
    return texts


def _matter(text: str) -> str | None:
    value: str | None = _parsed("matter", text)
    return None if value == OTHER else value


def _is_hurt_in_a_household(texts: list[str], known: str | None) -> bool:
    """Return whether it was at work for a private person: no injury of an employee."""
    there = [text for text in texts if re.search(say("interview", "of_a_household"), text)]
    hurt = known == WORK_INJURY or any(_parsed("matter", one) == OTHER for one in there)
    return bool(there) and hurt


def _group(text: str) -> str | None:
    value: str | None = _parsed("groups", text)
    return value if value in CLEAR_GROUPS else None


def _region(text: str) -> str | None:
    value: str | None = _parsed("region", text)
    return None if value == "outside" else value


def _role(text: str) -> str | None:
    value: str | None = _parsed("criminal_role", text)
    return value


def _behalf(text: str) -> str | None:
    """Return for whom it is where somebody asks for a grown-up relative."""
    asks_for = any(word in text for word in listed("interview", "on_behalf"))
    child = any(word in text for word in listed("interview", "maybe_children"))
    value: str | None = _parsed("for_whom", text) if asks_for and not child else None
    return value if value == "relative" else None


def _parsed(fact_id: str, text: str) -> Any:
    told = re.sub(say("interview", "has_none"), "", text)
    value = parse_answer(question(fact_id, today()), told)
    return None if value in (UNKNOWN, "none") else value
