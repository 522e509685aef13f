"""The questions of the interview, one per fact; the words are in questions/*.yml."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from eligibility import strict_yaml
from eligibility.assessment import assess
from eligibility.errors import DataError
from eligibility.facts import CHOICES, FACT_IDS, SETS, YES_NO, Facts
from eligibility.matters import all_matters
from eligibility.matters import shipped as shipped_matters
from eligibility.own_parameters import in_use
from eligibility.parameters import Parameters
from eligibility.relevance import relevant
from eligibility.whose import HOUSEHOLD, PERSON

FOLDER = Path(__file__).parent / "questions"
KINDS = ("choice", "yes_no", "place", "number", "urgency")


@dataclass(frozen=True)
class Option:
    """One answer: the value it stands for, what is shown, and how people say it.

    `ages`, the lowest and the highest, say it too, where one of `beside` is said with them.
    """

    value: str | bool
    label: str
    says: tuple[str, ...]
    ages: tuple[int, int] | None = None
    beside: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One question about one fact; `day_limit` and `on` are set for the kind `urgency` only.

    `about` says whose answer it is, the `person`'s or the `household`'s, and `for_whom` who that
    is; what stands in `no_through` between a no and a phrase leaves it a no (没吃低保), and words
    of `means_else` only look like an answer (申请了).
    """

    id: str
    kind: str
    ask: str
    why: str
    options: tuple[Option, ...]
    day_limit: int | float | None = None
    on: date | None = None
    about: str | None = None
    for_whom: str | None = None
    no_through: tuple[str, ...] = ()
    means_else: tuple[str, ...] = ()


def question(fact_id: str, on: date, parameters: Parameters | None = None) -> Question:
    """Return the question about a fact, with the numbers of the law in force that day.

    Raises:
        DataError: there is no question about that fact.
    """
    if fact_id not in _templates():
        raise DataError(f"no question asks about {fact_id}")
    template = _with_own_matters(_templates()[fact_id])
    days = (parameters or in_use()).number("provisional_days", on)
    fill = {"provisional_days": days}
    return replace(
        template,
        ask=template.ask.format(**fill),
        why=template.why.format(**fill),
        options=tuple(
            replace(option, label=option.label.format(**fill)) for option in template.options
        ),
        day_limit=days if template.kind == "urgency" else None,
        on=on if template.kind == "urgency" else None,
    )


def next_question(facts: Facts, on: date, parameters: Parameters | None = None) -> Question | None:
    """Return the next question that can still change the result, the place or the papers.

    Returns None when nothing is left to ask. A fact that is UNKNOWN has been asked and is not asked
    again.
    """
    parameters = parameters or in_use()
    assessment = assess(facts, on, parameters)
    for fact_id in relevant(facts, assessment):
        if getattr(facts, fact_id) is None:
            whom = facts.for_whom if facts.known("for_whom") else None
            asked = replace(question(fact_id, on, parameters), for_whom=whom)
            return _without_empty_waiver(asked, facts) if fact_id == "groups" else asked
    return None


def labels(fact_id: str) -> dict[str | bool, str]:
    """Return what is shown for each value of a fact."""
    template = _with_own_matters(_templates()[fact_id])
    return {option.value: option.label for option in template.options}


def _with_own_matters(template: Question) -> Question:
    """Add the deployment's own matters to the answers of the question about the matter."""
    if template.id != "matter":
        return template
    added = [matter for key, matter in all_matters().items() if key not in shipped_matters()]
    options = [Option(matter.id, matter.label, matter.says) for matter in added]
    return replace(template, options=(*template.options, *options))


def _without_empty_waiver(asked: Question, facts: Facts) -> Question:
    """Leave out migrant workers where Art. 42 (3) does not reach the matter."""
    matter = all_matters().get(facts.matter or "")
    if matter is None or matter.migrant_waiver:
        return asked
    kept = tuple(option for option in asked.options if option.value != "migrant_worker")
    return replace(asked, options=kept)


@lru_cache(maxsize=1)
def _templates() -> dict[str, Question]:
    found = [read(path) for path in sorted(FOLDER.glob("*.yml"))]
    return {template.id: template for template in found}


def read(path: Path) -> Question:
    """Read one question, its numbers not yet filled in.

    Raises:
        DataError: naming the file and what is wrong with it.
    """
    fields = strict_yaml.mapping(
        path,
        strict_yaml.load(path),
        required={"id", "kind", "ask", "why", "options"},
        optional={"about", "no_through", "means_else"},
    )
    if fields["id"] != path.stem or fields["id"] not in FACT_IDS:
        raise DataError(f"{path}: id {fields['id']!r} is not the file's name or not a fact")
    if fields["kind"] not in KINDS:
        raise DataError(f"{path}: unknown kind {fields['kind']!r}")
    options = tuple(_option(path, option) for option in fields["options"])
    if (values := {option.value for option in options}) != _values(fields["id"]):
        raise DataError(f"{path}: options {sorted(map(str, values))} are not the fact's values")
    if fields.get("about") not in (None, PERSON, HOUSEHOLD):
        raise DataError(f"{path}: unknown about {fields['about']!r}")
    return Question(
        fields["id"],
        fields["kind"],
        fields["ask"],
        fields["why"],
        options,
        about=fields.get("about"),
        no_through=tuple(fields.get("no_through", ())),
        means_else=tuple(fields.get("means_else", ())),
    )


def _option(path: Path, value: Any) -> Option:
    fields = strict_yaml.mapping(
        path, value, required={"value", "label", "says"}, optional={"ages", "beside"}
    )
    if not all(isinstance(phrase, str) for phrase in fields["says"]):
        raise DataError(f"{path}: says of {fields['value']!r} must be text")
    ages = fields.get("ages")
    if ages is not None and not (len(ages) == 2 and all(isinstance(age, int) for age in ages)):
        raise DataError(f"{path}: ages of {fields['value']!r} must be the lowest and the highest")
    says, beside = (tuple(fields.get(key, ())) for key in ("says", "beside"))
    return Option(fields["value"], fields["label"], says, tuple(ages) if ages else None, beside)


def _values(fact_id: str) -> set[str | bool]:
    if fact_id == "matter":
        return set(shipped_matters())
    if fact_id in SETS:
        return {*SETS[fact_id], "none"}
    if fact_id in YES_NO:
        return {True, False}
    return set(CHOICES.get(fact_id, ()))
