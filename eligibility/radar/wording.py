"""Words of the radar: dates, units and its sentences, all from data files."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from eligibility import strict_yaml
from eligibility.result import Reason
from eligibility.sentences import Sentence, read

HERE = Path(__file__).parent


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """Return the words that are not whole sentences."""
    return strict_yaml.mapping(
        HERE / "words.yml",
        strict_yaml.load(HERE / "words.yml"),
        required={
            "units",
            "weekdays",
            "day",
            "moment",
            "which",
            "none",
            "also",
            "asks",
            "short",
            "how",
            "own_doing",
            "others_time",
            "denied",
            "cues",
            "so_long_gone",
            "units_said",
            "planned_before",
            "planned_after",
            "did_not",
            "hearing_after",
            "hearing_before",
        },
    )


@lru_cache(maxsize=1)
def sentences() -> dict[str, Sentence]:
    """Return the radar's own sentences by id."""
    return read(HERE / "sentences.yml")


def say(sentence_id: str, **values: Any) -> Reason:
    """Return a sentence of the radar with its places filled in; dates are written out."""
    found = sentences()[sentence_id]
    shown = {
        key: written(value) if isinstance(value, date) else value for key, value in values.items()
    }
    return Reason(found.text.format(**shown), found.reference)


def quoted(found: Sentence) -> Reason:
    """Return a sentence as it stands."""
    return Reason(found.text, found.reference)


def unit_words(unit: str) -> str:
    """Return what a unit of time is called."""
    return str(words()["units"][unit])


def written(day: date) -> str:
    """Return a day, or a moment, as people read it."""
    shape = words()["moment" if isinstance(day, datetime) else "day"]
    return str(shape.format(day=day, weekday=words()["weekdays"][day.weekday()]))
