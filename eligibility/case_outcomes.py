"""What a case's facts lead to, in the words that cases are written in: ids and references."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from eligibility.errors import DataError, NotInForceError
from eligibility.facts import Facts
from eligibility.parameters import Dated, Parameters, shipped
from eligibility.questions import next_question
from eligibility.remedies import remedy
from eligibility.result import Screening
from eligibility.screening import screen
from eligibility.setbacks import Setback

SCREENED = ("reasons", "documents", "offices", "deadlines", "notes", "missing")
REMEDIED = ("steps", "grounds", "passed", "missing")
EQUALS = ("state", "provisional", "priority", "refer", "next")


def of_facts(facts: Facts, on: date, parameters: Parameters) -> dict[str, Any]:
    """Return the outcome of a screening; the state `not_in_force` before the Act holds."""
    try:
        screening = screen(facts, on, parameters)
    except NotInForceError:
        return {
            **dict.fromkeys(EQUALS),
            **dict.fromkeys(SCREENED, ()),
            "state": "not_in_force",
            "says": "",
        }
    asked = next_question(facts, on, parameters)
    return {
        **{key: getattr(screening, key) for key in ("state", "provisional", "priority", "refer")},
        "next": asked.id if asked else None,
        "reasons": [reason.reference for reason in screening.reasons],
        "notes": [note.reference for note in screening.notes],
        "documents": [document.id for document in screening.documents],
        "offices": [office.id for office in screening.offices],
        "deadlines": [deadline.id for deadline in screening.deadlines],
        "missing": list(screening.missing),
        "says": _texts(screening),
    }


def of_setback(setback: Setback, on: date, parameters: Parameters) -> dict[str, Any]:
    """Return the outcome of a setback."""
    told = remedy(setback, on, parameters)
    return {
        "steps": [step.id for step in told.steps],
        "grounds": [ground.reference for ground in told.grounds],
        "passed": [step.id for step in told.steps if step.passed],
        "last_days": {step.id: step.last_day for step in told.steps},
        "missing": list(told.missing),
        "says": "".join(step.text for step in told.steps),
    }


def _texts(screening: Screening) -> str:
    parts = (screening.reasons, screening.documents, screening.offices, screening.deadlines)
    return "".join(item.text for part in (*parts, screening.notes) for item in part)


def with_known(known: Mapping[str, Any], checked_on: date) -> Parameters:
    """Return the shipped parameters with the made-up values of a case.

    Args:
        known: For each name a mapping with `from` and `value`.
        checked_on: The day of the case.

    Raises:
        DataError: a parameter that does not exist.
    """
    parameters = dict(shipped().by_name)
    for name, given in known.items():
        if name not in parameters:
            raise DataError(f"known: no parameter is called {name}")
        value = given["value"]
        value = tuple(value) if isinstance(value, list) else value
        added = Dated(given["from"], value, "case", checked_on)
        before = tuple(d for d in parameters[name].values if d.start < added.start)
        parameters[name] = replace(parameters[name], values=(*before, added))
    return Parameters(parameters)
