"""Several things in one message: the first is answered, the others are named and offered.

`also_asked` keeps them all in the citizen's order: 「第二件事」 is the second one, also later.
"""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.goal import Events
from actions.wording import say

GOAL = "answer_question"
PLACES = "一二三四五六七八九"
Asked = list[dict[str, Any]]


def asked_together(questions: list[str]) -> Asked:
    """Return what to keep of the things asked in one message; none is answered yet."""
    return [{"asks": question, "done": False} for question in questions]


def kept_of(tracker: Tracker) -> Asked:
    """Return what was asked together, also turns ago; what an older version kept is let go."""
    kept = tracker.get_slot("also_asked") or []
    return [one for one in kept if isinstance(one, dict)]


def offer_the_others(
    dispatcher: CollectingDispatcher, asked: Asked, now: str, events: Events, names: str = ""
) -> Events:
    """Offer what else was asked with the reply just made; return the events to remember.

    Args:
        dispatcher: holds the reply; its last message takes the offer.
        asked: all that was asked together.
        now: which of them the reply is about.
        events: what the reply remembers; choices that it offers stay and come first.
        names: the citizen's own words for the others, where these are not what is offered.
    """
    asked = [{**one, "done": one["done"] or one["asks"] == now} for one in asked]
    left = [one["asks"] for one in asked if not one["done"]]
    kept = SlotSet("also_asked", asked)
    if not left or not dispatcher.messages:
        return [kept]
    offered: list[str] = next((one["value"] for one in events if one.get("name") == "offered"), [])
    # Without other choices all are numbered in the citizen's order: 「第二个」 is the second thing.
    choices = [*offered, *left] if offered else [one["asks"] for one in asked]
    reply = dispatcher.messages[-1]
    buttons = [{"title": choice, "payload": choice} for choice in choices]
    reply["buttons"] = [*buttons, *reply["buttons"][len(offered) :]]
    key = "others_told" if names else "others"
    reply["text"] += "\n" + say(GOAL, key, count=len(left), names=names)
    return [SlotSet("offered", choices), kept]


def place_among(text: str, asked: Asked) -> str | None:
    """Return what was asked at the place that a text names, None where it names none."""
    found = re.search(rf"第([1-9{PLACES}])(?:件|个(?=事|呢|咋|怎么))", text)
    if found is None:
        return None
    place = int(found[1]) if found[1].isdigit() else PLACES.index(found[1]) + 1
    return str(asked[place - 1]["asks"]) if place <= len(asked) else None
