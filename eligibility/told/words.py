"""The words of what is told (words.yml)."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

from eligibility import strict_yaml
from eligibility.numerals import apart

PATH = Path(__file__).with_name("words.yml")
REQUIRED = {
    *("units", "and_a_half", "about", "not_after", "rough", "relations", "not_relations"),
    *("after", "places", "place_before", "place_from", "paid", "not_places", "no_days"),
    *("wages", "shown"),
}


def plain(text: str) -> str:
    """Return a text in half-width signs, without spaces; two numbers stay apart by a comma."""
    return plain_with_breaks(text)[0]


def plain_with_breaks(text: str) -> tuple[str, frozenset[int]]:
    """Return the plain text, and where in it a space or a new line stood."""
    pieces = apart(unicodedata.normalize("NFKC", text).lower()).split()
    ends = accumulate(map(len, pieces))
    return "".join(pieces), frozenset(ends)


@cache
def words() -> dict[str, Any]:
    """Return all words.

    Raises:
        DataError: a key is missing or unknown.
    """
    return strict_yaml.mapping(PATH, strict_yaml.load(PATH), required=REQUIRED)


def either(found: list[str] | dict[str, Any]) -> str:
    """Return a pattern of words, the longest first."""
    return "|".join(map(re.escape, sorted(found, key=len, reverse=True)))
