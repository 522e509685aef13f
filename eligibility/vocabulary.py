"""The words of answers (vocabulary.yml)."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any

from eligibility import strict_yaml

PATH = Path(__file__).parent / "vocabulary.yml"
VOCABULARY = {
    "yes",
    "no",
    "unknown",
    "negations",
    "particles",
    "no_income",
    "after_a_count",
    "per_month",
    "per_year",
    "people",
    "per_person",
    "pick_before",
    "pick_after",
    "fewer_than",
    "measure",
    "day_units",
    "ago",
    "elapsed",
    "remaining",
    "people_named",
    "parents",
    "whose_parent",
    "before_an_age",
    "after_an_age",
}


@lru_cache(maxsize=16)
def words(key: str) -> tuple[str, ...]:
    """Return the words listed under a key."""
    listed: list[str] = vocabulary()[key]
    return tuple(listed)


def either(key: str) -> str:
    """Return a pattern of the words under a key, the longest first."""
    return "|".join(map(re.escape, sorted(vocabulary()[key], key=len, reverse=True)))


@lru_cache(maxsize=1)
def vocabulary() -> dict[str, Any]:
    """Return all of vocabulary.yml.

    Raises:
        DataError: a key is missing or unknown.
    """
    return strict_yaml.mapping(PATH, strict_yaml.load(PATH), required=VOCABULARY)
