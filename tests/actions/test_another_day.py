"""A bare day counts for the last day that was just asked for; a reminder is heard in any form."""

from __future__ import annotations

from typing import Any

import pytest

from tests.actions.conftest import Calendar, Citizen
from tests.fakes.internal_api import ENTRIES, WAGES, InternalApi

SEARCH = "action_answer_question"
OWED: dict[str, Any] = {
    **WAGES,
    "docid": "labour/owed",
    "body": "先要凭据。\n\n期限：劳动仲裁一般是一年内。\n找谁：12333。",
}
CAR: dict[str, Any] = {
    **WAGES,
    "docid": "consumer/car",
    "title": "买的二手车调过表怎么办？",
    "topic": "consumer",
    "body": "去检测。\n\n期限：发现被骗起一年内，可以请法院撤销。\n找谁：12315。",
}
ENTRIES |= {one["docid"]: one for one in (OWED, CAR)}


def has_read(citizen: Citizen, entry: dict[str, Any], context: str) -> None:
    """Let somebody have read an entry just now."""
    read = {"last_entry": entry["docid"], "last_topic": entry["topic"], "context": context}
    citizen.slots |= read


@pytest.mark.parametrize("asked", ["啥时候到头 就是最晚啥时候去告", "最晚哪天", "还来得及不"])
async def test_a_bare_day_is_counted_from_where_the_last_day_was_asked_for(
    citizen: Citizen, api: InternalApi, calendar: Calendar, asked: str
) -> None:
    has_read(citizen, OWED, "包工头欠我工钱")
    citizen.slots["last_question"] = asked
    await citizen.runs(SEARCH, "8月25号干完的", "out_of_scope")
    assert "2027年8月25日" in citizen.told
    await citizen.runs(SEARCH, "那要是9月1号干完的呢", "ask_law")
    assert "2027年9月1日" in citizen.told


async def test_a_last_day_over_work_is_counted_from_the_day_in_the_question(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await citizen.runs(SEARCH, "公司3月10号开的我 最晚哪天仲裁", "ask_law")
    assert "2027年3月10日" in citizen.told


async def test_what_the_entry_says_of_periods_is_told_where_none_is_known(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    has_read(citizen, CAR, "二手车调过表")
    await citizen.runs("action_find_office", "我是8月3号发现的 最晚哪天", "find_office")
    assert "发现被骗起一年内" in citizen.told
    assert "2026年8月3日" in citizen.told
    await citizen.runs(SEARCH, "那要是7月1号发现的呢", "ask_law")
    assert "2026年7月1日" in citizen.told


async def test_a_day_that_answers_no_such_question_is_searched(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    has_read(citizen, OWED, "包工头欠我工钱")
    citizen.slots["last_question"] = "包工头欠我工钱"
    await citizen.runs(SEARCH, "8月25号干完的", "ask_law")
    assert api.searches
    assert "2027年8月25日" not in citizen.told


async def test_a_day_that_is_still_to_come_is_not_counted_from(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    has_read(citizen, OWED, "包工头欠我工钱")
    await citizen.asks(SEARCH, "仲裁12月5号到期 还来得及不", "ask_law")
    assert "2026年12月5日（星期六） 是最后一天" in citizen.told
    assert "2025" not in citizen.told


@pytest.mark.parametrize(
    ("form", "slots"),
    [
        ("eligibility_form", {"matter": "labour_pay", "requested_slot": "for_whom"}),
        ("eligibility_form", {"matter": "labour_pay", "requested_slot": "urgent"}),
        (
            "deadline_form",
            {"deadline_period": "labour_award_suit", "requested_slot": "deadline_day"},
        ),
    ],
)
async def test_a_reminder_bidden_in_a_form_is_set_and_is_no_answer(
    citizen: Citizen, api: InternalApi, calendar: Calendar, form: str, slots: dict[str, str]
) -> None:
    citizen.loop = form
    citizen.slots |= slots
    text = "提醒我12月8号"
    noted = [{"event": "action", "name": form}]
    events = await citizen.runs(f"validate_{form}", text, "nlu_fallback", 0.3, noted)
    assert [one for one in events if one.get("name") != "requested_slot"] == []
    await citizen.runs(SEARCH, text, "nlu_fallback", 0.3)
    assert "按 2026年12月8日" in citizen.told
    assert max(one["on"] for one in api.reminders.values()) == "2026-12-08"


DENIED = "法院判不离 再起诉啥时候能起 拖了两年了"


@pytest.mark.parametrize(
    ("said", "intent", "action"),
    [
        ("那六个月到底从哪天数 帮我算算 5月8号拿的判决", "ask_law", SEARCH),
        ("判决是5月8号拿到的 没上诉 现在能起了吧", "deadlines", "action_deadlines"),
        ("5月8号收到的判决 没上诉 还能起诉不", "ask_law", SEARCH),
    ],
)
async def test_months_that_must_pass_first_are_counted_as_the_law_does_and_are_not_missed(
    citizen: Citizen, api: InternalApi, calendar: Calendar, said: str, intent: str, action: str
) -> None:
    """What may be done only afterwards is no last day: 《民事诉讼法》第一百二十七条第七项."""
    await citizen.runs(SEARCH, DENIED, "ask_law")
    await citizen.runs(SEARCH, "起诉费谁出", "ask_law")
    await citizen.asks(action, said, intent)
    assert "要等到2026年11月25日（星期三）满" in citizen.told
    assert "已经过了" not in citizen.told


async def test_a_sum_of_another_length_stays_a_sum(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await citizen.runs(SEARCH, DENIED, "ask_law")
    await citizen.runs(SEARCH, "三个月从5月8号数是哪天", "ask_law")
    assert "往后数三个月" in citizen.told
    assert "等满了才能办" in citizen.told


async def test_which_judgment_it_is_may_be_known_from_what_was_told(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await citizen.runs(SEARCH, "我要离婚 去法院告了他", "ask_law")
    await citizen.asks("action_deadlines", "11月12号收到的判决 还能上诉不", "deadlines")
    assert citizen.told.startswith("【民事判决上诉】")


CUT: dict[str, Any] = {
    **WAGES,
    "docid": "labour/cut",
    "title": "单位罚款、扣工资合法吗？",
    "body": "不能随便扣。\n\n期限：离职后要在一年内。\n找谁：12333。",
}
ENTRIES[CUT["docid"]] = CUT


async def test_a_last_day_that_is_asked_for_barely_is_that_of_the_matter_told(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    has_read(citizen, CUT, "工资卡里少发了八百 说我迟到扣的凭啥")
    await citizen.runs(SEARCH, "最后一天是哪天", "ask_law")
    assert "离职后要在一年内" in citizen.told
    assert not api.searches


async def test_a_last_day_that_is_asked_for_barely_is_of_work_where_wages_were_cut(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await citizen.runs(SEARCH, "我工资被扣了八百 凭啥", "ask_law")
    citizen.slots |= {"last_entry": None, "last_topic": None}
    await citizen.asks(SEARCH, "最后一天是哪天", "ask_law")
    assert "申请劳动仲裁：期限 1 年" in citizen.told
    assert "上诉" not in citizen.told


async def test_a_loan_without_a_day_is_not_counted_from_the_day_it_was_lent(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    citizen.slots["last_question"] = "表哥借我六万 最晚啥时候告"
    await citizen.runs(SEARCH, "前年五月借的 没说啥时候还", "ask_law")
    assert "不从借钱那天数" in citizen.told
    assert "2024" not in citizen.told
    assert "2027" not in citizen.told


async def test_who_objects_to_the_police_finding_hears_the_days_for_a_review(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await citizen.asks(SEARCH, "不服那个一人一半", "ask_law")
    assert "期限 3 个工作日" in citizen.told
    await citizen.answers("昨天收到的认定书", "inform")
    assert "最晚2026年11月20日" in citizen.told


async def test_how_to_object_is_a_question_that_is_searched(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await citizen.runs(SEARCH, "不服交警认定书咋写申请", "ask_law")
    assert api.searches


async def test_the_last_day_after_an_injury_at_work_is_that_of_its_recognition(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    for said in ("在采石场让石头砸着脚了 没签合同", "不是欠工资！！是砸着脚了算不算工伤"):
        await citizen.runs(SEARCH, said, "ask_law")
    await citizen.asks(SEARCH, "最晚啥时候得报", "ask_law")
    assert "认定" in citizen.told
    assert "仲裁" not in citizen.told


async def test_a_day_told_after_land_was_taken_counts_for_that(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    taken = {"docid": "expropriation/farmland-compensation", "topic": "expropriation"}
    api.finds("answer", {**WAGES, **taken})
    ENTRIES[taken["docid"]] = {**WAGES, **taken}
    await citizen.runs(SEARCH, "修路占了我家承包地三亩 给两万", "ask_law")
    await citizen.asks(SEARCH, "10月3号签的协议 起诉最后哪天", "ask_law")
    del ENTRIES[taken["docid"]]
    assert "土地承包" not in citizen.told
    assert "2028" not in citizen.told
