"""YAML as data files here must be: no key twice, and errors that name the file."""

from collections.abc import Hashable
from pathlib import Path
from typing import Any

import yaml

from knowledge.errors import ContentError


class _StrictLoader(yaml.CSafeLoader):
    """A safe loader, of libyaml for its speed, that refuses a repeated key."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"key {key!r} is there twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)


def parse(text: str, source: Path) -> Any:
    """Parse one YAML document.

    Args:
        text: the YAML text.
        source: the file it came from, for error messages.

    Raises:
        ContentError: it is not YAML, or a key is repeated.
    """
    try:
        return yaml.load(text, Loader=_StrictLoader)  # noqa: S506 (subclass of CSafeLoader)
    except yaml.YAMLError as error:
        raise ContentError(f"{source}: {' '.join(str(error).split())}") from error


def read(path: Path) -> Any:
    """Read one YAML file; errors as in `parse`."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise ContentError(f"{path}: cannot be read ({error.strerror})") from error
    return parse(text, path)
