"""The kinds of matter and which article of the Legal Aid Act each falls under.

A region may add more (Art. 31 item 9): a deployment names them in a file of its own, the setting
ELIGIBILITY_MATTERS. They count from the day the parameter `added_matters` lists them.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from eligibility import strict_yaml
from eligibility.errors import DataError

PATH = Path(__file__).parent / "matters.yml"
BASES = ("hardship", "exempt", "criminal", "outside")
SETTING = "ELIGIBILITY_MATTERS"
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
    says: tuple[str, ...] = ()


def all_matters() -> dict[str, Matter]:
    """Return every matter by id: those that ship, then the deployment's own.

    Raises:
        DataError: naming the deployment's file and what is wrong with it.
    """
    return _all(os.environ.get(SETTING, ""))


@lru_cache(maxsize=8)
def _all(own: str) -> dict[str, Matter]:
    return {**shipped(), **(read_own(Path(own)) if own else {})}


@lru_cache(maxsize=1)
def shipped() -> dict[str, Matter]:
    """Return the matters that ship, by id, in the order of the file."""
    return read(PATH)


def read_own(path: Path) -> dict[str, Matter]:
    """Read a deployment's own matters: `label`, `reference`, `papers` and what people `say`.

    Raises:
        DataError: naming the file and what is wrong with it.
    """
    found: dict[str, Matter] = {}
    for key, value in (strict_yaml.load(path) or {}).items():
        fields = strict_yaml.mapping(path, value, required={"label", "reference", "papers", "says"})
        if not re.fullmatch("[a-z][a-z_]*", key) or key in shipped():
            raise DataError(f"{path}: {key}: choose another id, of small letters and _")
        papers, says = (_texts(path, f"{key}: {n}", fields[n]) for n in ("papers", "says"))
        found[key] = Matter(
            key, fields["label"], "outside", fields["reference"], "", papers, says=says
        )
    return found


def _texts(path: Path, where: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise DataError(f"{path}: {where} must be a list of texts")
    return tuple(value)


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
