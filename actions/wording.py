"""The words the actions say; they live in words/*.yml, one file per goal."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from actions.errors import ActionError

FOLDER = Path(__file__).parent / "words"


class WordingError(ActionError):
    """A text that the code asks for is not in the files."""


def say(goal: str, key: str, **values: Any) -> str:
    """Return the text `key` of words/<goal>.yml with its {places} filled in.

    Raises:
        WordingError: there is no such text, or a place has no value.
    """
    text = _text(goal, key)
    if not isinstance(text, str):
        raise WordingError(f"{goal}.yml: {key} is not a text")
    try:
        return text.strip().format(**values)
    except KeyError as error:
        raise WordingError(f"{goal}.yml: {key}: no value for {error}") from error


def listed(goal: str, key: str) -> list[str]:
    """Return the list `key` of words/<goal>.yml.

    Raises:
        WordingError: there is no such list.
    """
    words = _text(goal, key)
    if not isinstance(words, list):
        raise WordingError(f"{goal}.yml: {key} is not a list")
    return words


def holds(goal: str, key: str, text: str) -> bool:
    """Return whether a text has one of the signs listed under `key` of words/<goal>.yml.

    Signs are regular expressions.

    Raises:
        WordingError: there is no such list.
    """
    return any(compiled(sign).search(text) for sign in listed(goal, key))


@cache
def compiled(sign: str) -> re.Pattern[str]:
    """Return a sign as a pattern.

    They are more than `re` remembers (512), and it would compile them anew in every turn.
    """
    return re.compile(sign)


def numbers(goal: str, key: str) -> list[int]:
    """Return the whole numbers listed under `key` of words/<goal>.yml.

    Raises:
        WordingError: there is no such list.
    """
    return [int(number) for number in listed(goal, key)]


def grouped(goal: str, key: str) -> dict[str, list[str]]:
    """Return the lists by id under `key` of words/<goal>.yml.

    Raises:
        WordingError: there are none.
    """
    words = _text(goal, key)
    if not isinstance(words, dict):
        raise WordingError(f"{goal}.yml: {key} is not a group of lists")
    return words


def entries(goal: str) -> dict[str, dict[str, Any]]:
    """Return all of words/<goal>.yml where each key holds several texts."""
    return dict(_file(goal))


def records(goal: str, key: str) -> list[dict[str, Any]]:
    """Return the entries listed under `key` of words/<goal>.yml.

    Raises:
        WordingError: there are none.
    """
    words = _text(goal, key)
    if not isinstance(words, list) or not all(isinstance(one, dict) for one in words):
        raise WordingError(f"{goal}.yml: {key} is not a list of entries")
    return words


def options(*keys: str) -> list[str]:
    """Return the words of options that the citizen can tap or type back."""
    return [say("options", key) for key in keys]


def all_options() -> list[str]:
    """Return the words of every option that has a name."""
    return [str(words) for words in _file("options").values()]


def _text(goal: str, key: str) -> Any:
    texts = _file(goal)
    if key not in texts:
        raise WordingError(f"{goal}.yml has no {key}")
    return texts[key]


@cache
def _file(goal: str) -> dict[str, Any]:
    texts = yaml.safe_load((FOLDER / f"{goal}.yml").read_text(encoding="utf-8"))
    if not isinstance(texts, dict):
        raise WordingError(f"{goal}.yml holds no texts")
    return texts
