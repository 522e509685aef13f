"""The sheet of answers as it was shown last: its numbers count, whatever has changed since."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk import Tracker

from actions.told_facts import offered_in
from actions.wording import say
from eligibility import Option

GONE = "gone"


def last_sheet(tracker: Tracker) -> list[str]:
    """Return the points of the sheet shown last in their order; none where none was shown."""
    right, again = say("interview", "all_right"), say("interview", "again")
    for event in reversed(tracker.events):
        shown = offered_in(event)
        if right in shown and again not in shown:
            return shown[: shown.index(right)]
    return []


def as_last_shown(points: Sequence[Option], tracker: Tracker) -> list[Option]:
    """Return the points at the places of the sheet shown last; what is new stands before the end.

    A point that is no longer there keeps its place, so that no other is taken for it.

    Args:
        points: the points of now; the last says that all is right.
        tracker: the conversation.
    """
    *now, right = points
    kept = [_of_now(label, now) for label in last_sheet(tracker)]
    new = [one for one in now if one not in kept]
    return [*kept, *new, right]


def _of_now(label: str, now: Sequence[Option]) -> Option:
    """Return the point that a label stood for: the same words, else the same answer changed."""
    name = label.split(_colon())[0]
    same = [one for one in now if one.label == label]
    changed = [one for one in now if one.label.split(_colon())[0] == name]
    if same:
        return same[0]
    return changed[0] if len(changed) == 1 and name != _told() else Option(GONE, label, ())


def _colon() -> str:
    return say("interview", "point", name="", value="")


def _told() -> str:
    return say("interview", "told_point", shown="").rstrip(_colon())
