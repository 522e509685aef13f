"""A coming last day that is told where the day something came is asked for: named, not counted."""

from __future__ import annotations

from actions.clock import today
from actions.wording import listed, say
from eligibility.radar import written
from eligibility.when import due


def due_line(text: str) -> str:
    """Return what is said of the last day that a text names; "" where it names none."""
    day = due(text, today())
    if day is None or not any(word in text for word in listed("deadlines", "due_of")):
        return ""  # a contract may end as well
    return say("deadlines", "due", day=written(day), days=(day - today()).days)
