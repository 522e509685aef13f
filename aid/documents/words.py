"""Small pieces of print; the words are in words.yml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from eligibility import strict_yaml

PATH = Path(__file__).parent / "words.yml"
KEYS = {"foot", "cited", "act", "income", "day"}


@lru_cache(maxsize=1)
def words() -> dict[str, str]:
    """Return every piece by name.

    Raises:
        DataError: a piece is missing or not known.
    """
    return strict_yaml.mapping(PATH, strict_yaml.load(PATH), required=KEYS)
