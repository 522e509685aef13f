"""From what happened and when to the last day, with the reasoning."""

from __future__ import annotations

from aid.words import words
from eligibility.radar import shipped
from tests.aid.pages.conftest import ROOT
from tests.aid.pages.visitor import Page, Visitor


async def asked(visitor: Visitor, said: str, when: str) -> Page:
    page = await visitor.open(f"{ROOT}/deadline")
    return await visitor.press(page, "算", said=said, when=when)


async def test_a_clear_event_and_day_give_the_last_day_with_articles(visitor: Visitor) -> None:
    page = await asked(visitor, "收到民事一审判决", "2026年11月2日")
    assert "2026年11月17日" in page.text
    assert "《民事诉讼法》第一百七十一条" in page.text
    assert "现在做什么" in page.text


async def test_an_event_that_may_mean_several_is_asked_back(visitor: Visitor) -> None:
    page = await asked(visitor, "收到判决", "2026年11月2日")
    assert "是哪一种？" in page.text
    chosen = await visitor.press(page, "刑事")
    assert "2026年11月12日" in chosen.text


async def test_a_day_that_may_mean_several_is_asked_back(visitor: Visitor) -> None:
    page = await asked(visitor, "收到民事一审判决", "上周三")
    assert "是哪一天？" in page.text
    options = page.tree.xpath("//button[@name='day']")
    assert len(options) == 2
    told = await visitor.press(page, options[0].text_content())
    assert "怎么算的" in told.text


async def test_a_day_that_is_missing_is_asked_for(visitor: Visitor) -> None:
    page = await asked(visitor, "收到民事一审判决", "")
    assert "是哪一天？" in page.text
    told = await visitor.press(page, "算", when="2026年11月2日")
    assert "2026年11月17日" in told.text


async def test_a_passed_day_still_has_a_way_on(visitor: Visitor) -> None:
    page = await asked(visitor, "收到民事一审判决", "2025年1月6日")
    assert "现在做什么" in page.text
    assert "12348" in page.text


async def test_words_that_mean_no_period_ask_again(visitor: Visitor) -> None:
    page = await asked(visitor, "今天天气很好", "昨天")
    assert page.status == 422
    assert words()["errors"]["not_understood"] in page.text


async def test_every_period_can_be_answered(visitor: Visitor) -> None:
    for period in shipped():
        page = await visitor.send(
            f"{ROOT}/deadline", {"period": period, "day": "2026-11-02", "said": "", "when": ""}
        )
        assert page.status == 200, period
        assert "怎么算的" in page.text, period


async def test_tampered_fields_are_refused(visitor: Visitor) -> None:
    one = next(iter(shipped()))
    for fields in ({"period": "nothing"}, {"period": one, "day": "soon"}):
        assert (await visitor.send(f"{ROOT}/deadline", fields)).status == 400
