"""What came before a question in the conversation."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from rasa_sdk import Tracker

from actions.denying import Denial, denials_in
from actions.sides import Side, side_called, sides_said

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
    is what was replied lately, the last first; `denied` what the citizen denied lately; `sides` the
    sides of a matter on which the citizen said to be; `aid` tells that applying for legal aid was
    spoken of since the last entry.
    """

    context: str | None = None
    entry: str | None = None
    lost: int = 0
    offered: tuple[str, ...] = ()
    question: str | None = None
    read: str | None = None
    said: tuple[str, ...] = ()
    denied: tuple[Denial, ...] = ()
    sides: tuple[Side, ...] = ()
    aid: bool = False

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
            sides_said(tuple(_in_own_words(tracker))),
            aid_since(tracker),
        )

    @property
    def hit(self) -> bool:
        """Return whether the citizen said to have hit somebody."""
        return any(side.hit for side in self.sides)

    def told(self, text: str) -> str:
        """Return a text after all that was told before it, and the sides told, a line each."""
        lines = [*(side.says for side in self.sides), self.context, text]
        return "\n".join(line for line in lines if line)

    def alone(self) -> Before:
        """Return the same without the matter: for a question that stands alone."""
        return replace(self, context=None, entry=None)

    def anew(self) -> Before:
        """Return the same without all that was taken for the matter: it was denied."""
        return replace(self, context=None, entry=None, question=None, read=None)

    def picking(self) -> Before:
        """Return what counts for a choice that was offered: the choices, after which question."""
        return Before(offered=self.offered, question=self.question, said=self.said)


def _said(tracker: Tracker) -> Iterator[str]:
    for event in reversed(tracker.events):
        if event.get("event") == "bot" and event.get("text"):
            yield event["text"]


def _in_own_words(tracker: Tracker) -> Iterator[str]:
    """Yield what the citizen wrote; a title that was picked is not in the citizen's own words."""
    offered: set[str] = set()
    for event in tracker.events:
        text = str(event.get("text") or "")
        if event.get("event") == "bot":
            buttons = (event.get("data") or {}).get("buttons") or ()
            offered.update(str(button["title"]) for button in buttons)
        elif event.get("event") == "user":
            if text not in offered or side_called(text):
                yield text
            offered.clear()


def was_offered(tracker: Tracker) -> bool:
    """Return whether what was just written are the words of a choice, not the citizen's own."""
    text = str(tracker.latest_message.get("text") or "").strip()
    said = [event for event in tracker.events if event.get("event") == "bot"]
    shown = [button for one in said for button in (one.get("data") or {}).get("buttons") or ()]
    return text in (tracker.get_slot("offered") or ()) or any(
        text == str(button["title"]) for button in shown
    )


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
