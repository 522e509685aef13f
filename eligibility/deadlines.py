"""How long things take (Art. 36, 43) and when aid comes first (Art. 44)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eligibility.assessment import Assessment
from eligibility.facts import Facts
from eligibility.parameters import Parameters
from eligibility.result import Deadline
from eligibility.sentences import say_in_force

DAYS = {
    "provisional": "provisional_days",
    "provisional_open": "provisional_days",
    "decision": "decision_days",
    "assignment": "assignment_days",
    "notice": "notice_days",
    "notice_assignment": "notice_assignment_days",
    "custody_papers": "custody_papers_days",
}


@dataclass(frozen=True)
class Urgency:
    """Art. 44: whether a legal period is about to end or has ended, or measures cannot wait.

    `open`: nothing is known about a period, or one is running that waiting could use up.
    """

    near: bool
    passed: bool
    measures: bool
    open: bool

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
        open=not (near or passed) and (isinstance(days, int) or not facts.known("urgent")),
    )


def deadlines(
    facts: Facts, assessment: Assessment, urgent: Urgency, on: date, parameters: Parameters
) -> tuple[Deadline, ...]:
    """Return the time limits to tell, the most pressing first."""
    defence = assessment.defence
    applies = assessment.needs_hardship is not False or defence is None or defence.over
    told = {
        "passed": urgent.passed,
        "provisional": urgent.near,
        "preservation": urgent.measures,
        "provisional_open": urgent.open and defence is None,
        "notice": defence is not None and bool(defence.cases),
        "notice_assignment": defence is not None and bool(defence.cases),
        "duty_lawyer_forwards": _undefended(assessment),
        "custody_papers": defence is not None and facts.detained,
        "decision": applies,
        "assignment": applies,
        "supplement": applies,
    }
    found = (_deadline(key, on, parameters) for key, holds in told.items() if holds)
    return tuple(deadline for deadline in found if deadline is not None)


def _undefended(assessment: Assessment) -> bool:
    """Return whether an accused person may be helped by a duty lawyer only (Art. 30, 39)."""
    defence = assessment.defence
    return (
        defence is not None
        and defence.role == "accused"
        and not defence.over
        and assessment.unrepresented is not False
    )


def _deadline(deadline_id: str, on: date, parameters: Parameters) -> Deadline | None:
    """Return one time limit, or None where the rule that sets its number has ended."""
    sentence = say_in_force(f"deadline_{deadline_id}", on, parameters)
    if sentence is None:
        return None
    name = DAYS.get(deadline_id)
    days = parameters.number(name, on) if name else None
    return Deadline(deadline_id, sentence.text, sentence.reference, days)
