"""What is asked is found: several questions in one message, and one inside a long story."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from actions.understanding import MOST_QUESTIONS, questions_in, the_question_in

FOLDER = Path(__file__).parent / "understanding"


def cases(name: str) -> list[dict[str, Any]]:
    """Return the cases of a file."""
    return list(yaml.safe_load((FOLDER / f"{name}.yml").read_text("utf-8")))


@pytest.mark.parametrize("case", cases("questions"), ids=lambda case: case["text"][:24])
def test_each_question_of_a_message_is_found_in_its_order(case: dict[str, Any]) -> None:
    found = questions_in(case["text"])
    assert len(found) == len(case["asks"]), found
    assert [word in one for word, one in zip(case["asks"], found, strict=True)] == [True] * len(
        found
    ), found


def test_a_message_with_one_question_comes_back_whole() -> None:
    text = " 老板欠我三个月工资。他说没钱。我该怎么办？我在呼市。 "
    assert questions_in(text) == [text.strip()]


def test_the_last_question_keeps_what_is_told_after_it() -> None:
    first, second = questions_in("工资不给怎么办？受伤算工伤吗？是在工地上伤的。")
    assert first == "工资不给怎么办？"
    assert second.endswith("是在工地上伤的。")


def test_a_flood_of_questions_is_one_story() -> None:
    flood = "".join(f"第{n}件东西能退吗？" for n in "甲乙丙丁戊己庚辛")
    assert len(questions_in(flood)) == 1 < MOST_QUESTIONS


@pytest.mark.parametrize("case", cases("stories"), ids=lambda case: case["asks"][0])
def test_the_question_inside_a_story_is_found(case: dict[str, Any]) -> None:
    found = the_question_in(case["text"])
    assert [word for word in case["asks"] if word not in found] == []
    assert len(found) <= len(case["text"]) * case.get("share", 0.5), found


def test_a_short_text_and_one_without_a_question_come_back_whole() -> None:
    assert the_question_in(" 离婚 ") == "离婚"
    told = "我在厂里干了三年。" * 20
    assert the_question_in(told) == told
