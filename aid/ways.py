"""How an application can be handed in; what is not known locally is None."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from eligibility import DataError, strict_yaml

PATH = Path(__file__).parent / "ways.yml"


@dataclass(frozen=True)
class Way:
    """One way; `text` is None where no local rule is at hand."""

    id: str
    label: str
    text: str | None
    reference: str | None
    proof: str | None = None


@lru_cache(maxsize=1)
def all_ways() -> tuple[Way, ...]:
    """Return every way, in the order of the file."""
    return read(PATH)


def read(path: Path) -> tuple[Way, ...]:
    """Read a file of ways.

    Raises:
        DataError: naming the file; also where a way has a reference without proof.
    """
    found = []
    for way_id, value in strict_yaml.load(path).items():
        given = strict_yaml.mapping(
            path, value, required={"label", "text", "reference"}, optional={"proof"}
        )
        if (given["reference"] is None) != ("proof" not in given):
            raise DataError(f"{path}: {way_id}: reference and proof belong together")
        found.append(Way(way_id, **given))
    return tuple(found)
