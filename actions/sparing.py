"""Saying at once, and once, that nobody asks about money (Art. 32, 42)."""

from __future__ import annotations

from copy import copy

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.clock import today
from actions.goal import Events, send
from actions.known_facts import facts_of
from actions.wording import say
from eligibility import spared


def say_if_spared(dispatcher: CollectingDispatcher, tracker: Tracker, events: Events) -> None:
    """Say why money is not asked about as soon as what was just told makes that certain."""
    told = {one["name"]: one["value"] for one in events if one["event"] == "slot"}
    if not told:  # the open slot may still hold the citizen's own words
        return
    now = copy(tracker)
    now.slots = {**tracker.slots, **told}
    before, after = (spared(facts_of(one), today()) for one in (tracker, now))
    if after is not None and before is None:
        reason = say("interview", "reason", text=after.text, reference=after.reference)
        send(dispatcher, say("interview", "spared", reason=reason))
