"""Plain, short and misspelt answers are understood, and what is no answer is not made one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from eligibility import UNKNOWN, Question, parse_answer, question

from .conftest import TODAY

SAID: dict[str, dict[Any, list[str]]] = yaml.safe_load(
    Path(__file__).with_name("plain_answers.yml").read_text("utf-8")
)
NOT_TAKEN = "not_taken"


def _asked(key: str) -> Question:
    fact_id, _, for_whom = key.partition("@")
    return replace(question(fact_id, TODAY), for_whom=for_whom or None)


@pytest.mark.parametrize(
    ("key", "value"), [(key, value) for key in SAID for value in SAID[key] if value != NOT_TAKEN]
)
def test_plain_answer_is_understood(key: str, value: Any) -> None:
    heard = {text: parse_answer(_asked(key), text) for text in SAID[key][value]}
    assert heard == dict.fromkeys(SAID[key][value], value)


@pytest.mark.parametrize("key", [key for key in SAID if NOT_TAKEN in SAID[key]])
def test_what_is_no_answer_is_not_taken_for_one(key: str) -> None:
    """Told of another person, of something else, or a bare number where no list was shown."""
    said = SAID[key][NOT_TAKEN]
    heard = {text: parse_answer(_asked(key), text, picks=False) for text in said}
    assert {text: value for text, value in heard.items() if value not in (None, UNKNOWN)} == {}


def test_a_bare_number_picks_only_where_a_list_was_shown() -> None:
    asked = question("region", TODAY)
    assert parse_answer(asked, "11") == "xilingol"
    assert parse_answer(asked, "11", picks=False) is None


def test_a_number_in_front_of_words_leaves_the_answer_to_the_words() -> None:
    assert parse_answer(question("for_whom", TODAY), "1 娃4岁") == "child"
    assert parse_answer(question("victim_of_abuse", TODAY), "2 娃4岁") is False
