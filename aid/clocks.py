"""What runs after an application for legal aid has been handed in (Legal Aid Act, Art. 43)."""

from __future__ import annotations

from datetime import date

from eligibility import labels
from eligibility.radar import last_day, shipped

DECISION, ASSIGNMENT = "aid_decision", "aid_assignment"


def clocks(handed_in_on: date) -> list[tuple[str, date, str]]:
    """Return name, last day and article of each time limit that runs from that day.

    The second one runs from the decision; here from the last day on which it must be made, so its
    day is the latest one. A time limit that the law does not number on that day is left out.
    """
    found = []
    start = handed_in_on
    for period in (DECISION, ASSIGNMENT):
        limit = last_day(period, start, handed_in_on)
        if limit.last is None:
            break
        found.append((limit.name, limit.last, shipped()[period].at(start).reference))
        start = limit.last
    return found


def regions() -> dict[str, str]:
    """Return what the regions of the interview are called, by id."""
    return {str(region): label for region, label in labels("region").items()}
