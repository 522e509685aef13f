"""How long things take (Art. 43) and when aid comes first (Art. 44)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eligibility.facts import Facts
from eligibility.parameters import Parameters
from eligibility.result import Deadline
from eligibility.sentences import say_in_force

DAYS = {
    "provisional": "provisional_days",
    "provisional_open": "provisional_days",
    "decision": "decision_days",
    "assignment": "assignment_days",
}


@dataclass(frozen=True)
class Urgency:
    """Art. 44: whether a legal period is about to end or has ended, or measures cannot wait."""

    near: bool
    passed: bool
    measures: bool
    asked: bool

    @property
    def provisional(self) -> bool:
        """Return whether the institution may give aid before it decides."""
        return self.near or self.measures


def urgency(facts: Facts, on: date, parameters: Parameters) -> Urgency:
    """Return what is known about urgency; a count of days goes before a mere "soon"."""
    limit = parameters.number("provisional_days", on)
    days = facts.days_left
    if isinstance(days, int):
        near, passed = limit is not None and 0 <= days < limit, days < 0
    else:
        near, passed = facts.urgent == "deadline", False
    return Urgency(
        near=near,
        passed=passed,
        measures=facts.urgent == "preservation",
        asked=isinstance(days, int) or facts.known("urgent"),
    )


def deadlines(urgent: Urgency, on: date, parameters: Parameters) -> tuple[Deadline, ...]:
    """Return the time limits to tell, the most pressing first."""
    told = {
        "passed": urgent.passed,
        "provisional": urgent.near,
        "preservation": urgent.measures,
        "provisional_open": not urgent.asked,
        "decision": True,
        "assignment": True,
        "supplement": True,
    }
    found = (_deadline(key, on, parameters) for key, applies in told.items() if applies)
    return tuple(deadline for deadline in found if deadline is not None)


def _deadline(deadline_id: str, on: date, parameters: Parameters) -> Deadline | None:
    """Return one time limit, or None where the rule that sets its number has ended."""
    sentence = say_in_force(f"deadline_{deadline_id}", on, parameters)
    if sentence is None:
        return None
    name = DAYS.get(deadline_id)
    days = parameters.number(name, on) if name else None
    return Deadline(deadline_id, sentence.text, sentence.reference, days)
