"""The pages' words that are not in a template; they are in words.yml."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from eligibility import UNKNOWN, Facts, question, strict_yaml

PATH = Path(__file__).parent / "words.yml"


@lru_cache(maxsize=1)
def words() -> dict[str, dict[str, str]]:
    """Return every word by section and name.

    Raises:
        DataError: a section is missing or not known.
    """
    return strict_yaml.mapping(
        PATH,
        strict_yaml.load(PATH),
        required={"facts", "values", "errors", "days", "calendar"},
    )


def told(facts: Facts, on: date) -> list[tuple[str, str, str]]:
    """Return what has been answered: the fact's id, its name and the answer, in words."""
    return [
        (fact_id, words()["facts"][fact_id], _answer(fact_id, value, on))
        for fact_id, value in facts.to_dict().items()
    ]


def _answer(fact_id: str, value: Any, on: date) -> str:
    if value == UNKNOWN:
        return words()["values"]["unknown"]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return f"{value:g}"
    shown = {option.value: option.label for option in question(fact_id, on).options}
    if isinstance(value, list):
        named = [shown[item] for item in value]
        return "、".join(named) or words()["values"]["none"]
    return shown[value]
