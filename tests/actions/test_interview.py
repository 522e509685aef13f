"""The interview asks one thing at a time and understands answers before anything else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.known_facts import facts_of
from tests.actions.conftest import SENDER, Calendar, Citizen
from tests.actions.interviewing import VALIDATE, answers
from tests.fakes.internal_api import WAGES

REJECTED = {"event": "action_execution_rejected", "name": "eligibility_form"}


async def test_it_begins_with_the_matter(citizen: Citizen) -> None:
    await answers(citizen, None, "我能申请法律援助吗", "check_eligibility")
    assert citizen.slots["requested_slot"] == "matter"
    assert "不知道" in citizen.told


async def test_the_matter_of_the_question_just_asked_is_used_and_said_aloud(
    citizen: Citizen,
) -> None:
    citizen.slots["aid_matter"] = "labour_pay"
    await answers(citizen, None, "看看我能不能申请", "check_eligibility")
    assert citizen.slots["matter"] == "labour_pay"
    assert "按您刚才说的“讨要工资”来看" in citizen.told
    assert citizen.slots["requested_slot"] == "for_whom"


async def test_what_the_request_itself_says_is_not_asked_again(citizen: Citizen) -> None:
    await answers(citizen, None, "农民工被拖欠工资能申请法律援助吗", "check_eligibility")
    assert (citizen.slots["matter"], citizen.slots["groups"]) == ("labour_pay", "migrant_worker")
    assert citizen.slots["requested_slot"] == "for_whom"


async def test_another_matter_keeps_the_person_and_drops_what_belonged_to_the_old_matter(
    citizen: Citizen,
) -> None:
    citizen.slots |= {
        "matter": "land",
        "for_whom": "self",
        "stage": "court",
        "aid_matter": "support_payments",
    }
    await answers(citizen, None, "看看我能不能申请", "check_eligibility")
    assert (citizen.slots["matter"], citizen.slots["for_whom"]) == (
        "support_payments",
        "self",
    )
    assert citizen.slots["stage"] is None


@pytest.mark.parametrize(
    ("story", "read", "matter"),
    [
        ("村里征地占了我家的地 补偿款不给", "state_compensation", "land"),
        ("我妈的房子让我哥占了", "capacity", None),
        ("我儿子被错抓关了半年 放出来了", "state_compensation", "state_compensation"),
        ("我爸老年痴呆 想给他办监护", "capacity", "capacity"),
    ],
)
async def test_a_rare_matter_is_taken_from_what_was_read_only_where_it_was_told(
    citizen: Citizen, story: str, read: str, matter: str | None
) -> None:
    citizen.slots["aid_matter"] = read
    citizen.before = [
        {"event": "user", "text": story, "parse_data": {"intent": {"name": "ask_law"}}}
    ]
    await answers(citizen, None, "看看我能不能申请法律援助", "check_eligibility")
    assert citizen.slots.get("matter") == matter


async def test_resuming_goes_on_where_it_stopped(citizen: Citizen) -> None:
    citizen.slots |= {"matter": "labour_pay", "for_whom": "self"}
    await answers(citizen, None, "继续", "resume")
    assert citizen.slots["requested_slot"] == "groups"


@pytest.mark.parametrize(
    ("fact", "text", "intent", "value"),
    [
        ("matter", "老板拖欠工资怎么办", "ask_law", "labour_pay"),
        ("for_whom", "自己", "affirm", "self"),
        ("region", "土左旗", "nlu_fallback", "hohhot"),
        ("has_lawyer", "没有请律师", "talk_to_lawyer", False),
        ("has_lawyer", "没有", "deny", False),
        ("stage", "还没起诉", "ask_law", "not_started"),
        ("stage", "不知道", "dont_know", "unknown"),
        ("urgent", "没有", "stop", "none"),
    ],
)
async def test_an_answer_is_an_answer_whatever_the_classifier_thinks(
    citizen: Citizen, fact: str, text: str, intent: str, value: object
) -> None:
    await answers(citizen, fact, text, intent, 0.5)
    assert citizen.slots[fact] == value


async def test_not_knowing_is_an_answer(citizen: Citizen) -> None:
    await answers(citizen, "groups", "跳过这个", "dont_know")
    assert citizen.slots["groups"] == "unknown"


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("仲裁是什么意思", "ask_law"),
        ("为什么问这个", "why"),
        ("需要什么材料", "required_documents"),
        ("算了不问了", "stop"),
        ("重新开始", "start_over"),
        ("不对，我是低保户", "correct"),
        ("这太复杂了，帮我找个人", "talk_to_lawyer"),
        ("删除我的数据", "delete_my_data"),
    ],
)
async def test_what_is_no_answer_is_left_to_the_other_rules(
    citizen: Citizen, text: str, intent: str
) -> None:
    events = await answers(citizen, "stage", text, intent)
    assert [event for event in events if event["name"] != "requested_slot"] == []


async def test_after_another_rule_has_replied_the_message_is_not_read_again(
    citizen: Citizen,
) -> None:
    citizen.loop = "eligibility_form"
    citizen.slots |= {"matter": "labour_pay", "for_whom": "self", "requested_slot": "groups"}
    await citizen.runs(VALIDATE, "低保要什么材料", "ask_law", events=[REJECTED])
    assert citizen.slots.get("groups") is None
    assert citizen.slots["requested_slot"] == "groups"


async def test_after_two_misses_a_person_is_offered(citizen: Citizen) -> None:
    for _ in range(3):
        await answers(citizen, "stage", "天上有云", "nlu_fallback", 0.2)
    assert citizen.slots["misses"] == 3
    await citizen.runs("action_ask_eligibility_form_stage")
    assert citizen.options == ["找律师", "不知道", "先不填了"]


async def test_a_question_comes_with_its_answers_and_the_way_out(citizen: Citizen) -> None:
    await citizen.runs("action_ask_eligibility_form_has_lawyer")
    assert citizen.options == ["请了", "没请", "不知道"]


async def test_a_long_list_shows_the_common_answers_first_and_the_others_on_request(
    citizen: Citizen,
) -> None:
    await citizen.runs("action_ask_eligibility_form_matter")
    assert len(citizen.options) == 9
    assert citizen.options[-1] == "更多选项"
    await answers(citizen, "matter", "更多选项", "related_questions")
    await citizen.runs("action_ask_eligibility_form_matter")
    assert "要抚恤金" in citizen.options
    assert citizen.slots["misses"] == 0


async def test_the_interview_ends_when_nothing_is_left_to_ask(citizen: Citizen) -> None:
    events = await answers(citizen, "matter", "说不清楚", "dont_know")
    assert citizen.slots["matter"] == "unknown"
    assert "requested_slot" not in [event["name"] for event in events]


async def test_who_says_that_father_was_arrested_is_not_asked_for_his_side(
    citizen: Citizen,
) -> None:
    await answers(citizen, None, "我爸被抓了能申请法律援助吗", "check_eligibility")
    assert (citizen.slots["matter"], citizen.slots["criminal_role"]) == ("criminal", "accused")
    assert citizen.slots["requested_slot"] == "criminal_stage"


async def test_a_minor_accused_is_screened_after_four_more_questions(citizen: Citizen) -> None:
    await answers(citizen, None, "我儿子被抓了能申请法律援助吗", "check_eligibility")
    for text in ("在公安", "给我没成年的孩子", "没请", "赤峰", "都对"):
        events = await answers(citizen, citizen.slots["requested_slot"], text)
    assert "requested_slot" not in [event["name"] for event in events]
    citizen.loop = None
    await citizen.runs("action_screen_eligibility")
    assert citizen.told.startswith("初步看：可能符合。")
    assert "《法律援助法》第二十五条第一款第（一）项" in citizen.told
    assert citizen.options[0] == "找律师"


async def test_why_gives_the_reason_of_the_open_question(citizen: Citizen) -> None:
    citizen.slots["requested_slot"] = "has_lawyer"
    await citizen.runs("action_explain_why", "为什么问这个", "why")
    assert "《法律援助法》" in citizen.told


async def test_stopping_keeps_the_answers(citizen: Citizen) -> None:
    citizen.slots["matter"] = "labour_pay"
    await citizen.runs("action_stop_interview", "先不填了", "stop")
    assert citizen.slots["matter"] == "labour_pay"
    assert citizen.options == ["继续", "找律师"]


async def test_starting_over_forgets_the_answers(citizen: Citizen) -> None:
    citizen.slots |= {"matter": "labour_pay", "groups": "none", "last_entry": "a/b"}
    await citizen.runs("action_restart_interview", "重新开始", "start_over")
    assert (citizen.slots["matter"], citizen.slots["groups"]) == (None, None)
    assert citizen.slots["last_entry"] is None


CORRECTING = [
    ("改一下", "region", None),
    ("改一下低保那个", "groups", None),
    ("不对，我是低保户", "groups", "social_assistance"),
    ("说错了，在赤峰", "region", "chifeng"),
    ("改一下是不是请了律师", "has_lawyer", None),
]


@pytest.mark.parametrize(("text", "fact", "value"), CORRECTING)
async def test_one_answer_can_be_changed_or_asked_again(
    citizen: Citizen, text: str, fact: str, value: str | None
) -> None:
    citizen.slots |= {"matter": "labour_pay", "groups": "none", "region": "wuhai"}
    citizen.slots |= {"has_lawyer": True, "last_fact": "region"}
    await citizen.runs("action_correct_answer", text, "correct")
    assert citizen.slots[fact] == value


async def test_correcting_before_anything_was_told_says_so(citizen: Citizen) -> None:
    await citizen.runs("action_correct_answer", "改一下", "correct")
    assert "还没有填过" in citizen.told


async def test_days_left_told_in_words_draw_the_caution(
    citizen: Citizen, calendar: Calendar
) -> None:
    """Eight days are no reason to give aid first, but one not to wait for the answer."""
    citizen.loop = "eligibility_form"
    citizen.slots |= {"matter": "labour_pay", "requested_slot": "urgent"}
    await citizen.runs("validate_eligibility_form", "还有八天", "inform")
    assert citizen.slots["urgent"] == "none"
    citizen.slots |= {"screened": True, "requested_slot": None}
    citizen.loop = None
    assert facts_of(tracker_of(citizen)).days_left == 8
    calendar.day += timedelta(days=3)
    assert facts_of(tracker_of(citizen)).days_left == 5


async def test_days_left_are_forgotten_with_another_answer(
    citizen: Citizen, calendar: Calendar
) -> None:
    citizen.loop = "eligibility_form"
    citizen.slots |= {"matter": "labour_pay", "requested_slot": "urgent"}
    await citizen.runs("validate_eligibility_form", "还有八天", "inform")
    citizen.slots |= {"urgent": None, "requested_slot": "urgent"}
    await citizen.runs("validate_eligibility_form", "都没有", "inform")
    assert facts_of(tracker_of(citizen)).days_left is None


def tracker_of(citizen: Citizen) -> Tracker:
    """Return the citizen's slots as a tracker."""
    return Tracker(SENDER, dict(citizen.slots), {}, [], False, None, {}, None)


@pytest.mark.parametrize("said", ["上一个", "返回上一题。", "回到上一题"])
async def test_the_question_before_can_be_gone_back_to(citizen: Citizen, said: str) -> None:
    citizen.slots |= {"matter": "labour_pay", "screened": True}
    await answers(citizen, "for_whom", "给我自己")
    assert citizen.slots["requested_slot"] == "groups"
    await answers(citizen, "groups", said, "nlu_fallback", 0.3)
    assert citizen.slots["for_whom"] is None
    assert citizen.slots["requested_slot"] == "for_whom"


async def test_a_point_by_its_number_is_no_answer_but_shows_what_was_told(citizen: Citizen) -> None:
    citizen.slots |= {"matter": "labour_pay", "screened": True}
    await answers(citizen, "for_whom", "改第3条", "correct", 0.4)
    assert citizen.slots.get("for_whom") is None
    assert citizen.slots["requested_slot"] == "reviewed"


PAID_BACK: dict[str, Any] = {
    **WAGES,
    "docid": "minors/paid-back",
    "title": "孩子打赏主播花了很多钱，能要回来吗？",
    "body": "有机会要回来。\n\n当心：家长没管好手机的，可能要自己担一部分。\n找谁：12315。",
}


@pytest.mark.parametrize("text", ["等会 申请这个花钱不", "是不是得花钱啊"])
async def test_what_the_aid_costs_is_told_and_is_no_answer_missed(
    citizen: Citizen, text: str
) -> None:
    """《法律援助法》第二条: it is free."""
    citizen.slots |= {"matter": "land", "for_whom": "self"}
    await answers(citizen, "region", text, "nlu_fallback", 0.3)
    assert "不收" in citizen.told
    assert "没听明白" not in citizen.told
    assert citizen.slots["misses"] == 0
