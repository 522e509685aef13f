"""What the citizen has said before the interview began, so that it is not asked again."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from rasa_sdk import Tracker

from actions.clock import today
from actions.goal import text_of
from actions.sides import sides_said
from actions.wording import entries, say
from eligibility import UNKNOWN, all_matters, parse_answer, question
from eligibility.whose import PERSON, SPEAKER

MOST_MESSAGES = 6
FAR = 40  # a place stays where it is, however long ago it was named
MIGRANT = "migrant_worker"
MYSELF = (None, "self")
ACCUSED = "accused"
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
    text, before = text_of(tracker), messages_before(tracker)
    matter = _matter(text) or _matter_read(tracker, [text, *before])
    told: dict[str, Any] = {"matter": matter, "groups": None, "region": None}
    told["for_whom"] = on_behalf(text)
    whom = told["for_whom"] or tracker.get_slot("for_whom")
    told["region"] = region_told(text, whom)
    for fact_id, found in (
        ("matter", map(_matter, before)),
        ("region", (region_told(one, whom) for one in messages_before(tracker, FAR))),
    ):
        if told[fact_id] is None and tracker.get_slot(fact_id) is None:
            told[fact_id] = next(filter(None, found), None)
    known = told["matter"] or tracker.get_slot("matter")
    if known in (None, WORK_INJURY) and _is_hurt_in_a_household([text, *before], known):
        told["matter"] = known = OTHER
    told["groups"] = _first_group(tracker, [text, *before], known, whom)
    if told["matter"] == "criminal":
        texts = [text, *before]
        told["criminal_role"] = next(filter(None, map(_role, texts)), None)
    return {
        key: value
        for key, value in told.items()
        if value is not None and value != tracker.get_slot(key)
    }


def _first_group(
    tracker: Tracker, texts: list[str], matter: str | None, for_whom: str | None
) -> str | None:
    """Return the group that the request tells, else what was told before and never asked."""
    told = [group_told(text, matter, for_whom) for text in texts]
    if tracker.get_slot("groups") is not None:
        told = told[:1]
    return next(filter(None, told), None)


def denies_one(text: str) -> bool:
    """Return whether a text puts one thing in place of another: 「不是奈曼 是库伦旗」."""
    return re.search(say("interview", "denies_one"), text) is not None


def messages_before(tracker: Tracker, most: int = MOST_MESSAGES) -> list[str]:
    """Return the last messages that tell something, newest first, since the last new start.

    Words of danger are among them, which the gateway answered and handed on with a later message.
    """
    texts: list[str] = []
    said = [event for event in tracker.events if event["event"] == "user"]
    for place, event in enumerate(reversed(said)):
        intent = ((event.get("parse_data") or {}).get("intent") or {}).get("name")
        if intent in FORGETTING or len(texts) >= most:
            break
        if place and intent not in SKIPPED and event.get("text"):
            texts.append(event["text"])
        if danger := _metadata(event).get("danger"):
            texts.append(str(danger))
    return texts


def _metadata(event: dict[str, Any]) -> dict[str, Any]:
    parsed_data = event.get("parse_data") or {}
    return event.get("metadata") or parsed_data.get("metadata") or {}


def _matter(text: str) -> str | None:
    value: str | None = parsed("matter", text)
    return None if value == OTHER else value


def _matter_read(tracker: Tracker, texts: list[str]) -> str | None:
    """Return the matter of the entry read last, where it can be the citizen's.

    An entry may be read that only came near: what few matters are (compensation by the state, who
    cannot decide for themselves) must have been told in the citizen's own words.
    """
    read: str | None = tracker.get_slot("aid_matter")
    signs = entries("interview")["told_only"].get(str(read))
    told = signs is None or any(re.search(signs, one) for one in texts)
    return read if told else None


def _is_hurt_in_a_household(texts: list[str], known: str | None) -> bool:
    """Return whether it was at work for a private person: no injury of an employee."""
    there = [text for text in texts if re.search(say("interview", "of_a_household"), text)]
    hurt = known == WORK_INJURY or any(parsed("matter", one) == OTHER for one in there)
    return bool(there) and hurt


def group_told(text: str, matter: str | None, for_whom: str | None) -> str | None:
    """Return the group that a text surely tells of the person that the request is for.

    Who works away from home is asked for only where it counts (Art. 42 item 3), and only who says
    to have come from the country is one of them.
    """
    value: str | None = parsed("groups", text, for_whom, SPEAKER if for_whom in MYSELF else PERSON)
    if value == MIGRANT:
        counts = matter in all_matters() and all_matters()[matter].migrant_waiver
        return value if counts and re.search(say("interview", "from_the_country"), text) else None
    return value if value in CLEAR_GROUPS else None


def region_told(text: str, for_whom: str | None = None) -> str | None:
    """Return the place that a text names as where it is; where another works is not the place."""
    there = without_origin(text)
    value: str | None = parsed("region", there, for_whom or "self", PERSON)
    return None if value == "outside" else value


def without_origin(text: str) -> str:
    """Return a text without the place where somebody is from: 「我是从通辽农村出来打工的」."""
    return re.sub(say("interview", "origin"), " ", text)


def _role(text: str) -> str | None:
    """Return the role in a criminal case; who tells of having hit somebody is no victim."""
    if any(side.hit for side in sides_said((text,))):
        return ACCUSED
    value: str | None = parsed("criminal_role", text)
    return value


def on_behalf(text: str) -> str | None:
    """Return for whom it is where somebody says to ask for a grown-up relative."""
    return "relative" if re.search(say("interview", "on_behalf"), text) else None


def parsed(fact_id: str, text: str, for_whom: str | None = None, about: str | None = None) -> Any:
    """Return what a text that was no answer to it tells of a fact; a number in it picks nothing."""
    told = re.sub(say("interview", "has_none"), "", text)
    asked = replace(question(fact_id, today()), for_whom=for_whom)
    if about:
        asked = replace(asked, about=about)
    value = parse_answer(asked, told, picks=False)
    return None if value in (UNKNOWN, "none") else value
