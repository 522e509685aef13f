"""What came before a question in the conversation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from rasa_sdk import Tracker

from actions.denying import Denial, denials_in
from actions.sides import said_to_hit

LATELY = 12  # replies
# Goals of the application for legal aid: what is asked after them is asked about it.
OF_THE_APPLICATION = (
    *("eligibility_form", "action_screen_eligibility", "action_guide_application"),
    *("action_after_application", "action_tell_remedy"),
)


@dataclass(frozen=True)
class Before:
    """What a question may follow.

    `context` is that of the last search, `entry` the one shown last, `lost` how many messages in a
    row found nothing, `offered` the choices of the turn before, `question` the one asked last.
    `read` is the entry only where it was read: danger points near one without showing it. `said`
    is what was replied lately, the last first; `denied` what the citizen denied lately; `hit` the
    words of who hit somebody where that is who writes.
    """

    context: str | None = None
    entry: str | None = None
    lost: int = 0
    offered: tuple[str, ...] = ()
    question: str | None = None
    read: str | None = None
    said: tuple[str, ...] = ()
    denied: tuple[Denial, ...] = ()
    hit: str = ""

    @classmethod
    def of(cls, tracker: Tracker) -> Before:
        """Return what came before in a conversation."""
        return cls(
            tracker.get_slot("context"),
            tracker.get_slot("last_entry"),
            int(tracker.get_slot("lost") or 0),
            tuple(tracker.get_slot("offered") or ()),
            tracker.get_slot("last_question"),
            tracker.get_slot("last_entry") if tracker.get_slot("last_topic") else None,
            tuple(islice(_said(tracker), LATELY)),
            denials_in(tracker.events),
            said_to_hit([str(one.get("text") or "") for one in _of_citizen(tracker)]),
        )

    def alone(self) -> Before:
        """Return the same without the matter: for a question that stands alone."""
        return replace(self, context=None, entry=None)


def _said(tracker: Tracker) -> Iterator[str]:
    for event in reversed(tracker.events):
        if event.get("event") == "bot" and event.get("text"):
            yield event["text"]


def _of_citizen(tracker: Tracker) -> Iterator[dict[str, Any]]:
    return (event for event in tracker.events if event.get("event") == "user")


def aid_since(tracker: Tracker) -> bool:
    """Return whether applying for legal aid was spoken of since the last entry was shown."""
    if tracker.get_slot("recent") == "guide_application":
        return True
    for event in reversed(tracker.events):
        if event.get("event") == "action" and event.get("name") in OF_THE_APPLICATION:
            return True
        if event.get("event") == "slot" and event.get("name") == "last_entry" and event["value"]:
            return False
    return False
