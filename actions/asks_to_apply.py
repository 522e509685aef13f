"""Telling who wants legal aid from who has applied for it and met a setback."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.before import Before
from actions.wording import holds, say

GOAL = "after_application"


def asks_to_apply(text: str) -> bool:
    """Return whether a text asks for legal aid that nothing has befallen yet.

    「老板拖着不给 法律援助咋弄」: what drags is the wages, no application was made.
    """
    if holds(GOAL, "made", text):
        return False
    begins = holds(GOAL, "asks_to_apply", text) and not holds(GOAL, "befell", text)
    return begins or holds(GOAL, "asks_how", text) or holds(GOAL, "asks_whether", text)


def asks_whether(text: str, tracker: Tracker) -> bool:
    """Return whether a text asks if aid is given, where how to apply was told lately."""
    told = any(say("guide_application", "opening") in one for one in Before.of(tracker).said)
    return told and holds(GOAL, "asks_whether", text) and not holds(GOAL, "made", text)
