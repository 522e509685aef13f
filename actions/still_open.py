"""What follows a reply where several matters were told: once a matter, a line on what is open."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.other_questions import SLOT, Asked, called, kept_of, left_of, names_of
from actions.turn import Events, intent_of
from actions.wording import say

WORDS = "matters"
# So many replies after a matter was answered it may be over; thanks and goodbyes say so at once.
FEW = 3
ENDS = ("thanks", "goodbye", "affirm")


def remind_of_the_open(
    dispatcher: CollectingDispatcher, tracker: Tracker, events: Events
) -> Events:
    """Add a line on what was told and not yet answered; return what to remember.

    Nothing is added where the reply asks for something, and once all is answered.

    Args:
        dispatcher: has taken the reply.
        tracker: the conversation before it, with what was kept of the matters.
        events: what the reply remembers.
    """
    set_now = {event.get("name"): event.get("value") for event in events}
    asked = kept_of(tracker)
    left = left_of(asked)
    now = next((one for one in asked if one.get("now")), None)
    if SLOT in set_now or not left or now is None or now.get("reminded"):
        return []
    turns = now.get("turns", 0) + 1
    ends = intent_of(tracker)[0] in ENDS  # choices that stay open after thanks ask for nothing
    over = ends or turns >= FEW
    starts_form = any(event["event"] in ("active_loop", "followup") for event in events)
    asks = set_now.get("beside") or starts_form or (set_now.get("offered") and not ends)
    if not over or asks or not dispatcher.messages:
        return _kept(asked, now, turns=turns)
    reply = dispatcher.messages[-1]
    line = say(WORDS, "still_open", count=len(left), names="；".join(map(called, left)))
    reply["text"] = f"{reply['text']}\n{line}"
    reply["buttons"] += [{"title": name, "payload": name} for name in names_of(left)]
    return _kept(asked, now, turns=0, reminded=True)


def _kept(asked: Asked, now: dict[str, Any], **changes: object) -> Events:
    return [SlotSet(SLOT, [{**one, **changes} if one is now else one for one in asked])]
