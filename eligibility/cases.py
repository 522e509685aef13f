"""The engine's own cases: sentences with facts and what must come out.

Each file is a list of cases that a clerk can read and add to: `name` (a sentence), `facts` or
`setback`, `on` (the day) and `expect`: the state, references and ids that must (`reasons`) or must
not (`not_reasons`) occur, `last_days` of steps, words that it `says`. `known` makes up values that
a region would set.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from eligibility import case_outcomes, strict_yaml
from eligibility.case_outcomes import EQUALS, REMEDIED, SCREENED
from eligibility.errors import DataError
from eligibility.facts import Facts
from eligibility.setbacks import Setback

FOLDER = Path(__file__).parents[1] / "tests" / "eligibility" / "cases"
OF_FACTS = {*SCREENED, *EQUALS, "says", *(f"not_{key}" for key in SCREENED)}
OF_SETBACKS = {*REMEDIED, "last_days", "says", *(f"not_{key}" for key in REMEDIED)}


@dataclass(frozen=True)
class Case:
    """One case: a sentence, the facts or the setback, the day, and what must come out."""

    path: Path
    name: str
    given: Facts | Setback
    on: date
    expect: dict[str, Any]
    known: dict[str, Any] = field(default_factory=dict)

    def misses(self) -> list[str]:
        """Return what came out differently, one line each; empty if the case holds."""
        return missed(self.expect, self.outcome())

    def outcome(self) -> dict[str, Any]:
        """Return what comes out, in the words of `expect`."""
        parameters = case_outcomes.with_known(self.known, self.on)
        if isinstance(self.given, Setback):
            return case_outcomes.of_setback(self.given, self.on, parameters)
        return case_outcomes.of_facts(self.given, self.on, parameters)


def missed(expect: dict[str, Any], outcome: dict[str, Any]) -> list[str]:
    """Return which expectations an outcome does not meet, one line each."""
    return [
        f"{key}: expected {wanted!r}, got {outcome[key.removeprefix('not_')]!r}"
        for key, wanted in expect.items()
        if not _holds(key, wanted, outcome)
    ]


def _holds(key: str, wanted: Any, outcome: dict[str, Any]) -> bool:
    if key in EQUALS:
        return bool(outcome[key] == wanted)
    if key == "says":
        return all(words in outcome[key] for words in wanted)
    if key == "last_days":
        return all(outcome[key].get(step) == day for step, day in wanted.items())
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
            yield _case(path, entry)


def _case(path: Path, entry: Any) -> Case:
    fields = strict_yaml.mapping(
        path, entry, required={"name", "on", "expect"}, optional={"facts", "setback", "known"}
    )
    name = fields["name"]
    if ("facts" in fields) == ("setback" in fields):
        raise DataError(f"{path}: {name}: a case has either facts or setback")
    of_facts = "facts" in fields
    allowed = OF_FACTS if of_facts else OF_SETBACKS
    expect = strict_yaml.mapping(path, fields["expect"], required=set(), optional=allowed)
    if type(fields["on"]) is not date or not expect:
        raise DataError(f"{path}: {name}: on must be a date, expect not empty")
    given = Facts.from_dict(fields["facts"]) if of_facts else Setback.from_dict(fields["setback"])
    return Case(path, name, given, fields["on"], expect, fields.get("known", {}))
