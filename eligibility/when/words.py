"""The words and shapes of days, which are data, as compiled patterns."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from eligibility import strict_yaml
from eligibility.errors import DataError

HERE = Path(__file__).parent
NUMBER = r"(?:\d{1,2}|[〇零一二两三四五六七八九十]{1,3}|半)"
COUNT = r"(?:(?<!\d)\d{1,4}|[一二两三四五六七八九十百]{1,5}|半)"
CHINESE_NUMBER = r"[一二三四五六七八九十]{1,3}"
YEAR = r"(?:\d{4}|\d{2}|[〇零一二三四五六七八九]{4}|[〇零一二三四五六七八九]{2})"
NUMERALS = {"n": NUMBER, "m": COUNT, "c": CHINESE_NUMBER, "y": YEAR}
FESTIVALS = ("solar_festivals", "lunar_festivals", "eve_festivals", "term_festivals")


@dataclass(frozen=True)
class Shape:
    """A way of saying a day: what kind of reading it takes, and the pattern it is found by."""

    kind: str
    pattern: re.Pattern[str]


@lru_cache(maxsize=1)
def words() -> dict[str, Any]:
    """Return the words by kind.

    Raises:
        DataError: the file is broken.
    """
    found = strict_yaml.load(HERE / "words.yml")
    if not isinstance(found, dict):
        raise DataError(f"{HERE / 'words.yml'}: expected words by kind")
    return found


@lru_cache(maxsize=1)
def shapes() -> tuple[Shape, ...]:
    """Return every shape with its words filled in."""
    return read(HERE / "patterns.yml")


def read(path: Path) -> tuple[Shape, ...]:
    """Read a file of shapes.

    Raises:
        DataError: naming the file and the pattern at fault.
    """
    found = []
    for entry in strict_yaml.load(path):
        fields = strict_yaml.mapping(path, entry, required={"kind", "pattern"})
        try:
            pattern = re.sub(r"<(\w+)>", _fill, _guard(fields["pattern"]))
            found.append(Shape(fields["kind"], re.compile(_unguard(pattern))))
        except (re.error, KeyError) as error:
            raise DataError(f"{path}: {fields['pattern']}: {error}") from error
    return tuple(found)


def _guard(pattern: str) -> str:
    """Keep the names of groups from being read as kinds of words."""
    return re.sub(r"\(\?P<(\w+)>", r"(?P«\1»", pattern)


def _unguard(pattern: str) -> str:
    return re.sub(r"\(\?P«(\w+)»", r"(?P<\1>", pattern)


def _fill(match: re.Match[str]) -> str:
    kind = match[1]
    if kind in NUMERALS:
        return NUMERALS[kind]
    listed = festival_names() if kind == "festivals" else words()[kind]
    return "(?:" + "|".join(sorted(map(re.escape, listed), key=len, reverse=True)) + ")"


def festival_names() -> list[str]:
    """Return the names of all festivals."""
    return [name for kind in FESTIVALS for name in words()[kind]]


def note(key: str, **values: Any) -> str:
    """Return a sentence on what was assumed; days are written out in figures."""
    shown = {name: f"{day.year}年{day.month}月{day.day}日" for name, day in values.items()}
    return str(words()["notes"][key].format(**shown))


def question(key: str) -> str:
    """Return a question to ask back."""
    return str(words()["questions"][key])
