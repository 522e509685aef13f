"""Being bidden to remind of a day, whatever is being asked: 「提醒我12月8号」."""

from __future__ import annotations

from actions.wording import listed


def bids_a_reminder(text: str) -> bool:
    """Return whether a text bids to be reminded."""
    return any(word in text for word in listed("reminders", "asks"))
