"""Statutory periods: one entry per period in eligibility/periods/, each with its article.

A file is a field of law. An entry's `values` are dated like parameters: `from` is the later of the
day the checked text was adopted and the day its own last article names for it to take effect.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from eligibility import strict_yaml
from eligibility.errors import DataError
from eligibility.radar import notes, rules
from eligibility.sentences import Sentence

FOLDER = Path(__file__).parents[1] / "periods"
KINDS = {"act", "answer", "wait", "claim"}
UNITS = {"hour", "day", "workday", "month", "year"}
VALUE_KEYS = {"from", "length", "unit", "reference", "proof", "checked_on"}


@dataclass(frozen=True)
class Value:
    """How long a period lasts from a day on; `length` is None where the law sets no number."""

    start: date
    length: int | None
    unit: str
    reference: str
    proof: str
    checked_on: date


@dataclass(frozen=True)
class Period:
    """One statutory period.

    `kind` is act (the person must act), answer (an office or the other side must), wait (nothing
    can be done before) or claim (the other side must claim; the person is free after it). `after`
    names a period that must have ended first. `open` says what holds where the law sets no number.
    `born` is the day of the law that first made the right: nothing runs from a day before it.
    `notes` and `late` name sentences of notes.yml. A text with a word of `unless` never means the
    period.
    """

    id: str
    field: str
    name: str
    event: str
    kind: str
    values: tuple[Value, ...]
    rules: str
    act: Sentence
    notes: tuple[str, ...]
    late: tuple[str, ...]
    says: tuple[str, ...]
    after: str | None = None
    open: Sentence | None = None
    unless: tuple[str, ...] = ()
    born: date | None = None

    def precedes(self, day: date) -> bool:
        """Return whether a day lies before the right itself was made."""
        return self.born is not None and day < self.born

    def at(self, on: date) -> Value:
        """Return the value in force on a day; before the first, the first (the answer says so)."""
        return next((value for value in reversed(self.values) if value.start <= on), self.values[0])


@lru_cache(maxsize=1)
def shipped() -> dict[str, Period]:
    """Return the periods that ship with the package, by id."""
    return read(FOLDER)


def read(folder: Path) -> dict[str, Period]:
    """Read every file of periods in a folder.

    Raises:
        DataError: naming the file that is broken, or a folder without periods.
    """
    found: dict[str, Period] = {}
    for path in sorted(folder.glob("*.yml")):
        entries = strict_yaml.load(path)
        if not isinstance(entries, dict):
            raise DataError(f"{path}: expected periods by id")
        for key, entry in entries.items():
            if key in found:
                raise DataError(f"{path}: {key} is also in {found[key].field}.yml")
            found[key] = _period(path, key, entry)
    if not found:
        raise DataError(f"{folder}: no periods here")
    for period in found.values():
        if period.after is not None and period.after not in found:
            raise DataError(f"{folder}: {period.id}: no period is called {period.after}")
    return found


def _period(path: Path, key: str, entry: Any) -> Period:
    fields = strict_yaml.mapping(
        path,
        entry,
        required={"name", "event", "kind", "values", "rules", "act", "notes", "late", "says"},
        optional={"after", "open", "unless", "born"},
    )
    where = f"{path}: {key}"
    if fields["kind"] not in KINDS:
        raise DataError(f"{where}: kind {fields['kind']!r} is none of {sorted(KINDS)}")
    if fields["rules"] not in rules.shipped():
        raise DataError(f"{where}: no rules are called {fields['rules']}")
    for note in (*fields["notes"], *fields["late"]):
        if note not in notes.shipped():
            raise DataError(f"{where}: no note is called {note}")
    if "born" in fields and type(fields["born"]) is not date:
        raise DataError(f"{where}: born must be a date, found {fields['born']!r}")
    if not fields["says"]:
        raise DataError(f"{where}: says must hold at least one phrase")
    values = _values(path, key, fields["values"])
    if any(value.length is None for value in values) != ("open" in fields):
        raise DataError(f"{where}: open belongs to a length of null, and only to it")
    return Period(
        id=key,
        field=path.stem,
        name=fields["name"],
        event=fields["event"],
        kind=fields["kind"],
        values=values,
        rules=fields["rules"],
        act=notes.sentence(path, fields["act"]),
        notes=tuple(fields["notes"]),
        late=tuple(fields["late"]),
        says=tuple(fields["says"]),
        after=fields.get("after"),
        open=notes.sentence(path, fields["open"]) if "open" in fields else None,
        unless=tuple(fields.get("unless", ())),
        born=fields.get("born"),
    )


def _values(path: Path, key: str, entries: Any) -> tuple[Value, ...]:
    if not isinstance(entries, list) or not entries:
        raise DataError(f"{path}: {key}: values must be a list with at least one entry")
    values = tuple(_value(path, key, entry) for entry in entries)
    starts = [value.start for value in values]
    if starts != sorted(set(starts)):
        raise DataError(f"{path}: {key}: from dates must be different and in order")
    return values


def _value(path: Path, key: str, entry: Any) -> Value:
    fields = strict_yaml.mapping(path, entry, required=VALUE_KEYS)
    for name in ("from", "checked_on"):
        if type(fields[name]) is not date:
            raise DataError(f"{path}: {key}: {name} must be a date, found {fields[name]!r}")
    length = fields["length"]
    if length is not None and (type(length) is not int or length <= 0):
        raise DataError(f"{path}: {key}: length must be a whole number above 0 or null")
    if fields["unit"] not in UNITS:
        raise DataError(f"{path}: {key}: unit {fields['unit']!r} is none of {sorted(UNITS)}")
    return Value(
        start=fields["from"],
        length=length,
        unit=fields["unit"],
        reference=fields["reference"],
        proof=fields["proof"],
        checked_on=fields["checked_on"],
    )
