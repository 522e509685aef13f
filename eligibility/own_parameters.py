"""A deployment's own values: the region's hardship standard, the matters it adds.

They live in a folder of the deployment's own, named by the setting ELIGIBILITY_PARAMETERS, in the
same form as the files that ship. A value holds from its date on, over what ships; what the law
itself sets cannot be changed there.
"""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from eligibility import parameters
from eligibility.errors import DataError
from eligibility.matters import all_matters
from eligibility.parameters import Dated, Parameter, Parameters, Value

SETTING = "ELIGIBILITY_PARAMETERS"


def in_use() -> Parameters:
    """Return the parameters that ship, with the deployment's own over them.

    Raises:
        DataError: naming the file, where the deployment's folder is missing or broken.
    """
    return merged(os.environ.get(SETTING, ""))


def own_folder() -> Path:
    """Return the deployment's own folder.

    Raises:
        DataError: the setting is empty.
    """
    if not os.environ.get(SETTING):
        raise DataError(f"{SETTING}: set it to a folder of your own first")
    return Path(os.environ[SETTING])


@lru_cache(maxsize=8)
def merged(folder: str) -> Parameters:
    """Return the shipped parameters with those of a folder over them; "" means none.

    Raises:
        DataError: naming the folder or file at fault.
    """
    shipped = parameters.shipped()
    if not folder:
        return shipped
    if not Path(folder).is_dir():
        raise DataError(f"{SETTING}: {folder} is not a folder")
    if not any(path.is_file() for path in Path(folder).rglob("*")):
        return shipped
    own = parameters.read(Path(folder)).by_name
    for name, parameter in own.items():
        _check_name(shipped, name, f"{folder}/{name}.yml")
        for dated in parameter.values:
            _check_value(shipped.by_name[name], dated.value, f"{folder}/{name}.yml")
    return Parameters(
        {name: _over(known, own.get(name)) for name, known in shipped.by_name.items()}
    )


def _over(shipped: Parameter, own: Parameter | None) -> Parameter:
    """Return a parameter whose own values replace what ships from their first day on."""
    if own is None:
        return shipped
    before = tuple(dated for dated in shipped.values if dated.start < own.values[0].start)
    return replace(shipped, values=(*before, *own.values))


def _check_name(shipped: Parameters, name: str, where: str) -> None:
    local = [key for key, parameter in shipped.by_name.items() if parameter.local]
    if name in local:
        return
    why = "the law itself sets it" if name in shipped.by_name else "there is no such parameter"
    raise DataError(f"{where}: {name}: {why}; yours to set: {', '.join(local)}")


def _check_value(known: Parameter, value: Value, where: str) -> None:
    """Refuse a value of the wrong kind; null is always allowed: it ends a rule."""
    if value is None:
        return
    if known.local == "amount":
        if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
            raise DataError(f"{where}: value: expected yuan, more than zero, found {value!r}")
        return
    if not isinstance(value, tuple):
        raise DataError(f"{where}: value: expected a list of matters, found {value!r}")
    if unknown := [matter for matter in value if matter not in all_matters()]:
        known_ids = ", ".join(all_matters())
        raise DataError(f"{where}: value: {unknown[0]} is no matter; known: {known_ids}")


def set_value(
    folder: Path, name: str, value: Value, start: date, reference: str, checked_on: date
) -> Path:
    """Write a value that holds from a day on into the deployment's folder; return the file.

    Raises:
        DataError: naming what is wrong; nothing is written then.
    """
    shipped = parameters.shipped()
    _check_name(shipped, name, "NAME")
    _check_value(shipped.by_name[name], value, "--value")
    if not reference.strip():
        raise DataError("--reference: name the document that sets the value")
    path = folder / f"{name}.yml"
    earlier = parameters.read(folder).by_name[name].values if path.exists() else ()
    if start in [dated.start for dated in earlier]:
        raise DataError(f"--from: {path} already has a value from {start.isoformat()}")
    added = Dated(start, value, reference, checked_on)
    values = sorted((*earlier, added), key=lambda dated: dated.start)
    _write(path, replace(shipped.by_name[name], values=tuple(values)))
    merged.cache_clear()
    return path


def _write(path: Path, parameter: Parameter) -> None:
    """Write the file whole or not at all."""
    entries = [_entry(dated) for dated in parameter.values]
    document = {
        "description": parameter.description,
        "unit": parameter.unit,
        "local": parameter.local,
        "values": entries,
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.partial")
    text = yaml.safe_dump(document, allow_unicode=True, sort_keys=False)
    partial.write_text(text, encoding="utf-8")
    partial.replace(path)


def _entry(dated: Dated) -> dict[str, Any]:
    value = list(dated.value) if isinstance(dated.value, tuple) else dated.value
    entry = {
        "from": dated.start,
        "value": value,
        "reference": dated.reference,
        "checked_on": dated.checked_on,
    }
    return entry if dated.proof is None else {**entry, "proof": dated.proof}
