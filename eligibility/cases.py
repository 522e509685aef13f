"""The screening's own cases: sentences with facts and what must come out.

Each file is a list of cases that a clerk can read and add to: `name` (a sentence), `facts`, `on`
(the day) and `expect`: the state, and references and ids that must (`reasons`) or must not
(`not_reasons`) occur.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from eligibility import strict_yaml
from eligibility.errors import DataError
from eligibility.facts import Facts
from eligibility.questions import next_question
from eligibility.screening import screen

FOLDER = Path(__file__).parents[1] / "tests" / "eligibility" / "cases"
CONTAINS = ("reasons", "documents", "offices", "deadlines", "notes", "missing")
EQUALS = ("state", "provisional", "priority", "refer", "next")
EXPECTATIONS = {*CONTAINS, *EQUALS, *(f"not_{key}" for key in CONTAINS)}


@dataclass(frozen=True)
class Case:
    """One case: a sentence, the facts, the day, and what must come out."""

    path: Path
    name: str
    facts: Facts
    on: date
    expect: dict[str, Any]

    def misses(self) -> list[str]:
        """Return what came out differently, one line each; empty if the case holds."""
        outcome = _outcome(self.facts, self.on)
        return [
            f"{key}: expected {wanted!r}, got {outcome[key.removeprefix('not_')]!r}"
            for key, wanted in self.expect.items()
            if not _holds(key, wanted, outcome)
        ]


def _outcome(facts: Facts, on: date) -> dict[str, Any]:
    screening = screen(facts, on)
    asked = next_question(facts, on)
    return {
        **{key: getattr(screening, key) for key in ("state", "provisional", "priority", "refer")},
        "next": asked.id if asked else None,
        "reasons": [reason.reference for reason in screening.reasons],
        "notes": [note.reference for note in screening.notes],
        "documents": [document.id for document in screening.documents],
        "offices": [office.id for office in screening.offices],
        "deadlines": [deadline.id for deadline in screening.deadlines],
        "missing": list(screening.missing),
    }


def _holds(key: str, wanted: Any, outcome: dict[str, Any]) -> bool:
    if key in EQUALS:
        return bool(outcome[key] == wanted)
    if key.startswith("not_"):
        return not set(wanted) & set(outcome[key.removeprefix("not_")])
    return set(wanted) <= set(outcome[key])


def read(folder: Path = FOLDER) -> Iterator[Case]:
    """Yield every case of a folder.

    Raises:
        DataError: naming the file and the key at fault.
        FactError: a case states a fact that does not exist.
    """
    for path in sorted(folder.glob("*.yml")):
        for entry in strict_yaml.load(path):
            fields = strict_yaml.mapping(path, entry, required={"name", "facts", "on", "expect"})
            expect = strict_yaml.mapping(
                path, fields["expect"], required=set(), optional=EXPECTATIONS
            )
            if type(fields["on"]) is not date or not expect:
                raise DataError(f"{path}: {fields['name']}: on must be a date, expect not empty")
            yield Case(path, fields["name"], Facts.from_dict(fields["facts"]), fields["on"], expect)
