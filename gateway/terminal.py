"""The sentences of the commands, from ``data/terminal.yml``; light to import."""

from functools import cache
from pathlib import Path

import yaml

PATH = Path(__file__).parent / "data" / "terminal.yml"


def sentence(key: str, /, **values: object) -> str:
    """Returns one sentence with its values filled in."""
    return _sentences()[key].format(**values)


@cache
def _sentences() -> dict[str, str]:
    sentences: dict[str, str] = yaml.safe_load(PATH.read_text("utf-8"))
    return sentences
