"""Never the same words twice in a row without saying so, and never three times."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.wording import say

WORDS = "repeating"


SHORT = 40


def said_last_turn(text: str, tracker: Tracker) -> bool:
    """Return whether the turn before this one said these very words."""
    return _letters(text) in _letters("".join(_last_turn(tracker)))


def mark_repetitions(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Say of each message that it repeats the turn before; the third time say only that.

    Who asked something else than before, and gets the same, is sent back to it.
    """
    for message in dispatcher.messages:
        text = message.get("text")
        if not text or not said_last_turn(text, tracker):
            continue
        if len(text) >= SHORT and not _asked_again(tracker):
            message["text"] = say(WORDS, "above")
            continue
        again = say(WORDS, "again_short" if len(text) < SHORT else "again", text=text)
        message["text"] = say(WORDS, "twice") if said_last_turn(again, tracker) else again


def _asked_again(tracker: Tracker) -> bool:
    """Return whether the citizen wrote the same as the turn before."""
    said = [event.get("text") for event in tracker.events if event["event"] == "user"]
    return len(said) > 1 and said[-1] == said[-2]


def _last_turn(tracker: Tracker) -> list[str]:
    turns: list[list[str]] = [[]]
    for event in tracker.events:
        if event["event"] == "user":
            turns.append([])
        elif event["event"] == "bot" and event.get("text"):
            turns[-1].append(event["text"])
    return turns[-2] if len(turns) > 1 else []


def _letters(text: str) -> str:
    return "".join(text.split())
