"""The rules of `remedies.yml`: for each setback its steps, periods and grounds."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from eligibility import strict_yaml
from eligibility.errors import DataError
from eligibility.sentences import all_sentences

PATH = Path(__file__).parent / "remedies.yml"
PARTIES = ("person", "organ")
STARTS = ("applied_on", "decided_on", "found_on", "objected_on", "answered_on", "reconsidered_on")


@dataclass(frozen=True)
class Due:
    """A period: the day it runs from, its unit, the parameter with its length, and how to count.

    `by` says who must keep to it: the `person` or an `organ`.
    """

    by: str
    start: str
    unit: str
    length: str
    count: str


@dataclass(frozen=True)
class StepRule:
    """One step, by the id of its sentence, with its period if it has one."""

    id: str
    due: Due | None


@dataclass(frozen=True)
class RemedyRule:
    """One kind of setback; `why` holds the grounds by the reason the institution gave."""

    label: str
    steps: tuple[StepRule, ...]
    why: dict[str, tuple[str, ...]]

    @property
    def sentences(self) -> tuple[str, ...]:
        """Return the ids of every sentence this kind of setback can tell."""
        counts = [step.due.count for step in self.steps if step.due]
        grounds = [ground for told in self.why.values() for ground in told]
        return (*(step.id for step in self.steps), *counts, *grounds)


@lru_cache(maxsize=1)
def all_remedies() -> dict[str, RemedyRule]:
    """Return every kind of setback by id."""
    return read(PATH)


def read(path: Path) -> dict[str, RemedyRule]:
    """Read a file of remedies.

    Raises:
        DataError: naming the file and what is wrong with it.
    """
    return {key: _rule(path, value) for key, value in strict_yaml.load(path).items()}


def _rule(path: Path, value: Any) -> RemedyRule:
    fields = strict_yaml.mapping(path, value, required={"label", "steps"}, optional={"why"})
    steps = tuple(_step(path, step) for step in fields["steps"])
    why = {key: tuple(grounds) for key, grounds in fields.get("why", {}).items()}
    rule = RemedyRule(fields["label"], steps, why)
    if unknown := [key for key in rule.sentences if f"remedy_{key}" not in all_sentences()]:
        raise DataError(f"{path}: no sentence is called remedy_{unknown[0]}")
    return rule


def _step(path: Path, value: Any) -> StepRule:
    fields = strict_yaml.mapping(path, value, required={"id"}, optional={"due"})
    if "due" not in fields:
        return StepRule(fields["id"], None)
    due = strict_yaml.mapping(
        path, fields["due"], required={"by", "from", "count"}, optional={"days", "months"}
    )
    if due["by"] not in PARTIES:
        raise DataError(f"{path}: nobody is called {due['by']!r}")
    if due["from"] not in STARTS:
        raise DataError(f"{path}: no period runs from {due['from']!r}")
    units = [unit for unit in ("days", "months") if unit in due]
    if len(units) != 1:
        raise DataError(f"{path}: {fields['id']}: a period has either days or months")
    return StepRule(
        fields["id"], Due(due["by"], due["from"], units[0], due[units[0]], due["count"])
    )
