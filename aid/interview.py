"""Questions one at a time: facts travel in the form itself, so nothing is stored meanwhile."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from multidict import MultiMapping

from eligibility import (
    UNKNOWN,
    FactError,
    Facts,
    Question,
    days_said,
    next_question,
    parse_answer,
    question,
)

PREFIX = "fact."
NONE = "none"
# Facts that hold several values at once, as the type of Facts says.
SEVERAL = frozenset(field.name for field in fields(Facts) if "frozenset" in str(field.type))
NUMBERS = frozenset(field.name for field in fields(Facts) if "int" in str(field.type))
TYPED = ("matter", "region")  # long lists: people may also say it in their own words


@dataclass(frozen=True)
class Step:
    """Where the interview stands: the facts, the question to ask next (None: enough), an error."""

    facts: Facts
    question: Question | None
    error: str | None = None


def to_fields(facts: Facts) -> list[tuple[str, str]]:
    """Return facts as names and values of hidden fields."""
    pairs: list[tuple[str, str]] = []
    for fact_id, value in facts.to_dict().items():
        values = (value or [NONE]) if isinstance(value, list) else [value]
        pairs += [(PREFIX + fact_id, _word(item)) for item in values]
    return pairs


def from_fields(form: MultiMapping[Any]) -> Facts:
    """Return the facts in a form.

    Raises:
        FactError: a fact or value that does not exist.
    """
    names = dict.fromkeys(key for key in form if key.startswith(PREFIX))
    return Facts.from_dict(
        {
            name.removeprefix(PREFIX): _value(
                name.removeprefix(PREFIX), [str(item) for item in form.getall(name)]
            )
            for name in names
        }
    )


def step(form: MultiMapping[Any], on: date) -> Step:
    """Return where the interview stands after a form: answered, or asked to change an answer.

    Raises:
        FactError: a fact or value that does not exist.
        DataError: it names a question that does not exist.
    """
    facts = from_fields(form)
    if change := str(form.get("change", "")):
        asked = question(change, on)
        return Step(replace(facts, **{change: None}), asked)
    if not (fact_id := str(form.get("asked", ""))):
        return Step(facts, next_question(facts, on))
    asked = question(fact_id, on)
    given = [str(item) for item in form.getall("answer", [])]
    value, error = _answer(asked, given, str(form.get("said", "")))
    if error:
        return Step(facts, _as_asked(asked, facts, on), error)
    facts = facts.answered(fact_id, value)
    days = days_said(str(form.get("said", "")), on) if asked.kind == "urgency" else None
    if days is not None and not given:
        facts = replace(facts, days_left=days)
    return Step(facts, next_question(facts, on))


def _as_asked(asked: Question, facts: Facts, on: date) -> Question:
    """Return the question as the interview puts it: it may offer fewer options."""
    following = next_question(replace(facts, **{asked.id: None}), on)
    return following if following is not None and following.id == asked.id else asked


def _answer(asked: Question, given: list[str], said: str) -> tuple[Any, str | None]:
    """Return the value answered, and the name of an error where there is none."""
    if UNKNOWN in given:
        return UNKNOWN, None
    if asked.id in SEVERAL and NONE in given and len(given) > 1:
        return None, "contradiction"
    if given:
        return _value(asked.id, given), None
    if not said.strip():
        return None, "nothing_chosen"
    value = parse_answer(asked, said[:200])
    return value, "not_understood" if value is None else None


def _word(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _value(fact_id: str, given: Iterable[str]) -> Any:
    values = list(given)
    if fact_id in SEVERAL:
        if values == [UNKNOWN]:
            return UNKNOWN
        return [] if values == [NONE] else values
    if len(values) != 1:
        raise FactError(fact_id, "expected one value")
    (word,) = values
    if word in ("true", "false"):
        return word == "true"
    if fact_id in NUMBERS and word != UNKNOWN:
        return _number(fact_id, word)
    return word


def _number(fact_id: str, word: str) -> int | float:
    try:
        number = float(word)
    except ValueError as error:
        raise FactError(fact_id, f"expected a number, found {word!r}") from error
    return int(number) if number == number // 1 else number
