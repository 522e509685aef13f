"""Reminders come only when asked for, name no matter, and follow the day."""

from __future__ import annotations

from datetime import date

import pytest

from actions.clock import today
from eligibility.radar import previous_working
from tests.actions.conftest import SENDER, TOLD, Calendar, Citizen
from tests.actions.reminding import ASK, CANCEL, GREETED, LAST, MINE, SEARCH, reminded
from tests.fakes.internal_api import WAGES, InternalApi


async def test_a_reminder_is_offered_and_none_is_set_by_itself(
    knows: Citizen, api: InternalApi
) -> None:
    assert "到时候提醒我" in knows.options
    assert api.reminders == {}


async def test_no_reminder_is_offered_where_the_day_has_passed(
    citizen: Citizen, calendar: Calendar
) -> None:
    await citizen.runs(ASK, "9月1日收到一审民事判决，不服上诉期限", "deadlines")
    assert "到时候提醒我" not in citizen.options


async def test_the_days_before_and_the_day_itself_are_asked_of_the_gateway(
    knows: Citizen, api: InternalApi
) -> None:
    await reminded(knows)
    days = sorted(one["on"] for one in api.reminders.values())
    assert days == ["2026-11-24", "2026-11-28", "2026-11-30", "2026-12-01"]
    assert {one["conversation"] for one in api.reminders.values()} == {SENDER}
    assert "11月24日" in knows.told
    assert "12月1日" in knows.told


async def test_a_reminder_names_no_matter(knows: Citizen, api: InternalApi) -> None:
    await reminded(knows)
    for one in api.reminders.values():
        assert not any(word in one["text"] for word in ("判决", "上诉", "法院", "案"))
    assert "还有 3 天" in api.reminders["civil_appeal_judgment:3"]["text"]


async def test_only_days_to_come_are_taken(
    knows: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    calendar.day = date(2026, 11, 28)
    await reminded(knows)
    assert sorted(one["on"] for one in api.reminders.values()) == ["2026-11-30", "2026-12-01"]


async def test_on_the_last_day_itself_nothing_is_left_to_remind_of(
    knows: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    calendar.day = LAST
    await reminded(knows)
    assert api.reminders == {}
    assert "今天就去办" in knows.told


async def test_a_last_day_on_a_rest_day_is_reminded_of_before_it(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    """An award received on Friday, 13 November: fifteen days end on Saturday; the law is silent."""
    await citizen.runs(ASK, "11月13日收到劳动仲裁裁决书，不服起诉期限", "deadlines")
    await reminded(citizen)
    assert previous_working(date(2026, 11, 28)) == date(2026, 11, 27)
    assert max(one["on"] for one in api.reminders.values()) == "2026-11-27"
    assert "休息日" in citizen.told


async def test_whoever_has_no_day_yet_is_asked_for_it(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await reminded(citizen)
    assert "我先给您算" in citizen.told
    assert api.reminders == {}


async def test_reminders_that_are_not_wanted_any_more_are_dropped(
    knows: Citizen, api: InternalApi
) -> None:
    await reminded(knows)
    await knows.runs(CANCEL, "别再提醒了", "cancel_reminder")
    assert api.reminders == {}
    assert knows.slots["reminded"] is None


async def test_another_day_for_the_same_period_drops_its_reminders(
    knows: Citizen, api: InternalApi
) -> None:
    await reminded(knows)
    await knows.runs(ASK, "11月17日收到一审民事判决，不服上诉期限", "deadlines")
    assert api.reminders == {}
    assert "原来的提醒取消了" in knows.told
    assert "到时候提醒我" in knows.options


async def test_another_period_keeps_the_reminders_of_the_first(
    knows: Citizen, api: InternalApi
) -> None:
    await reminded(knows)
    await knows.runs(ASK, "11月13日收到劳动仲裁裁决书，不服起诉期限", "deadlines")
    assert len(api.reminders) == 4
    await reminded(knows)
    await knows.runs(MINE, "什么日子", "my_deadline")
    assert "12月1日" in knows.told
    assert "11月28日" in knows.told


async def test_which_day_it_was_is_told_again(knows: Citizen, api: InternalApi) -> None:
    await reminded(knows)
    await knows.runs(MINE, "什么日子", "my_deadline")
    assert "12月1日" in knows.told


async def test_which_day_it_was_is_told_after_another_period_was_asked_about(
    knows: Citizen, api: InternalApi
) -> None:
    await reminded(knows)
    await knows.runs(ASK, "11月13日收到劳动仲裁裁决书，不服起诉期限", "deadlines")
    await knows.runs(MINE, "什么日子", "my_deadline")
    assert "12月1日" in knows.told


async def test_whoever_comes_back_near_the_day_is_told_once_a_day(
    knows: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    api.finds("answer", WAGES)
    calendar.day = date(2026, 11, 27)
    await knows.runs(SEARCH, "老板欠我工资", "ask_law")
    assert knows.told.endswith("您上次算的日子快到了，还有 4 天。看是哪天，说“什么日子”。")
    await knows.runs(SEARCH, "老板欠我工资", "ask_law")
    assert "快到了" not in knows.told
    calendar.day = date(2026, 11, 28)
    await knows.runs(GREETED, "你好", "greet")
    assert "还有 3 天" in knows.told


@pytest.mark.parametrize("day", [date(2026, 11, 18), date(2026, 11, 23), date(2026, 12, 2)])
async def test_nothing_is_added_on_the_same_day_far_from_it_or_after_it(
    knows: Citizen, api: InternalApi, calendar: Calendar, day: date
) -> None:
    api.finds("answer", WAGES)
    calendar.day = day
    assert today() == day
    await knows.runs(SEARCH, "老板欠我工资", "ask_law")
    assert "什么日子" not in knows.told


async def test_nothing_is_added_while_a_form_asks(
    knows: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    calendar.day = date(2026, 11, 27)
    knows.loop = "eligibility_form"
    await knows.runs("action_find_office", "去哪里申请", "find_office")
    assert "什么日子" not in knows.told


async def test_nothing_is_added_to_what_is_said_in_danger(
    knows: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    calendar.day = date(2026, 11, 27)
    await knows.runs("action_safety", "他要打死我", "danger")
    assert "什么日子" not in knows.told


async def test_a_gateway_that_does_not_answer_sets_no_reminder(
    citizen: Citizen, calendar: Calendar, no_api: None
) -> None:
    await citizen.runs(ASK, TOLD, "deadlines")
    await reminded(citizen)
    assert "提醒没能设好" in citizen.told
    assert citizen.slots.get("reminded") is None


async def test_reminders_that_could_not_be_dropped_are_dropped_after_the_next_reply(
    knows: Citizen, api: InternalApi
) -> None:
    await reminded(knows)
    api.down = True
    await knows.runs(ASK, "11月17日收到一审民事判决，不服上诉期限", "deadlines")
    assert len(api.reminders) == 4
    api.down = False
    await knows.runs(GREETED, "你好", "greet")
    assert api.reminders == {}
