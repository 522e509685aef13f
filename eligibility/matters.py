"""The kinds of matter and which article of the Legal Aid Act each falls under."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from eligibility import strict_yaml
from eligibility.errors import DataError

PATH = Path(__file__).parent / "matters.yml"
BASES = ("hardship", "exempt", "criminal", "outside")
ASKABLE = ("victim_of_abuse", "retrial_acquittal")


@dataclass(frozen=True)
class Matter:
    """One kind of matter.

    `basis` is the path it opens: `hardship` (Art. 31), `exempt` (Art. 32), `criminal` (Art. 24 ff.)
    or `outside` the Act's own lists (Art. 31 item 9). `notes` names sentences told with it.
    """

    id: str
    label: str
    basis: str
    reference: str
    proof: str
    papers: tuple[str, ...]
    asks: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    migrant_waiver: bool = False
    guardian: bool = False


@lru_cache(maxsize=1)
def all_matters() -> dict[str, Matter]:
    """Return every matter by id, in the order of the file."""
    return read(PATH)


def read(path: Path) -> dict[str, Matter]:
    """Read a file of matters.

    Raises:
        DataError: naming the file and what is wrong with it.
    """
    return {key: _matter(path, key, value) for key, value in strict_yaml.load(path).items()}


def _matter(path: Path, matter_id: str, value: Any) -> Matter:
    fields = strict_yaml.mapping(
        path,
        value,
        required={"label", "basis", "reference", "proof", "papers"},
        optional={"asks", "notes", "migrant_waiver", "guardian"},
    )
    if fields["basis"] not in BASES:
        raise DataError(f"{path}: {matter_id}: unknown basis {fields['basis']!r}")
    asks = tuple(fields.get("asks", ()))
    if unknown := set(asks) - set(ASKABLE):
        raise DataError(f"{path}: {matter_id}: unknown asks {', '.join(sorted(unknown))}")
    lists = {key: tuple(fields.get(key, ())) for key in ("papers", "notes")}
    return Matter(**{**fields, **lists, "id": matter_id, "asks": asks})
