"""Twenty lives: what people say goes through the interview to the result that the law asks for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eligibility import UNKNOWN, Facts, next_question, parse_answer, strict_yaml
from eligibility.case_outcomes import of_facts
from eligibility.cases import missed
from eligibility.parameters import shipped

from .conftest import TODAY

FOLDER = Path(__file__).parent / "stories"
STORIES = [
    strict_yaml.mapping(path, story, required={"story", "law", "says", "expect"})
    for path in sorted(FOLDER.glob("*.yml"))
    for story in strict_yaml.load(path)
]


def _interview(says: dict[str, str]) -> tuple[Facts, list[str]]:
    facts, asked = Facts(), []
    while (following := next_question(facts, TODAY)) is not None:
        asked.append(following.id)
        value = parse_answer(following, says.get(following.id, "不知道"))
        assert value is not None, f"{following.id}: {says[following.id]} was not understood"
        facts = facts.answered(following.id, value)
    return facts, asked


def test_there_are_twenty_stories() -> None:
    assert len(STORIES) == 20


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["story"][:12])
def test_story_ends_as_the_law_says(story: dict[str, Any]) -> None:
    facts, asked = _interview(story["says"])
    expect = {key: wanted for key, wanted in story["expect"].items() if key != "asked"}
    assert missed(expect, of_facts(facts, TODAY, shipped())) == []
    assert len(asked) <= story["expect"]["asked"], asked


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story["story"][:12])
def test_nothing_is_asked_that_the_story_has_no_answer_to(story: dict[str, Any]) -> None:
    facts, asked = _interview(story["says"])
    assert set(asked) <= set(story["says"])
    assert UNKNOWN not in facts.to_dict().values() or story["says"].keys() == {"matter"}
