"""Never the same words twice in a row without saying so, and never three times."""

from __future__ import annotations

import re

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.turn import clipped
from actions.wording import listed, say

WORDS = "repeating"
SHORT = 40
LONGEST_GIST = 160
LONGEST_PART = 400


def said_last_turn(text: str, tracker: Tracker) -> bool:
    """Return whether the turn before this one said these very words."""
    return _letters(text) in _letters("".join(_last_turn(tracker)))


def mark_repetitions(dispatcher: CollectingDispatcher, tracker: Tracker) -> None:
    """Say of each message that it repeats the turn before; the third time say only that.

    Who asked something else than before, and gets the same, hears what it comes to in a sentence;
    where nothing had been answered, that this was not understood either.
    """
    for message in dispatcher.messages:
        text = message.get("text")
        if not text or not said_last_turn(text, tracker):
            continue
        if len(text) >= SHORT and not _asked_again(tracker):
            key = _key(text)
            gist = _part(text) if key == "still" else _gist(text)
            message["text"] = say(WORDS, key, gist=gist)
            continue
        again = say(WORDS, "again_short" if len(text) < SHORT else "again", text=text)
        message["text"] = say(WORDS, "twice") if said_last_turn(again, tracker) else again


def _key(text: str) -> str:
    """Return which words say of a text that it was said already, to another question."""
    if re.match(say(WORDS, "part"), text):  # the lines of an entry that this question means too
        return "still"
    if any(re.match(sign, text) for sign in listed(WORDS, "refusing")):
        return "refused"
    lost = any(re.match(sign, text) for sign in listed(WORDS, "unanswered"))
    return "lost" if lost else "above"


def _part(text: str) -> str:
    """Return the lines of an entry that a text says, without the articles below them."""
    lines = text.split("\n" + say("answer_question", "basis", citations=""))[0]
    return clipped(lines, LONGEST_PART) + "\n"


def _gist(text: str) -> str:
    """Return the first lines or sentences of a text that say something, as one line."""
    found = ""
    for line in re.split(r"\n|(?<=。)", text):
        if len(found) >= SHORT:
            break
        found += line.strip()
    return clipped(without_yes_or_no(found), LONGEST_GIST)


def without_yes_or_no(text: str) -> str:
    """Return a text without a yes or a no at its head: it answered another question."""
    return re.sub(say(WORDS, "yes_or_no"), "", text)


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
