"""Asking a question again: other words each time, then a way out, never an endless loop."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.repeating import said_last_turn
from actions.turn import send, text_of
from actions.wording import listed, options, say

MOST_MISSES = 2
LONGEST_SIGH = 20


def ask(
    dispatcher: CollectingDispatcher, tracker: Tracker, question: str, answers: Sequence[str]
) -> None:
    """Ask; after two misses offer a person instead, and say so to who finds it too much.

    Args:
        dispatcher: takes the question.
        tracker: the conversation.
        question: the words of the question.
        answers: what to offer.
    """
    misses = tracker.get_slot("misses") or 0
    if misses > MOST_MISSES:
        key = "offer_person_again" if misses % 2 == 0 else "offer_person"
        send(dispatcher, say("interview", key), options("talk_to_lawyer", "dont_know", "stop"))
    elif is_overwhelmed(text_of(tracker)):
        easier = say("interview", "overwhelmed")
        again = said_last_turn(easier, tracker)
        text = say("interview", "overwhelmed_again") if again else f"{easier}\n{question}"
        offered = [] if again else answers
        send(dispatcher, text, [*options("talk_to_lawyer"), *offered, *options("stop")])
    else:
        key = ("", "missed", "missed_again")[int(misses)] or _again(question, tracker)
        send(dispatcher, f"{say('interview', key) if key else ''}{question}", answers)


def _again(question: str, tracker: Tracker) -> str:
    """Return the opening for a question that the turn before asked too; never the same twice."""
    if not said_last_turn(question, tracker):
        return ""
    opening = say("interview", "goes_on_asking")
    return "still_asking" if said_last_turn(opening + question, tracker) else "goes_on_asking"


def is_overwhelmed(text: str) -> bool:
    """Return whether somebody says, in few words, that it is over their head."""
    words = listed("interview", "over_the_head")
    return len(text) <= LONGEST_SIGH and any(word in text for word in words)
