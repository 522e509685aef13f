"""The interview asks one thing at a time and understands answers before anything else."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from rasa_sdk import Tracker

from actions.known_facts import facts_of
from tests.actions.conftest import SENDER, Calendar, Citizen
from tests.fakes.internal_api import ENTRIES, WAGES, InternalApi

VALIDATE = "validate_eligibility_form"
REJECTED = {"event": "action_execution_rejected", "name": "eligibility_form"}


async def answers(
    citizen: Citizen, fact: str | None, text: str, intent: str = "inform", sure: float = 0.95
) -> list[dict[str, Any]]:
    citizen.loop = "eligibility_form"
    citizen.slots["requested_slot"] = fact
    return await citizen.runs(VALIDATE, text, intent, sure)


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


async def test_a_point_to_be_said_anew_is_asked_even_where_it_changes_nothing(
    citizen: Citizen,
) -> None:
    """Whoever has a lawyer already is asked little more; the point is still asked again."""
    citizen.slots |= {"matter": "labour_pay", "for_whom": "self", "groups": "migrant_worker"}
    citizen.slots |= {"region": "tongliao", "has_lawyer": True}
    await answers(citizen, "reviewed", "改第二条", "correct")
    assert citizen.slots["requested_slot"] == "for_whom"
    await answers(citizen, "for_whom", "给我妈", "inform")
    assert citizen.slots["for_whom"] == "relative"


async def test_a_story_as_the_matter_tells_the_rest_along(citizen: Citizen) -> None:
    await answers(citizen, "matter", "给我妈问，她在赤峰的低保被停了", "inform")
    assert citizen.slots["for_whom"] == "relative"
    assert citizen.slots["region"] == "chifeng"
    assert "赤峰市" in citizen.told
    assert citizen.slots["requested_slot"] not in ("for_whom", "region", "matter")


async def test_what_follows_a_change_of_mind_counts(citizen: Citizen) -> None:
    citizen.slots |= {"matter": "support_payments", "victim_of_abuse": False, "screened": True}
    await answers(citizen, "for_whom", "给我没成年的孩子 不对 给我自己")
    assert citizen.slots["for_whom"] == "self"
    await answers(citizen, "for_whom", "给我没成年的孩子 不对 给我自己", "correct")
    assert citizen.slots["for_whom"] == "self"


async def test_nobody_is_asked_who_did_a_harm_that_was_denied(citizen: Citizen) -> None:
    citizen.slots |= {"matter": "support_payments", "victim_of_abuse": False, "screened": True}
    await answers(citizen, "for_whom", "给我没成年的孩子")
    assert citizen.slots["for_whom"] == "child"
    assert citizen.slots["requested_slot"] != "wrongdoer_is_guardian"


async def test_a_plain_correction_of_the_person_drops_the_question_about_harm(
    citizen: Citizen,
) -> None:
    citizen.slots |= {"matter": "domestic_violence", "for_whom": "child", "screened": True}
    await answers(
        citizen, "wrongdoer_is_guardian", "我说的是给我自己 没人害他", "nlu_fallback", 0.3
    )
    assert citizen.slots["for_whom"] == "self"
    assert citizen.slots["requested_slot"] != "wrongdoer_is_guardian"


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


@pytest.mark.parametrize(
    "story", ["给邻居盖房从架子上摔了 没合同", "不是单位 是给邻居盖房摔的", "帮亲戚干活摔断了腿"]
)
async def test_work_for_a_private_person_is_no_injury_of_an_employee(
    citizen: Citizen, story: str
) -> None:
    citizen.slots["aid_matter"] = "work_injury"
    citizen.before = [
        {"event": "user", "text": story, "parse_data": {"intent": {"name": "ask_law"}}}
    ]
    await answers(citizen, None, "看看我能不能申请法律援助", "check_eligibility")
    assert citizen.slots["matter"] == "other"
    assert "工伤" not in citizen.told


async def test_work_for_a_private_person_told_in_the_interview_takes_the_injury_back(
    citizen: Citizen,
) -> None:
    citizen.slots |= {"matter": "work_injury", "last_fact": "matter", "for_whom": "self"}
    await answers(citizen, "groups", "不对 是给邻居盖房 不是单位", "inform", 0.3)
    assert citizen.slots["matter"] == "other"


@pytest.mark.parametrize(
    ("asked", "text", "fact", "value"),
    [
        ("stage", "他一个月就低保五百", "groups", "social_assistance"),
        ("matter", "我是退伍老兵 当过三年", "groups", "preferential_treatment"),
        ("represented", "没有固定收入的老人", "groups", "elderly"),
        ("matter", "科左后旗", "region", "tongliao"),
    ],
)
async def test_what_answers_another_question_is_noted_and_is_no_miss(
    citizen: Citizen, asked: str, text: str, fact: str, value: str
) -> None:
    citizen.slots |= {"for_whom": "relative"}
    await answers(citizen, asked, text, "inform", 0.3)
    assert citizen.slots[fact] == value
    assert citizen.slots["misses"] == 0
    assert "记下了" in citizen.told
    assert citizen.slots.get(asked) is None


async def test_a_denied_group_does_not_hide_the_one_that_is_told(citizen: Citizen) -> None:
    citizen.slots |= {"matter": "land", "for_whom": "self", "groups": "social_assistance"}
    citizen.slots |= {"last_fact": "groups", "requested_slot": "region"}
    citizen.loop = "eligibility_form"
    text = "刚才说错了 我不是低保 我是残疾 没收入"
    await citizen.runs("action_correct_answer", text, "correct")
    assert citizen.slots["groups"] == "disabled"


async def test_a_place_put_in_place_of_another_is_no_answer_about_the_person(
    citizen: Citizen,
) -> None:
    citizen.slots |= {"matter": "land", "for_whom": "self", "region": "tongliao"}
    await answers(citizen, "groups", "不是奈曼 是库伦旗", "inform", 0.3)
    assert citizen.slots.get("groups") is None
    assert "通辽" in citizen.told
    await answers(citizen, "groups", "都不是 是普通人", "inform", 0.3)
    assert citizen.slots["groups"] == "none"


PAID_BACK: dict[str, Any] = {
    **WAGES,
    "docid": "minors/paid-back",
    "title": "孩子打赏主播花了很多钱，能要回来吗？",
    "body": "有机会要回来。\n\n当心：家长没管好手机的，可能要自己担一部分。\n找谁：12315。",
}
ENTRIES[PAID_BACK["docid"]] = PAID_BACK


@pytest.mark.parametrize(
    ("text", "intent"), [("能要回来多少", "resume"), ("能要回来多少", "check_eligibility")]
)
async def test_what_asks_on_about_the_matter_begins_no_interview(
    citizen: Citizen, api: InternalApi, text: str, intent: str
) -> None:
    citizen.slots |= {"last_entry": PAID_BACK["docid"], "last_topic": "minors"}
    citizen.loop = "eligibility_form"  # Rasa has begun it
    noted = [{"event": "action", "name": "eligibility_form"}]
    done = await citizen.runs("validate_eligibility_form", text, intent, 0.6, noted)
    assert "自己担一部分" in citizen.told
    assert citizen.loop is None
    assert citizen.slots["requested_slot"] is None
    assert done[-1]["name"] == "action_listen"


@pytest.mark.parametrize("text", ["继续", "接着填", "我能不能申请法律援助"])
async def test_who_names_the_interview_begins_it_after_any_matter(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    citizen.slots |= {"last_entry": PAID_BACK["docid"], "last_topic": "minors"}
    await citizen.runs("validate_eligibility_form", text, "resume", 0.9)
    assert citizen.slots["requested_slot"] == "matter"


@pytest.mark.parametrize("text", ["他家条件比我好", "他在矿上一个月挣八千"])
async def test_what_tells_more_of_the_matter_begins_no_interview(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    citizen.slots |= {"last_entry": PAID_BACK["docid"], "last_topic": "minors"}
    citizen.loop = "eligibility_form"  # Rasa has begun it
    noted = [{"event": "action", "name": "eligibility_form"}]
    await citizen.runs("validate_eligibility_form", text, "check_eligibility", 0.6, noted)
    assert citizen.loop is None
    assert citizen.slots["requested_slot"] is None
    assert "办的是什么事" not in citizen.told


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("不是填表 我问孩子判给谁", "download_papers"),
        ("先不填了 要是放出来回家咋办", "ask_law"),
        ("算了不填了 那孩子归谁", "stop"),
    ],
)
async def test_who_leaves_the_interview_and_asks_is_answered(
    citizen: Citizen, api: InternalApi, text: str, intent: str
) -> None:
    citizen.slots |= {"matter": "domestic_violence", "requested_slot": "region"}
    citizen.loop = "eligibility_form"
    noted = [{"event": "action", "name": "eligibility_form"}]
    await citizen.runs("validate_eligibility_form", text, intent, 0.9, noted)
    assert citizen.loop is None
    assert citizen.told.startswith("好，先不填了")
    assert api.searches
    assert all("填" not in str(one) for one in api.searches)
    assert citizen.slots["matter"] == "domestic_violence"  # what was told is kept


async def test_who_only_leaves_the_interview_asks_nothing(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.slots |= {"matter": "domestic_violence", "requested_slot": "region"}
    citizen.loop = "eligibility_form"
    noted = [{"event": "action", "name": "eligibility_form"}]
    await citizen.runs("validate_eligibility_form", "先不填了 我去喂羊", "stop", 0.9, noted)
    assert not api.searches


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


async def test_what_tells_more_after_a_choice_begins_no_interview(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.slots |= {"context": "离婚孩子判给谁", "offered": ["离婚孩子归谁？"]}
    citizen.loop = "eligibility_form"  # Rasa has begun it
    noted = [{"event": "action", "name": "eligibility_form"}]
    text = "他家条件比我好"
    await citizen.runs("validate_eligibility_form", text, "check_eligibility", 0.6, noted)
    assert citizen.loop is None
