"""Several questions in one message: the first is answered, the others are named and offered."""

from __future__ import annotations

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.goal import Events
from actions.wording import say

GOAL = "answer_question"


def offer_the_others(dispatcher: CollectingDispatcher, others: list[str], events: Events) -> Events:
    """Offer what else was asked with the reply just made; return the events to remember.

    Args:
        dispatcher: holds the reply; its last message takes the offer.
        others: the questions that are not answered yet.
        events: what the reply remembers; choices that it offers stay and come first.
    """
    if not others or not dispatcher.messages:
        return []
    offered: list[str] = next((one["value"] for one in events if one.get("name") == "offered"), [])
    reply = dispatcher.messages[-1]
    buttons = [{"title": other, "payload": other} for other in others]
    asked, rest = reply["buttons"][: len(offered)], reply["buttons"][len(offered) :]
    reply["buttons"] = [*asked, *buttons, *rest]
    reply["text"] += "\n" + say(GOAL, "others", count=len(others))
    return [SlotSet("offered", [*offered, *others]), SlotSet("also_asked", others)]
