"""A day the citizen names himself to be reminded of."""

from __future__ import annotations

from datetime import date

import pytest

from tests.actions.conftest import Calendar, Citizen
from tests.actions.reminding import CANCEL, GREETED, MINE, REMIND, SEARCH, reminded
from tests.fakes.internal_api import WAGES, InternalApi


async def names(citizen: Citizen, day: str, intent: str = "out_of_scope") -> Citizen:
    """Ask to be reminded, and name a day when asked for it."""
    await reminded(citizen)
    await citizen.runs(SEARCH, day, intent)
    return citizen


@pytest.mark.parametrize(
    ("said", "last"),
    [
        ("12月1号", "2026-12-01"),
        ("下周三", "2026-11-25"),
        ("腊月初八", "2027-01-15"),
        ("十天后", "2026-11-28"),  # a Saturday: the day that was named, all the same
    ],
)
async def test_a_bare_day_after_asking_to_be_reminded_is_that_day(
    citizen: Citizen, api: InternalApi, calendar: Calendar, said: str, last: str
) -> None:
    await names(citizen, said)
    assert max(one["on"] for one in api.reminders.values()) == last
    assert "按 202" in citizen.told
    assert "别再提醒了" in citizen.told


async def test_a_day_named_with_the_wish_is_that_day(
    knows: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await knows.runs(REMIND, "12月8号开庭，提醒我", "remind_me")
    assert max(one["on"] for one in api.reminders.values()) == "2026-12-08"


async def test_how_many_days_before_is_no_day_of_its_own(
    knows: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await knows.runs(REMIND, "提前三天提醒我", "remind_me")
    assert [one["on"] for one in api.reminders.values()] == ["2026-11-28"]


async def test_a_day_named_by_the_citizen_is_told_again_and_dropped(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await names(citizen, "12月1号")
    await citizen.runs(MINE, "什么日子", "my_deadline")
    assert "12月1日" in citizen.told
    await citizen.runs(CANCEL, "别再提醒了", "cancel_reminder")
    assert api.reminders == {}


async def test_a_day_named_by_the_citizen_is_named_on_return(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await names(citizen, "12月1号")
    calendar.day = date(2026, 11, 27)
    await citizen.runs(GREETED, "你好", "greet")
    assert "还有 4 天" in citizen.told


async def test_the_day_of_a_judgment_is_counted_from(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await names(citizen, "11月16日收到一审民事判决", "inform")
    assert "12月1日" in citizen.told
    assert "到时候提醒我" in citizen.options
    assert api.reminders == {}


async def test_a_day_gone_by_is_asked_about_once_more(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await names(citizen, "上周三", "inform")
    assert "已经过去了" in citizen.told
    await citizen.runs(SEARCH, "12月1号", "inform")
    assert max(one["on"] for one in api.reminders.values()) == "2026-12-01"


async def test_a_bare_day_said_some_replies_later_is_still_the_one_to_be_reminded_of(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    api.finds("answer", WAGES)
    await names(citizen, "老板欠我工资", "ask_law")
    assert "先要凭据" in citizen.told
    await citizen.runs(SEARCH, "12月1号", "out_of_scope")
    assert max(one["on"] for one in api.reminders.values()) == "2026-12-01"


async def test_a_gateway_that_does_not_answer_takes_no_named_day(
    citizen: Citizen, calendar: Calendar, no_api: None
) -> None:
    await names(citizen, "12月1号")
    assert "提醒没能设好" in citizen.told
    assert citizen.slots.get("reminded") is None


@pytest.mark.parametrize("intent", ["nlu_fallback", "out_of_scope", "ask_law"])
async def test_a_day_with_the_wish_to_be_reminded_is_enough(
    citizen: Citizen, calendar: Calendar, api: InternalApi, intent: str
) -> None:
    await citizen.runs(SEARCH, "提醒我 12月8号", intent)
    assert "2026-12-08" in [one["on"] for one in api.reminders.values()]


async def test_a_month_without_its_day_is_asked_about(
    citizen: Citizen, calendar: Calendar, api: InternalApi
) -> None:
    await citizen.runs(REMIND, "提醒我12月几号 我也不知道", "remind_me")
    assert "哪一天" in citizen.told
    assert api.reminders == {}


async def test_another_day_takes_the_place_of_the_one_named(
    citizen: Citizen, calendar: Calendar, api: InternalApi
) -> None:
    await citizen.runs(REMIND, "提醒我 12月8号", "remind_me")
    await citizen.runs(SEARCH, "日子不对 是11月30号", "ask_law")
    assert max(one["on"] for one in api.reminders.values()) == "2026-11-30"
    await citizen.runs(MINE, "什么日子", "my_deadline")
    assert "12月8日" not in citizen.told
    assert "11月30日" in citizen.told


async def test_a_corrected_reminder_leaves_the_remedy_told_before(
    citizen: Citizen, calendar: Calendar, api: InternalApi
) -> None:
    await citizen.asks("action_after_application", "异议被司法局维持了", "after_application")
    await citizen.answers("上周五收到的", "inform")
    await citizen.runs(SEARCH, "提醒我 11月30号", "ask_law")
    await citizen.runs("action_correct_answer", "日子不对 是12月8号", "correct")
    assert "已经过了" not in citizen.told
    assert max(one["on"] for one in api.reminders.values()) == "2026-12-08"


async def test_a_day_named_by_the_citizen_is_reminded_of_on_the_day_itself(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await citizen.runs(REMIND, "腊月二十三提醒我一声 我要去取货款", "remind_me")
    assert max(one["on"] for one in api.reminders.values()) == "2027-01-30"
    assert "休息日" in citizen.told


@pytest.mark.parametrize("text", ["我已经出院了 不用120", "不用报警了", "不用打了 人没事"])
async def test_only_what_names_the_reminder_drops_it(
    knows: Citizen, api: InternalApi, text: str
) -> None:
    await reminded(knows)
    before = dict(api.reminders)
    await knows.runs(CANCEL, text, "cancel_reminder")
    assert before
    assert api.reminders == before
    assert "不再提醒" not in knows.told


async def test_another_day_for_the_reminder_leaves_the_last_day(
    knows: Citizen, api: InternalApi
) -> None:
    day = dict(knows.slots["deadline_day"])
    await reminded(knows)
    await knows.runs(SEARCH, "改成阴历十月二十喊行不", "ask_law")
    assert "2026年11月28日" in knows.told
    assert "没有变，还是 2026年12月1日" in knows.told
    assert {one["on"] for one in api.reminders.values()} <= {
        "2026-11-21",
        "2026-11-25",
        "2026-11-27",
        "2026-11-28",
    }
    assert knows.slots["deadline_day"] == day


async def test_a_day_still_to_come_is_asked_about_and_not_counted_from_a_year_ago(
    knows: Citizen, api: InternalApi
) -> None:
    day = dict(knows.slots["deadline_day"])
    await knows.runs("action_correct_answer", "那个日子不对 是12月5号", "correct")
    assert "还是最后一天" in knows.told
    assert "2025" not in knows.told
    assert knows.slots["deadline_day"] == day
    await knows.runs(SEARCH, knows.options[0], "remind_me")
    assert "按 2026年12月5日" in knows.told


async def test_what_was_counted_before_is_told_again_and_not_from_today(
    knows: Citizen, api: InternalApi
) -> None:
    await knows.runs(GREETED, "你好", "greet")
    await knows.runs(SEARCH, "刚才我妹那个判决 你还记得不", "ask_law")
    assert "2026年12月1日" in knows.told


async def test_what_came_and_when_is_counted_where_a_day_to_be_reminded_of_is_asked_for(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    calendar.day = date(2026, 11, 23)
    await names(citizen, "要罚我的听证通知书11月18收到的 听证五天", "ask_law")
    assert "2026年11月25日" in citizen.told
    assert api.reminders == {}


@pytest.mark.parametrize("recent", ["deadlines", "reminders"])
async def test_a_day_still_to_come_is_asked_about_after_a_reminder_too(
    knows: Citizen, api: InternalApi, recent: str
) -> None:
    knows.slots["recent"] = recent
    await knows.runs("action_correct_answer", "那个日子不对 是12月5号", "correct")
    assert "还是最后一天" in knows.told


async def test_the_reminder_is_said_to_stand_where_something_else_is_not_wanted(
    knows: Citizen, api: InternalApi
) -> None:
    await reminded(knows)
    api.finds("not_sure")
    await knows.runs(CANCEL, "我已经出院了 不用120", "cancel_reminder")
    assert "提醒还在" in knows.told


async def test_who_corrects_the_day_to_be_reminded_of_changes_no_last_day(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    award = "前天拿着劳动仲裁裁决书 不服 到几号"
    await citizen.runs("action_deadlines", award, "deadlines")
    counted = citizen.slots["deadline_day"]
    await citizen.runs("action_remind_me", "腊月二十三提醒我一声", "remind_me")
    assert "2027年1月30日" in citizen.told
    await citizen.runs("action_deadlines", award, "deadlines")
    await citizen.runs("action_correct_answer", "按31号 不 按30号当天喊我", "correct")
    assert "已经过了" not in citizen.told
    assert "2027年1月30日" in citizen.told
    assert "：1月30日。" in citizen.told
    assert citizen.slots["deadline_day"] == counted
    await citizen.runs("action_correct_answer", "日子不对 是1月29号当天喊", "correct")
    assert "2027年1月29日" in citizen.told


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("12月30号提醒我 提前一天 再提前三天 各喊我一回", "：12月27日、12月29日。"),
        ("12月30号提醒我 提前一个礼拜就行", "：12月23日。"),
        ("12月30号当天喊我", "：12月30日。"),
        ("12月30号提醒我", "：12月23日、12月27日、12月29日、12月30日。"),
    ],
)
async def test_the_reminders_come_on_the_days_that_are_bidden(
    citizen: Citizen, api: InternalApi, calendar: Calendar, text: str, days: str
) -> None:
    await citizen.runs("action_remind_me", text, "remind_me")
    assert days in citizen.told


async def test_a_period_talked_of_is_meant_where_several_could_be(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await citizen.runs("action_deadlines", "前天拿着劳动仲裁裁决书 不服 到几号", "deadlines")
    again = "不服仲裁裁决 11月15号收到的 最后一天几号"
    await citizen.runs("action_deadlines", again, "deadlines")
    assert "2026年11月30日" in citizen.told
    assert citizen.loop is None


async def test_no_reminder_is_said_to_be_dropped_where_none_was_set(citizen: Citizen) -> None:
    await citizen.runs(CANCEL, "我叫你别给我提醒了", "cancel_reminder")
    assert "没有给您设着的提醒" in citizen.told
    assert "不再提醒" not in citizen.told
