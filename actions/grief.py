"""A sentence of sympathy, once, before anything is answered to who tells of a death."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import text_of
from actions.wording import holds, say

WORDS = "grief"


def condole(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Put a sentence of sympathy before the reply to who tells that somebody has died."""
    text = text_of(tracker)
    if not holds(WORDS, "told", text) or holds(WORDS, "unless", text):
        return
    sympathy = say(WORDS, "say")
    said = [str(event.get("text")) for event in tracker.events if event["event"] == "bot"]
    if any(sympathy in one for one in said):
        return
    first = next((one for one in dispatcher.messages if one.get("text")), None)
    if first:
        first["text"] = f"{sympathy}\n{first['text']}"
