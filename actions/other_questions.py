"""Several things in one message: one is answered, the others are named, numbered and kept.

`also_asked` keeps them all in the citizen's order until they are answered or dropped: 「第二件」 is
the second one, also much later. Of each is kept what was written of it, how it is offered, whether
it is `done`, whether it is the one talked of `now`, and for how many turns.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.apart import told_apart
from actions.matters import Matter
from actions.turn import Events
from actions.understanding import asks
from actions.wording import say

GOAL = "answer_question"
SLOT = "also_asked"
PLACES = "一二三四五六七八九"
Asked = list[dict[str, Any]]


def asked_together(matters: Sequence[Matter]) -> Asked:
    """Return what to keep of the matters of one message; none is answered yet."""
    return [{"asks": one.words, "name": one.title, "done": False} for one in matters]


def kept_of(tracker: Tracker) -> Asked:
    """Return what was asked together, also turns ago; what an older version kept is let go."""
    kept = tracker.get_slot(SLOT) or []
    return [one for one in kept if isinstance(one, dict) and "name" in one]


def left_of(asked: Asked) -> Asked:
    """Return what is still open."""
    return [one for one in asked if not one["done"]]


def called(one: dict[str, Any]) -> str:
    """Return what one thing is called in a sentence: the shorter of its words and its name."""
    return str(min(one["asks"], one["name"], key=len)).strip("？?")


def spoken_place(place: int) -> str:
    """Return a place as it is said: 「第二件」."""
    return f"第{PLACES[place]}件"


def taken_up(asked: Asked, place: int) -> Asked:
    """Return what was asked with one of them answered, and talked of from now on."""
    return [
        {**one, "done": one["done"] or index == place, "now": index == place, "turns": 0}
        for index, one in enumerate(asked)
    ]


def words_at_hand(tracker: Tracker, text: str) -> str:
    """Return of a message that told several matters the words of the one talked of now.

    Any other message comes back as it is: a day told with one matter is not that of another.
    """
    now = matter_at_hand(tracker)
    return now if now and now in text and now in told_apart(text) else text


def matter_at_hand(tracker: Tracker) -> str | None:
    """Return the words of the one of several matters that is talked of now, if any."""
    return next((str(one["asks"]) for one in kept_of(tracker) if one.get("now")), None)


def offer_the_others(
    dispatcher: CollectingDispatcher, asked: Asked, place: int, events: Events, named: bool = False
) -> Events:
    """Offer what else was asked with the reply just made; return the events to remember.

    Args:
        dispatcher: holds the reply; its last message takes the offer.
        asked: all that was asked together.
        place: which of them the reply is about.
        events: what the reply remembers; choices that it offers stay and come first.
        named: whether the others are named in a sentence too.
    """
    asked = taken_up(asked, place)
    left = left_of(asked)
    kept = SlotSet(SLOT, asked)
    if not left or not dispatcher.messages:
        return [kept]
    offered: list[str] = next((one["value"] for one in events if one.get("name") == "offered"), [])
    reply = dispatcher.messages[-1]
    if not offered and say("further", "which") in reply["text"]:
        reply["buttons"] += [{"title": one, "payload": one} for one in names_of(left)]
        return [SlotSet("offered", names_of(left)), kept]
    # Without other choices all are numbered in the citizen's order: 「第二个」 is the second thing.
    choices = [*offered, *names_of(left)] if offered else names_of(asked)
    buttons = [{"title": choice, "payload": choice} for choice in choices]
    reply["buttons"] = [*buttons, *reply["buttons"][len(offered) :]]
    told = "others_asked" if all(asks(one["asks"]) for one in left) else "others_told"
    names = "；".join(map(called, left))
    following = spoken_place(asked.index(left[0]))
    key = told if named else "others"
    reply["text"] += "\n" + say(GOAL, key, count=len(left), names=names, place=following)
    return [SlotSet("offered", choices), kept]


def names_of(asked: Asked) -> list[str]:
    """Return how things are offered."""
    return [str(one["name"]) for one in asked]


def place_among(text: str, asked: Asked, loosely: bool = False) -> int | None:
    """Return the place that a text names among what was asked, None where it names none.

    Args:
        text: what the citizen wrote.
        asked: what was asked together.
        loosely: whether nothing else can be counted, so that 「第二个」 is enough.
    """
    kinds = "(?:个|件|条|桩|样)" if loosely else "(?:件|桩|个(?=事|呢|咋|怎么))"
    found = re.search(rf"第([1-9{PLACES}]){kinds}", text)
    if found is None:
        return None
    place = int(found[1]) if found[1].isdigit() else PLACES.index(found[1]) + 1
    return place - 1 if place <= len(asked) else None
