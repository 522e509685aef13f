"""A message that opens somebody else's matter leaves the one before it: 「下一个老乡的。他家…」."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.around import MATTER
from actions.turn import Events, text_of
from actions.wording import compiled, listed

WORDS = "matters"
MARKS = " ，,。：:、！!…"
SHORTEST = 4  # characters of a matter


def begin_anew(tracker: Tracker) -> Events:
    """Forget the matter before where the words open another one; return what to remember.

    The tracker is brought up to date, and the words that only open are left out of the message.
    Inside a form nothing is forgotten: it asks on about what it began with.
    """
    text = text_of(tracker)
    rest = next(
        (left for sign in listed(WORDS, "begins_anew") if (left := _left(sign, text)) != text), ""
    )
    if len(rest) < SHORTEST or tracker.active_loop_name:
        return []
    known = dict.fromkeys(MATTER)
    tracker.slots.update(known)
    tracker.latest_message["text"] = rest
    return [SlotSet(name, None) for name in known]


def _left(sign: str, text: str) -> str:
    found = compiled(sign).match(text)
    return text[found.end() :].strip(MARKS) if found else text
