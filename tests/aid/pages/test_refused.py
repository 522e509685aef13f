"""After a refusal: the steps with their articles and last days, and what to put forward."""

from __future__ import annotations

import pytest

from aid.words import words
from eligibility import setback_questions
from eligibility.remedy_rules import STARTS, all_remedies
from tests.aid.pages.conftest import ROOT
from tests.aid.pages.visitor import Visitor


@pytest.mark.parametrize("label", [rule.label for rule in all_remedies().values()])
async def test_every_setback_has_steps_with_articles(label: str, visitor: Visitor) -> None:
    page = await visitor.press(await visitor.open(f"{ROOT}/refused"), label)
    assert page.status == 200
    assert page.heading == f"{label}：怎么办"
    assert "第" in page.text
    assert page.tree.xpath("//ol[@class='steps']/li")


async def test_the_reason_given_leaves_what_can_be_said_against_it(visitor: Visitor) -> None:
    page = await visitor.press(await visitor.open(f"{ROOT}/refused"), "机构不给援助")
    everything = len(page.tree.xpath("//details/ul/li"))
    narrowed = await visitor.press(page, "看一看", why="hardship")
    assert 0 < len(narrowed.tree.xpath("//details[@open]/ul/li")) < everything
    assert "第四十二条" in narrowed.text


async def test_a_day_in_words_gives_the_last_day(visitor: Visitor) -> None:
    page = await visitor.press(await visitor.open(f"{ROOT}/refused"), "司法行政部门维持")
    told = await visitor.press(page, "看一看", day__answered_on="2026年3月2日")
    assert "2026年5月1日" in told.text or "2026年5月6日" in told.text
    assert "先别放弃" in told.text


async def test_a_day_that_is_not_understood_is_said_to_be_so(visitor: Visitor) -> None:
    page = await visitor.press(await visitor.open(f"{ROOT}/refused"), "司法行政部门维持")
    told = await visitor.press(page, "看一看", day__answered_on="很久很久")
    assert words()["errors"]["when_unclear"] in told.text


async def test_a_setback_or_reason_that_does_not_exist_is_refused(visitor: Visitor) -> None:
    for fields in ({"event": "rained"}, {"event": "refused", "why": "rained"}):
        assert (await visitor.send(f"{ROOT}/refused", fields)).status == 400


def test_every_day_has_words() -> None:
    assert set(words()["days"]) == set(STARTS)


async def test_the_reasons_are_those_that_the_chat_asks_for(visitor: Visitor) -> None:
    """One place for their words: eligibility/setback_questions.yml."""
    page = await visitor.press(await visitor.open(f"{ROOT}/refused"), "机构不给援助")
    asked = [option.label for option in setback_questions().why["refused"].options]
    assert [
        label.text_content().strip() for label in page.tree.xpath("//label[input/@name='why']")
    ] == asked
