"""How each law counts: from which day, how the end rolls over holidays, what a day is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from eligibility import strict_yaml
from eligibility.errors import DataError
from eligibility.radar.notes import sentence
from eligibility.sentences import Sentence

PATH = Path(__file__).parent / "rules.yml"
OPTIONAL = ("roll", "stay", "workdays", "hours", "month_ends")
COUNTS = {"from_next_day", "from_same_day"}


@dataclass(frozen=True)
class Rules:
    """The counting rules of one law.

    `roll` is None where the law does not move the end; `stay` then says so. `workdays` is the rule
    that makes days working days, `hours` the one that leaves out the hour already begun,
    `month_ends` the one by which a period from a month's last day ends on a month's last day.
    """

    counts: str
    start: Sentence
    roll: Sentence | None
    stay: Sentence | None
    workdays: Sentence | None
    hours: Sentence | None
    month_ends: Sentence | None


@lru_cache(maxsize=1)
def shipped() -> dict[str, Rules]:
    """Return the counting rules by id."""
    return read(PATH)


def read(path: Path) -> dict[str, Rules]:
    """Read a file of counting rules.

    Raises:
        DataError: naming the file and the entry at fault.
    """
    found: dict[str, Rules] = {}
    for key, entry in strict_yaml.load(path).items():
        fields = strict_yaml.mapping(
            path,
            entry,
            required={"counts", "start"},
            optional=set(OPTIONAL),
        )
        if fields["counts"] not in COUNTS:
            raise DataError(f"{path}: {key}: counts is none of {sorted(COUNTS)}")
        if "roll" in fields and "stay" in fields:
            raise DataError(f"{path}: {key}: an end either rolls or stays")
        parts = {
            name: sentence(path, fields[name]) if name in fields else None for name in OPTIONAL
        }
        found[key] = Rules(fields["counts"], sentence(path, fields["start"]), **parts)
    return found
