"""A helper answers one question at a time and gets a result; nothing is stored on the way."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from aid.tables import Checklist
from aid.words import words
from tests.aid.pages.conftest import ROOT, Sessions
from tests.aid.pages.visitor import Page, Visitor


async def answered(visitor: Visitor, *labels: str) -> Page:
    """Return the page after pressing one button after the other."""
    page = await visitor.open(ROOT)
    for label in labels:
        page = await visitor.press(page, label)
    return page


VIOLENCE = ("家庭暴力", "给我自己", "赤峰市", "没请", "还没开始", "都没有")


async def test_a_beaten_wife_hears_that_she_may_qualify_and_110_first(
    visitor: Visitor, sessions: Sessions
) -> None:
    page = await answered(visitor, *VIOLENCE)
    assert page.status == 200
    assert page.heading == "初步看：可能符合"
    assert "初步判断，由法律援助机构决定" in page.text
    assert "《法律援助法》第三十二条" in page.text
    assert page.text.index("先打 110") < page.text.index("为什么")
    async with sessions() as session:
        assert await session.scalar(select(func.count(Checklist.link))) == 0


async def test_own_words_answer_a_long_list(visitor: Visitor) -> None:
    page = await visitor.press(await visitor.open(ROOT), "下一步", said="老板欠我三个月工资")
    assert page.heading == "这件事是给谁办的？"
    assert "讨要工资" in page.text


async def test_words_that_are_not_understood_ask_again(visitor: Visitor) -> None:
    page = await visitor.press(await visitor.open(ROOT), "下一步", said="嗯嗯啊啊")
    assert page.status == 422
    assert words()["errors"]["not_understood"] in page.text
    assert "讨要工资" in page.text


async def test_several_groups_can_be_ticked(visitor: Visitor) -> None:
    page = await answered(visitor, "讨要工资", "给我自己")
    page = await visitor.press(page, "勾好了", answer=["migrant_worker", "disabled"])
    assert "没有固定收入的残疾人、进城务工的农民、牧民" in page.text


async def test_ticking_nothing_or_both_asks_again(visitor: Visitor) -> None:
    asked = await answered(visitor, "讨要工资", "给我自己")
    nothing = await visitor.press(asked, "勾好了")
    assert words()["errors"]["nothing_chosen"] in nothing.text
    both = await visitor.press(asked, "都不是", answer=["migrant_worker"])
    assert words()["errors"]["contradiction"] in both.text
    assert both.heading == asked.heading


async def test_an_answer_can_be_changed_and_the_others_stay(visitor: Visitor) -> None:
    page = await answered(visitor, *VIOLENCE)
    page = await visitor.press(page, "改发生在哪里")
    page = await visitor.press(page, "通辽市")
    assert page.heading == "初步看：可能符合"
    assert "通辽市" in page.text
    assert "赤峰市" not in page.text


async def test_what_is_not_clear_can_be_said_so_and_asked_again(visitor: Visitor) -> None:
    page = await answered(visitor, "家庭暴力", "给我自己", "不清楚", "没请", "还没开始", "都没有")
    assert "补上：发生在哪里" in page.text
    page = await visitor.press(page, "补上：发生在哪里")
    assert "盟市" in page.heading


async def test_nobody_is_told_that_they_do_not_qualify(visitor: Visitor) -> None:
    page = await answered(visitor, "讨要工资", "给我自己", "都不是", "包头市", "不算困难", "请了")
    assert page.heading in ("初步看：可能不符合", "初步看：需要核实")
    assert "12348" in page.text


async def test_the_answers_are_in_the_form_and_not_in_the_address(visitor: Visitor) -> None:
    page = await answered(visitor, *VIOLENCE)
    assert page.path == f"{ROOT}/"
    assert 'name="fact.matter" value="domestic_violence"' in page.body.decode()


@pytest.mark.parametrize(
    "fields",
    [
        {"fact.matter": "witchcraft"},
        {"fact.nothing": "1"},
        {"fact.region": ["hohhot", "baotou"]},
        {"fact.monthly_income_per_person": "many"},
        {"fact.has_lawyer": "maybe"},
        {"asked": "nothing", "answer": "x"},
        {"change": "nothing"},
        {"asked": "matter", "answer": "witchcraft"},
    ],
)
async def test_a_form_that_was_tampered_with_is_refused_with_a_sentence(
    fields: dict[str, str | list[str]], visitor: Visitor
) -> None:
    pairs = [
        (name, item)
        for name, value in fields.items()
        for item in ([value] if isinstance(value, str) else value)
    ]
    page = await visitor.send(f"{ROOT}/", pairs)
    assert page.status == 400
    assert page.heading == words()["errors"]["bad_form"]


async def test_ways_that_are_not_known_locally_are_said_to_be_unknown(visitor: Visitor) -> None:
    page = await answered(visitor, *VIOLENCE)
    assert "邮寄：当地能不能这样办，我们手上没有规定，请打 12348 问。" in page.text
    assert "《法律援助法》第十三条" in page.text
