"""Last days: told at once where all is clear, asked back once where it is not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.actions.conftest import Calendar, Citizen
from tests.fakes.internal_api import WAGES, InternalApi

RULING = "民事裁定上诉（不予受理、管辖、驳回起诉）"


@pytest.fixture(autouse=True)
def on_a_wednesday(calendar: Calendar) -> Calendar:
    """It is 18 November 2026."""
    return calendar


async def test_last_day_days_left_and_articles_are_told_at_once(citizen: Citizen) -> None:
    await citizen.asks("action_deadlines", "昨天收到离婚的一审判决，还能上诉吗", "deadlines")
    assert citizen.told.startswith("【民事判决上诉】\n最晚2026年12月2日（星期三）办，还有 14 天。")
    assert "《民事诉讼法》第一百七十一条" in citizen.told
    assert "上诉状" in citizen.told
    assert len(citizen.told) <= 600
    assert citizen.loop is None
    assert citizen.options == ["详细", "到时候提醒我", "申请法律援助", "找律师"]


async def test_detail_shows_what_did_not_fit_and_then_nothing_is_left(citizen: Citizen) -> None:
    await citizen.asks("action_deadlines", "昨天收到离婚的一审判决，还能上诉吗", "deadlines")
    summary = citizen.told
    await citizen.runs("action_more_detail", "详细", "more_detail")
    assert "同住的成年家人代签" in citizen.told
    assert set(citizen.told.splitlines()[1:]).isdisjoint(summary.splitlines())
    await citizen.runs("action_more_detail", "详细", "more_detail")
    assert "我知道的都在上面了" in citizen.told


async def test_which_of_several_periods_is_asked_with_choices(citizen: Citizen) -> None:
    await citizen.asks("action_deadlines", "昨天收到一审判决，还能上诉吗", "deadlines")
    assert citizen.loop == "deadline_form"
    assert citizen.options == [
        "行政判决上诉",
        "民事判决上诉",
        "刑事判决上诉",
        "都不是",
        "不知道",
    ]
    await citizen.answers("刑事判决上诉", "ask_law")
    assert "最晚2026年11月27日" in citizen.told
    assert citizen.loop is None


@pytest.mark.parametrize("reply", ["民事的", "离婚的那个", "是民事判决上诉"])
async def test_the_choice_can_be_typed_in_own_words(citizen: Citizen, reply: str) -> None:
    await citizen.asks("action_deadlines", "昨天收到一审判决，还能上诉吗", "deadlines")
    await citizen.answers(reply, "ask_law")
    assert citizen.slots["deadline_period"] == "civil_appeal_judgment"


async def test_without_a_day_the_length_is_told_and_the_day_asked_for(citizen: Citizen) -> None:
    await citizen.asks("action_deadlines", "工伤多久内申请", "deadlines")
    assert "1 年" in citizen.told
    assert "《工伤保险条例》第十七条" in citizen.told
    assert "哪一天" in citizen.told
    await citizen.answers("8月3号", "nlu_fallback", 0.2)
    assert "最晚2027年8月3日" in citizen.told


async def test_who_does_not_know_the_day_hears_where_to_look(citizen: Citizen) -> None:
    await citizen.asks("action_deadlines", "工伤多久内申请", "deadlines")
    await citizen.answers("记不清了", "dont_know")
    assert citizen.loop is None
    assert "1 年" in citizen.told
    assert "文书" in citizen.told


async def test_who_does_not_know_the_kind_is_sent_to_a_person(citizen: Citizen) -> None:
    await citizen.asks("action_deadlines", "昨天收到一审判决，还能上诉吗", "deadlines")
    await citizen.answers("都不是", "deny")
    assert "12348" in citizen.told
    assert citizen.options == ["找律师"]


async def test_after_two_misses_a_person_is_offered(citizen: Citizen) -> None:
    await citizen.asks("action_deadlines", "工伤多久内申请", "deadlines")
    for _ in range(2):
        await citizen.answers("天上有云", "nlu_fallback", 0.2)
        assert "哪一天" in citizen.told
    await citizen.answers("天上有云", "nlu_fallback", 0.2)
    assert citizen.options == ["找律师", "不知道", "先不填了"]


async def test_a_day_with_readings_far_apart_is_asked_with_both(
    citizen: Citizen, calendar: Calendar
) -> None:
    calendar.day = date(2026, 11, 22)
    await citizen.asks("action_deadlines", "工伤多久内申请", "deadlines")
    await citizen.answers("去年腊月二十", "inform")
    assert "没听明白" not in citizen.told
    assert citizen.options[:2] == ["2026年2月7日（星期六）", "2025年1月19日（星期日）"]
    await citizen.answers("2026年2月7日（星期六）", "inform")
    assert "最晚2027年2月" in citizen.told


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("申请十天了没回音", "after_application"),
        ("昨天收到离婚的一审判决，还能上诉吗", "deadlines"),
        ("找律师", "talk_to_lawyer"),
        ("先不填了", "stop"),
        ("看看我能不能申请", "check_eligibility"),
        ("需要什么材料", "required_documents"),
        ("为什么问这个", "why"),
    ],
)
async def test_what_is_no_answer_is_left_to_the_other_rules(
    citizen: Citizen, text: str, intent: str
) -> None:
    await citizen.asks("action_deadlines", "工伤多久内申请", "deadlines")
    await citizen.answers(text, intent)
    assert citizen.read == []


async def test_fewer_than_seven_days_offer_a_person_first(citizen: Citizen) -> None:
    await citizen.asks("action_deadlines", "劳动仲裁裁决收到10天了", "deadlines")
    assert "还有 5 天" in citizen.told
    assert "《法律援助法》第四十四条" in citizen.told
    assert citizen.options[0] == "找律师"


async def test_the_lawyer_gets_the_period_and_the_case_is_urgent(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.asks("action_deadlines", "劳动仲裁裁决收到10天了", "deadlines")
    await citizen.runs("action_request_handoff", "找律师", "talk_to_lawyer")
    (case,) = api.cases
    facts = {fact["label"]: fact["value"] for fact in case["facts"]}
    assert case["urgency"] == "deadline"
    assert case["question"] == "劳动仲裁裁决收到10天了"
    assert facts["从哪件事起算"] == "收到劳动仲裁裁决书"
    assert facts["起算日（本人说的）"] == "2026年11月8日（星期日）"
    assert facts["最后一天"] == "2026年11月23日（星期一）"
    assert facts["还剩几天"] == "5 天"
    assert "还剩 5 天" in citizen.told


async def test_the_days_left_are_counted_anew_on_the_day_of_the_handoff(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await citizen.asks("action_deadlines", "昨天收到离婚的一审判决，还能上诉吗", "deadlines")
    await citizen.runs("action_request_handoff", "找律师", "talk_to_lawyer")
    assert api.cases[0]["urgency"] == "normal"
    api.cases.clear()
    calendar.day += timedelta(days=10)
    await citizen.runs("action_request_handoff", "找律师", "talk_to_lawyer")
    assert api.cases[0]["urgency"] == "deadline"
    facts = {fact["label"]: fact["value"] for fact in api.cases[0]["facts"]}
    assert facts["还剩几天"] == "4 天"


async def test_a_period_that_has_passed_names_the_ways_left(citizen: Citizen) -> None:
    await citizen.asks("action_deadlines", "离婚判决书一个月前收到的，还能上诉吗", "deadlines")
    assert "先别放弃" in citizen.told
    assert "还有什么办法" in citizen.told
    assert citizen.options[0] == "找律师"


async def test_two_readings_of_a_day_are_both_told_and_the_earlier_counts(
    citizen: Citizen, calendar: Calendar
) -> None:
    calendar.day = date(2026, 11, 22)
    await citizen.asks("action_deadlines", "上周三收到离婚的一审判决，还能上诉吗", "deadlines")
    assert "最晚2026年11月26日" in citizen.told
    assert "要是2026年11月18日（星期三），最后一天是2026年12月3日" in citizen.told


async def test_a_day_said_afterwards_is_counted_from(citizen: Citizen) -> None:
    await citizen.asks("action_deadlines", "昨天收到离婚的一审判决，还能上诉吗", "deadlines")
    await citizen.runs("action_correct_answer", "不对，是前天", "correct")
    assert "最晚2026年12月1日" in citizen.told
    await citizen.runs("action_answer_question", "是11月10号收到的", "inform")
    assert "最晚2026年11月25日" in citizen.told


async def test_a_deadline_taken_for_a_legal_question_is_counted_too(citizen: Citizen) -> None:
    await citizen.asks("action_answer_question", "劳动仲裁裁决收到10天了", "ask_law")
    assert "最晚2026年11月23日" in citizen.told


async def test_other_legal_questions_are_searched(citizen: Citizen, api: InternalApi) -> None:
    api.finds("answer", WAGES)
    await citizen.asks("action_answer_question", "老板去年欠我工资怎么办", "ask_law")
    assert "先要凭据" in citizen.told


async def test_how_long_something_else_takes_is_searched(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    await citizen.asks("action_deadlines", "超市里的粉丝买回来多长时间算变质", "deadlines")
    assert "先要凭据" in citizen.told


async def test_inside_another_form_nothing_is_asked_back(citizen: Citizen) -> None:
    citizen.loop = "after_application_form"
    await citizen.runs("action_deadlines", "工伤多久内申请", "deadlines")
    assert "1 年" in citizen.told
    assert "一起说出来" in citizen.told
    assert citizen.loop == "after_application_form"


async def test_few_days_left_are_not_asked_about_again_in_the_interview(citizen: Citizen) -> None:
    await citizen.asks("action_deadlines", "劳动仲裁裁决收到10天了", "deadlines")
    citizen.slots |= {"matter": "labour_pay", "for_whom": "self", "groups": "migrant_worker"}
    citizen.slots |= {"region": "chifeng", "has_lawyer": False}
    citizen.loop, citizen.slots["requested_slot"] = "eligibility_form", "stage"
    await citizen.answers("在仲裁")
    assert citizen.slots["requested_slot"] == "reviewed"
    await citizen.answers("都对", "affirm")
    assert "不足 7 天" in citizen.told or "不到 7 天" in citizen.told


async def test_a_ruling_is_not_taken_for_the_judgment_that_was_offered(
    citizen: Citizen, calendar: Calendar
) -> None:
    """Fifteen days for a judgment, ten for a ruling: the wrong one would come too late."""
    await citizen.asks("action_deadlines", "昨天收到判决书还能上诉不", "deadlines")
    assert citizen.slots["requested_slot"] == "deadline_period"
    await citizen.answers("民事裁定", "nlu_fallback", 0.3)
    assert citizen.slots.get("deadline_period") is None
    assert RULING in citizen.options
    await citizen.answers(RULING, "nlu_fallback", 0.3)
    assert "11月27日" in citizen.told


async def test_who_asks_for_no_period_is_answered_and_asked_no_day(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.asks("action_deadlines", "保护令申请了几天能有结果", "deadlines")
    assert citizen.loop == "deadline_form"
    asked = "我不是问期限 我问离婚了能不能申请保护令"
    await citizen.runs("validate_deadline_form", asked, "deadlines")
    assert "哪一天" not in citizen.told
    assert api.searches
    assert citizen.loop is None


async def test_whether_something_may_still_be_done_is_no_question_how_long_an_office_takes(
    citizen: Citizen, api: InternalApi
) -> None:
    """Divorced people may ask for an order: 《妇女权益保障法》第二十九条."""
    await citizen.asks("action_deadlines", "离婚三年了还能申请那个保护令吗", "deadlines")
    assert "2023" not in citizen.told
    assert api.searches
    assert citizen.loop is None


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("他说他刚下火车 到我们这了", "inform"),
        ("他刚才又来砸门了", "danger"),
        ("前几天他又打我了", "danger"),
    ],
)
async def test_what_tells_something_else_is_no_day(
    citizen: Citizen, said: str, intent: str
) -> None:
    await citizen.asks("action_deadlines", "保护令申请了几天能有结果", "deadlines")
    await citizen.runs("validate_deadline_form", said, intent)
    assert citizen.slots.get("deadline_day") is None
    assert citizen.slots.get("misses") in (0, None)


@pytest.mark.parametrize("said", ["刚收到的", "刚下来的", "今天", "刚拿到手 还热乎呢"])
async def test_a_day_in_few_words_is_still_read(citizen: Citizen, said: str) -> None:
    await citizen.asks("action_deadlines", "保护令申请了几天能有结果", "deadlines")
    await citizen.answers(said, "inform")
    assert "11月2" in citizen.told
