"""What the gateway tells besides the words: danger just told, or held; a lawyer waited for."""

from __future__ import annotations

import re
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.before import Before, was_offered
from actions.facets import facet_of
from actions.matters import matters_of, most_urgent
from actions.other_questions import SLOT, asked_together, taken_up
from actions.turn import Events, text_of
from actions.understanding import asks
from actions.wording import listed, records

WORDS = "waiting"
# A text up to this length may name a matter without asking: 「保护令」.
NAME = 6
# What the matter is known by.
MATTER = ("context", "last_question", "last_entry", "last_topic", "offered")


def danger_as_the_matter(tracker: Tracker) -> Events:
    """Take danger that was answered before this was heard as the matter; return what to remember.

    The tracker is brought up to date, so that this very message is searched with it. Where the
    citizen says that there never was any, the matter that it was taken for is forgotten; one that
    no danger is taken for goes on (「没想死，我就是问钱咋追」).
    """
    if _told(tracker, "never"):
        if tracker.get_slot("last_topic") not in (None, *listed(WORDS, "topics_of_danger")):
            return []
        known = dict.fromkeys(MATTER)
        tracker.slots.update(known)
        return [SlotSet(name, None) for name in known]
    danger = _told(tracker, "danger")
    return danger_is(tracker, str(danger)) if danger else []


def is_calm(tracker: Tracker) -> bool:
    """Return whether the gateway's rules and net hear no danger at all in the message."""
    return bool(_told(tracker, "calm"))


def danger_is(tracker: Tracker, text: str) -> Events:
    """Remember words of danger as the matter that what follows is about.

    The entry next to which the library then looks is told by the words. Where they tell none
    (「不想活了」) the matter before it goes on: it is what drove somebody there.
    """
    near = next(
        (one["entry"] for one in records(WORDS, "near") if _named(one["words"], text)), None
    )
    before = None if near else tracker.get_slot("context")
    known: dict[str, Any] = {
        "context": "\n".join(filter(None, [before, text])),
        "last_question": text,
        "last_entry": near or tracker.get_slot("last_entry"),
        "last_topic": None if near else tracker.get_slot("last_topic"),  # it has not been read
    }
    known |= {} if was_offered(tracker) else _told_besides(text)
    tracker.slots.update(known)
    return [SlotSet(name, value) for name, value in known.items()]


def _told_besides(text: str) -> dict[str, Any]:
    """Return what to keep of the matters told with the danger; the danger itself was answered."""
    told = matters_of(text)
    if not told:
        return {}
    place = most_urgent([one.words for one in told])
    return {SLOT: taken_up(asked_together(told), place)}


def waits_for_a_lawyer(tracker: Tracker) -> bool:
    """Return whether the citizen stands in the lawyers' queue, and nobody has come yet."""
    return bool(_told(tracker, "waiting"))


def is_held(tracker: Tracker) -> bool:
    """Return whether danger told lately is held: what has no answer is left to the gateway."""
    return bool(_told(tracker, "held"))


def asks_about_the_queue(tracker: Tracker) -> bool:
    """Return whether a waiting citizen asks when somebody comes."""
    text = text_of(tracker)
    if Before.of(tracker).read and facet_of(text):  # 「多长时间」 is about what was just read
        return False
    return _named(listed(WORDS, "about_the_queue"), text)


def tells_the_lawyer(tracker: Tracker) -> bool:
    """Return whether a waiting citizen tells something, asking nothing of anybody."""
    if tracker.get_slot("offered"):  # it may be the answer to what was asked back
        return False
    text = text_of(tracker)
    return len(text) > NAME and not asks(text)


def asks_something(tracker: Tracker) -> bool:
    """Return whether a text asks, or is too short to tell of anything."""
    return not tells_the_lawyer(tracker) or _named(listed(WORDS, "asking"), text_of(tracker))


def _named(signs: list[str], text: str) -> bool:
    return any(re.search(sign, text) for sign in signs)


def _told(tracker: Tracker, name: str) -> Any:
    return (tracker.latest_message.get("metadata") or {}).get(name)
