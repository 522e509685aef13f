"""YAML that refuses what it does not know: repeated keys, unknown keys, missing keys."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from eligibility.errors import DataError

_BOOL = "tag:yaml.org,2002:bool"


class _StrictLoader(yaml.SafeLoader):
    """A safe loader for which a repeated key is an error, not the last one winning.

    As in YAML 1.2 only true and false are booleans; `on`, `yes` and `no` are words.
    """

    yaml_implicit_resolvers = {  # noqa: RUF012 (replaces the base class's attribute)
        first: [(tag, pattern) for tag, pattern in resolvers if tag != _BOOL]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[Any] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if not isinstance(key, str):
                raise yaml.constructor.ConstructorError(
                    None, None, f"key {key!r} is not text", key_node.start_mark
                )
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"key {key!r} occurs twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep=deep)


_StrictLoader.add_implicit_resolver(_BOOL, re.compile("^(?:true|false)$"), ["t", "f"])


def load(path: Path) -> Any:
    """Return what the file holds.

    Raises:
        DataError: the file cannot be read, is not YAML, or repeats a key.
    """
    try:
        with path.open(encoding="utf-8") as stream:
            return yaml.load(stream, Loader=_StrictLoader)  # noqa: S506 (a SafeLoader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise DataError(f"{path}: {error}") from error


def mapping(
    path: Path, value: Any, *, required: set[str], optional: set[str] | None = None
) -> dict[str, Any]:
    """Return value as a mapping that has all required keys and no unknown one.

    Raises:
        DataError: naming the file and the keys at fault.
    """
    if not isinstance(value, dict):
        raise DataError(f"{path}: expected keys and values, found {value!r}")
    if missing := required - set(value):
        raise DataError(f"{path}: missing {', '.join(sorted(missing))}")
    if unknown := set(value) - required - (optional or set()):
        raise DataError(f"{path}: unknown {', '.join(sorted(unknown))}")
    return value
