"""What a message of the interview tells besides what was asked: taken only where it is sure."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.already_told import (
    FAR,
    MIGRANT,
    denies_one,
    group_told,
    messages_before,
    on_behalf,
    parsed,
    region_told,
)
from actions.clock import today
from actions.court_day import told_just_now
from actions.goal import Events, send, text_of
from actions.known_facts import facts_of, shown_value
from actions.wording import grouped, listed, say
from eligibility import screen

CHILD, MINOR, SELF = "child", "minor", "self"
LONGEST = 30  # characters: a story told instead of an answer is not picked to pieces


def take_instead(dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Take what answers another question of the interview, say so, and ask this one again."""
    taken = _told_instead(tracker)
    if not taken:
        return []
    shown = [shown_value(fact_id, value) for fact_id, value in taken.items()]
    send(dispatcher, say("interview", "noted_other", label="、".join(shown)))
    return [*(SlotSet(fact_id, value) for fact_id, value in taken.items()), SlotSet("misses", 0)]


def take_along(
    dispatcher: CollectingDispatcher, tracker: Tracker, asked: str, value: Any
) -> Events:
    """Take what an answer tells besides, and what follows from it, and say so."""
    if court := told_just_now(tracker):
        send(dispatcher, court)
    given = {asked: value, **_told_along(tracker, asked)}
    if asked == "for_whom" and "region" not in given and (place := _place_before(tracker, value)):
        given["region"] = place
    taken = {key: given[key] for key in given if key != asked}
    if given.get("for_whom") == CHILD and _is_missing("groups", tracker, given):
        send(dispatcher, say("interview", "a_minor"))
        given["groups"] = MINOR
    events = []
    if asked == "for_whom" and value != SELF and tracker.get_slot("groups"):
        events.append(SlotSet("groups", None))  # it was told of who writes
    if taken:
        shown = [shown_value(fact_id, one) for fact_id, one in taken.items()]
        send(dispatcher, say("interview", "taken", label="、".join(shown)))
    return [*events, *(SlotSet(key, one) for key, one in given.items() if key != asked)]


def _place_before(tracker: Tracker, for_whom: str) -> str | None:
    """Return the place told before, now that it is known whose it is; None where none is."""
    if not _is_missing("region", tracker, {"for_whom": for_whom}):
        return None
    told = (region_told(one, for_whom) for one in messages_before(tracker, FAR))
    return next(filter(None, told), None)


def _told_instead(tracker: Tracker) -> dict[str, Any]:
    """Return what a message tells that was not asked for just now."""
    text, asked = text_of(tracker), tracker.get_slot(REQUESTED_SLOT)
    for_whom = tracker.get_slot("for_whom")
    groups = parsed("groups", text, for_whom)
    if groups == MIGRANT:  # who works somewhere need not have come from the country
        groups = group_told(text, tracker.get_slot("matter"), for_whom)
    told = {"groups": groups if groups in listed("interview", "plain_groups") else None}
    told["region"] = region_told(text, for_whom)
    if len(text) <= LONGEST:
        told |= {
            key: one for key, one in _signed(text, "unasked", for_whom).items() if one != asked
        }
    return {
        key: value
        for key, value in told.items()
        if value is not None and key != asked and _may_be_taken(key, tracker)
    }


def _may_be_taken(fact_id: str, tracker: Tracker) -> bool:
    """Return whether a fact is still open; the person and the place may also be put right."""
    if fact_id in ("groups", "region"):
        return tracker.get_slot(fact_id) is None or denies_one(text_of(tracker))
    return fact_id in _missing(tracker)


def _told_along(tracker: Tracker, asked: str) -> dict[str, Any]:
    """Return what an answer tells of the person, the place and the course of the matter."""
    text = text_of(tracker)
    for_whom = tracker.get_slot("for_whom") or on_behalf(text)
    told = {"for_whom": on_behalf(text), "region": region_told(text, for_whom)}
    told["groups"] = group_told(text, tracker.get_slot("matter"), for_whom)
    told |= _signed(text, "along", for_whom)
    missing = {*_missing(tracker), *(("for_whom", "region", "groups") if asked == "matter" else ())}
    return {
        key: value
        for key, value in told.items()
        if value is not None and key != asked and key in missing and tracker.get_slot(key) is None
    }


def _signed(text: str, key: str, for_whom: str | None) -> dict[str, Any]:
    """Return the answers to the questions whose signs a text has; a question tells nothing."""
    if any(mark in text for mark in listed("interview", "questioning")):
        return {}
    signs = grouped("interview", key)
    return {
        fact_id: parsed(fact_id, text, for_whom)
        for fact_id, sign in signs.items()
        if re.search(str(sign), text)
    }


def _missing(tracker: Tracker) -> tuple[str, ...]:
    return screen(facts_of(tracker), today()).missing


def _is_missing(fact_id: str, tracker: Tracker, given: dict[str, Any]) -> bool:
    """Return whether a fact would still be asked once what was just given is known."""
    facts = facts_of(tracker)
    for key, value in given.items():
        facts = facts.answered(key, value)
    return getattr(facts, fact_id) is None and fact_id in screen(facts, today()).missing
