"""Values the law or a region sets, each in its own file with the dates it holds from.

A file's path below the folder, without its ending, is the parameter's name. Before its first date a
parameter has no value; `value: null` ends a rule, or says that the value is not known to us.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from eligibility import strict_yaml
from eligibility.errors import DataError

FOLDER = Path(__file__).parent / "parameters"
LOCAL_KINDS = ("amount", "matters")

Value = bool | int | float | str | tuple[str, ...] | None


@dataclass(frozen=True)
class Dated:
    """A value that holds from a day on, with the rule that says so and the day it was checked."""

    start: date
    value: Value
    reference: str
    checked_on: date
    proof: str | None = None


@dataclass(frozen=True)
class Parameter:
    """One value over time, oldest first.

    `local` says what kind of value a region or institution may set: an `amount` of yuan or a list
    of `matters`; None where the law itself sets the value.
    """

    name: str
    description: str
    unit: str
    values: tuple[Dated, ...]
    local: str | None = None

    def at(self, on: date) -> Dated | None:
        """Return the entry in force on that day, or None before the first."""
        return next((dated for dated in reversed(self.values) if dated.start <= on), None)


@dataclass(frozen=True)
class Parameters:
    """All parameters of a folder, by name."""

    by_name: dict[str, Parameter]

    def value(self, name: str, on: date) -> Value:
        """Return the value in force on that day; None where there is none or it is not known.

        Raises:
            DataError: no parameter has that name.
        """
        if name not in self.by_name:
            raise DataError(f"no parameter is called {name}")
        dated = self.by_name[name].at(on)
        return dated.value if dated else None

    def number(self, name: str, on: date) -> int | float | None:
        """Return a numeric value in force on that day, or None.

        Raises:
            DataError: no parameter has that name, or its value is not a number.
        """
        value = self.value(name, on)
        if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
            return value
        raise DataError(f"{name}: {value!r} is not a number")


def _value(path: Path, value: Any) -> Value:
    if isinstance(value, list):
        if not all(isinstance(item, str) for item in value):
            raise DataError(f"{path}: a list may hold only text")
        return tuple(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    raise DataError(f"{path}: value {value!r} is of no known kind")


def _dated(path: Path, entry: Any) -> Dated:
    fields = strict_yaml.mapping(
        path,
        entry,
        required={"from", "value", "reference", "checked_on"},
        optional={"proof"},
    )
    for key in ("from", "checked_on"):
        if type(fields[key]) is not date:
            raise DataError(f"{path}: {key} must be a date, found {fields[key]!r}")
    for key in ("reference", "proof"):
        if key in fields and not (isinstance(fields[key], str) and fields[key].strip()):
            raise DataError(f"{path}: {key} must be text")
    return Dated(
        start=fields["from"],
        value=_value(path, fields["value"]),
        reference=fields["reference"],
        checked_on=fields["checked_on"],
        proof=fields.get("proof"),
    )


def _parameter(path: Path, name: str) -> Parameter:
    fields = strict_yaml.mapping(
        path,
        strict_yaml.load(path),
        required={"description", "unit", "values"},
        optional={"local"},
    )
    if fields.get("local") not in (None, *LOCAL_KINDS):
        raise DataError(f"{path}: unknown local {fields['local']!r}")
    if not isinstance(fields["values"], list) or not fields["values"]:
        raise DataError(f"{path}: values must be a list with at least one entry")
    values = tuple(_dated(path, entry) for entry in fields["values"])
    starts = [dated.start for dated in values]
    if starts != sorted(set(starts)):
        raise DataError(f"{path}: from dates must be different and in order")
    return Parameter(
        name, str(fields["description"]), str(fields["unit"]), values, fields.get("local")
    )


def read(folder: Path) -> Parameters:
    """Read every parameter file below a folder.

    Raises:
        DataError: naming the file that is broken, or a folder without parameters.
    """
    found: dict[str, Parameter] = {}
    for path in sorted(folder.rglob("*")):
        if path.is_dir():
            continue
        if path.suffix != ".yml":
            raise DataError(f"{path}: only .yml files belong among the parameters")
        name = path.relative_to(folder).with_suffix("").as_posix()
        found[name] = _parameter(path, name)
    if not found:
        raise DataError(f"{folder}: no parameters here")
    return Parameters(found)


@lru_cache(maxsize=1)
def shipped() -> Parameters:
    """Return the parameters that ship with the package."""
    return read(FOLDER)
