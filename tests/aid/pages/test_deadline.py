"""From what happened and when to the last day, with the reasoning."""

from __future__ import annotations

from datetime import date, timedelta

from icalendar import Calendar

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


async def on_the_calendar(visitor: Visitor, period: str, day: str) -> Calendar:
    sent = await visitor.send(f"{ROOT}/deadline/calendar", {"period": period, "day": day})
    assert sent.status == 200
    return Calendar.from_ical(sent.body)


async def test_a_last_day_can_be_put_on_the_calendar_of_a_phone(visitor: Visitor) -> None:
    """Received on 16 November: the last day is 1 December."""
    page = await asked(visitor, "收到民事一审判决", "2026年11月16日")
    sent = await visitor.press(page, "放进手机日历")
    (event,) = Calendar.from_ical(sent.body).walk("VEVENT")
    assert event.decoded("dtstart") == date(2026, 12, 1)
    alarms = sorted(alarm.decoded("trigger") for alarm in event.walk("VALARM"))
    assert alarms == [timedelta(hours=9) - timedelta(days=days) for days in (7, 3, 1, 0)]


async def test_the_calendar_names_no_matter(visitor: Visitor) -> None:
    calendar = await on_the_calendar(visitor, "civil_appeal_judgment", "2026-11-16")
    assert "判决" not in calendar.to_ical().decode()
    assert "上诉" not in calendar.to_ical().decode()


async def test_the_calendar_has_the_last_working_day_before_a_rest_day(visitor: Visitor) -> None:
    """Fifteen days after a Friday end on a Saturday; the law on awards does not move it."""
    page = await asked(visitor, "收到劳动仲裁裁决书，不服起诉", "2026年11月13日")
    assert "最后一天是休息日" in page.text
    (event,) = Calendar.from_ical((await visitor.press(page, "放进手机日历")).body).walk("VEVENT")
    assert event.decoded("dtstart") == date(2026, 11, 27)


async def test_only_alarms_to_come_ring(visitor: Visitor) -> None:
    """Today is 22 November, the last day the 24th."""
    calendar = await on_the_calendar(visitor, "civil_appeal_judgment", "2026-11-09")
    alarms = [alarm.decoded("trigger") for alarm in calendar.walk("VALARM")]
    assert alarms == [timedelta(hours=9) - timedelta(days=1), timedelta(hours=9)]


async def test_a_passed_day_is_no_day_for_the_calendar(visitor: Visitor) -> None:
    page = await asked(visitor, "收到民事一审判决", "2025年1月6日")
    assert "放进手机日历" not in page.text
    fields = {"period": "civil_appeal_judgment", "day": "2025-01-06"}
    assert (await visitor.send(f"{ROOT}/deadline/calendar", fields)).status == 400
