"""Choices stay open through a word that chooses none: a joke, an insult, thanks."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import Events
from actions.wording import all_options


def keep_offering(
    dispatcher: CollectingDispatcher, tracker: Tracker, only_matters: bool = False
) -> Events:
    """Put the choices of the turn before first again; return what to remember of them.

    A number typed next then still means what it meant. Nothing is kept where the reply offers
    choices of its own, and inside a form, which asks its question again.

    Args:
        dispatcher: holds the reply.
        tracker: the conversation.
        only_matters: whether only matters to choose among stay, not what can be done with one.
    """
    offered: Any = tracker.get_slot("offered")
    kept = [] if only_matters and not offered else _offered_last_turn(tracker)
    if tracker.active_loop_name or not kept or not dispatcher.messages:
        return []
    reply = dispatcher.messages[-1]
    new = [button["title"] for button in reply["buttons"]]
    if any(title not in all_options() for title in new):
        return []
    choices = list(dict.fromkeys([*kept, *new]))
    reply["buttons"] = [{"title": one, "payload": one} for one in choices]
    return [SlotSet("offered", offered)] if offered else []


def _offered_last_turn(tracker: Tracker) -> list[str]:
    """Return the choices of the reply before the message just written."""
    users, found = 0, list[str]()
    for event in reversed(tracker.events):
        users += event["event"] == "user"
        if users > 1:
            break
        if event["event"] == "bot":
            buttons = (event.get("data") or {}).get("buttons") or ()
            found = [*(str(button["title"]) for button in buttons), *found]
    return found
