"""After a last day was told: what if it is over, which day was it, that is not the day."""

from __future__ import annotations

from datetime import date

import pytest

from tests.actions.conftest import Calendar, Citizen
from tests.fakes.internal_api import WAGES, InternalApi

ASK, SEARCH, MINE, REMIND = (
    "action_deadlines",
    "action_answer_question",
    "action_my_deadline",
    "action_remind_me",
)
JUDGMENT = "昨天收到离婚的一审判决，还能上诉吗"


async def was_told(citizen: Citizen, text: str = JUDGMENT) -> None:
    """Let somebody have been told a last day."""
    await citizen.asks(ASK, text, "deadlines")


@pytest.mark.parametrize(
    "asked",
    [
        "过了还能咋办",
        "那要是过了呢",
        "万一错过了怎么办",
        "超期了还有啥办法",
        "赶不上会咋样",
        "过期就完了吗",
    ],
)
async def test_what_is_left_when_the_day_is_over_is_told(
    citizen: Citizen, api: InternalApi, calendar: Calendar, asked: str
) -> None:
    await was_told(citizen)
    await citizen.runs(SEARCH, asked, "deadlines")
    assert "现在还没过" in citizen.told
    assert "申请再审" in citizen.told
    assert "收到申请后，机构应当" not in citizen.told


async def test_before_a_day_was_told_the_same_words_are_searched(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.runs(SEARCH, "过了还能咋办", "ask_law")
    assert api.searches


async def test_which_day_is_told_in_short_and_the_whole_on_demand(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await was_told(citizen)
    whole = citizen.told
    await citizen.runs(MINE, "什么日子", "my_deadline")
    assert "12月2日" in citizen.told
    assert len(citizen.told) < len(whole) / 2
    await citizen.runs("action_more_detail", "详细", "more_detail")
    assert "上诉状" in citizen.told


@pytest.mark.parametrize(
    "denied", ["不是那天", "我没说是去年今天", "日子不对", "你算错了吧", "谁说是昨天了"]
)
async def test_a_day_taken_back_is_not_told_to_a_lawyer_and_is_asked_for(
    citizen: Citizen, api: InternalApi, calendar: Calendar, denied: str
) -> None:
    await was_told(citizen)
    await citizen.runs(REMIND, "到时候提醒我", "remind_me")
    assert api.reminders
    await citizen.runs(SEARCH, denied, "deny")
    assert "不算数了" in citizen.told
    assert api.reminders == {}
    assert citizen.loop == "deadline_form"
    await citizen.runs("action_ask_deadline_form_deadline_day", denied)
    assert "是哪一天" in citizen.told
    assert not any("11月17日" in option for option in citizen.options)
    citizen.loop = None
    await citizen.runs("action_request_handoff", "找律师", "talk_to_lawyer")
    assert not any(fact["label"] == "还剩几天" for fact in api.cases[0]["facts"])


@pytest.mark.parametrize("action", [SEARCH, "action_deny"])
@pytest.mark.parametrize("said", ["不对，是上周五收到的", "不是昨天，是上周五"])
async def test_another_day_said_with_the_denial_is_counted_at_once(
    citizen: Citizen, api: InternalApi, calendar: Calendar, said: str, action: str
) -> None:
    await was_told(citizen)
    await citizen.runs(action, said, "deny")
    assert "最晚2026年11月30日" in citizen.told


async def test_a_guess_is_told_to_a_lawyer_as_one(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    calendar.day = date(2026, 11, 23)
    await was_told(citizen, "公司一年前辞退我的，劳动仲裁还来得及吗")
    assert "今天就是最后一天" not in citizen.told
    assert "说不准" in citizen.told
    await citizen.runs("action_request_handoff", "找律师", "talk_to_lawyer")
    facts = {one["label"]: one for one in api.cases[0]["facts"]}
    assert "说不准" in facts["还剩几天"]["value"]
    assert facts["最后一天"]["last_day"] is None


async def test_a_month_counts_from_its_first_day_all_through_the_conversation(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    calendar.day = date(2026, 11, 23)
    await was_told(citizen, "公司3月份辞退我的，劳动仲裁还来得及吗")
    assert "按最早的 2026年3月1日" in citizen.told
    assert "2027年3月1日" in citizen.told
    await citizen.runs(SEARCH, "都8个月了", "inform")
    assert "2027年3月1日" in citizen.told
    await citizen.runs(SEARCH, "是3月20号", "inform")
    assert "2027年3月20日" in citizen.told


async def test_that_so_many_days_are_over_tells_no_day(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await citizen.asks(ASK, "网购七天无理由，商家说已经过了七天了，还来得及退吗", "deadlines")
    assert "是哪一天" in citizen.told
    await citizen.answers("收到都五六天了")
    assert "最晚2026年11月19日" in citizen.told


async def test_a_season_is_asked_about_with_what_it_spans(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await citizen.asks(ASK, "公司去年冬天辞退我的，劳动仲裁还来得及吗", "deadlines")
    assert "2025年11月1日" in citizen.told
    assert "是哪一天" in citizen.told
    assert "已经过了" not in citizen.told


async def test_a_day_told_before_it_is_clear_of_what_is_kept(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await citizen.asks(ASK, "工头欠我工资不给，还能去仲裁不", "deadlines")
    await citizen.answers("今年3月5号的事", "inform")
    assert "记下了：2026年3月5日" in citizen.told
    await citizen.answers("申请劳动仲裁")
    assert "2027年3月5日" in citizen.told


async def test_a_guarantor_asked_for_the_first_time_years_later_hears_not_to_sign(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await citizen.runs(SEARCH, "我给人担保，22年到期，今年才头一回找我", "ask_law")
    assert "很可能已经过了" in citizen.told
    assert "先别签，别还" in citizen.told
    assert "《民法典》第六百九十三条" in citizen.told
    assert "2023年6月30日" in citizen.told


@pytest.mark.parametrize("between", ["那要花多少钱", "谢谢"])
async def test_a_bare_day_said_later_answers_from_which_day_it_runs(
    citizen: Citizen, api: InternalApi, calendar: Calendar, between: str
) -> None:
    api.finds("answer", WAGES)
    await citizen.asks(ASK, "收到一审民事判决，上诉期限多久", "deadlines")
    citizen.loop = None
    await citizen.runs(SEARCH, between, "ask_law")
    await citizen.runs(SEARCH, "11月10号", "out_of_scope")
    assert "最晚2026年11月25日" in citizen.told


async def test_a_bare_day_to_come_after_a_reminder_is_one_more_to_be_reminded_of(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await was_told(citizen)
    await citizen.runs(REMIND, "提醒我", "remind_me")
    await citizen.runs(SEARCH, "12月1号", "inform")
    assert "按 2026年12月1日（星期二） 提醒您" in citizen.told


async def test_when_the_debt_fell_due_may_be_told_after_the_guarantee(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    citizen.slots["context"] = "我给亲戚贷款做的担保，现在银行找我要钱"
    await citizen.runs(SEARCH, "22年就到期了 今年才头一回找我", "out_of_scope")
    assert "很可能已经过了" in citizen.told
    await citizen.runs(SEARCH, "那我签不签", "ask_law")
    assert "什么都先别签" in citizen.told


async def test_what_came_some_days_ago_counts_for_the_entry_just_read(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    citizen.slots |= {"last_entry": WAGES["docid"], "last_topic": "consumer"}
    citizen.slots["context"] = "网上买的衣服，商家说过了七天不给退"
    await citizen.runs(SEARCH, "收到都五六天了", "ask_law")
    assert "【网购七天无理由退货】" in citizen.told
    assert "最晚2026年11月19日" in citizen.told


async def test_a_guess_said_afterwards_is_counted_or_asked_about(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await was_told(citizen, "公司辞退我，都快一年了，劳动仲裁还来得及吗")
    await citizen.runs(SEARCH, "记不清，大概是3月份", "dont_know")
    assert "按最早的 2026年3月1日" in citizen.told
    await citizen.runs(SEARCH, "记不清了，去年冬天吧", "dont_know")
    assert citizen.loop == "deadline_form"
    await citizen.runs("action_ask_deadline_form_deadline_day", "记不清了，去年冬天吧")
    assert "2025年11月1日" in citizen.told


async def test_who_cannot_pay_hears_how_it_may_be_put_off(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await was_told(citizen, "法院通知我交诉讼费，前天收到的，几天内交")
    await citizen.runs(SEARCH, "交不起咋办", "ask_law")
    assert "缓交、减交或者免交" in citizen.told
