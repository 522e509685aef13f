"""Only what was surely told of the applicant is taken; what answers another question is kept."""

from __future__ import annotations

from typing import Any

import pytest

from tests.actions.conftest import Citizen
from tests.fakes.internal_api import InternalApi

SUPPORT: dict[str, Any] = {"matter": "support_payments", "victim_of_abuse": False, "screened": True}


async def begins_after(citizen: Citizen, *stories: str) -> None:
    """Tell stories, then ask to be screened."""
    citizen.before = [
        {"event": "user", "text": one, "parse_data": {"intent": {"name": "ask_law"}}}
        for one in stories
    ]
    citizen.loop, citizen.slots["requested_slot"] = "eligibility_form", None
    await citizen.answers("能申请法律援助吗", "check_eligibility")


async def is_asked(citizen: Citizen, fact_id: str, text: str, intent: str = "inform") -> None:
    """Answer an open question."""
    citizen.loop, citizen.slots["requested_slot"] = "eligibility_form", fact_id
    await citizen.answers(text, intent)


@pytest.mark.parametrize(
    "story",
    [
        "我外甥女她爸在外地打工 六年没给过抚养费",
        "孩子他爸出去打工了 不给抚养费",
        "三个儿子都不养我 儿子在外面打工",
        "老板欠我工资 他是农民工出身",
        "欠我工资 我没出去打工 就在本地饭店",
        "老板欠我工资 我在饭店打工",
    ],
)
async def test_who_works_away_from_home_is_not_always_the_applicant(
    citizen: Citizen, story: str
) -> None:
    await begins_after(citizen, story)
    assert citizen.slots.get("groups") is None
    assert "进城务工" not in citizen.told


@pytest.mark.parametrize("story", ["我是农村出来打工的 老板欠我工资", "农民工讨薪"])
async def test_who_says_to_have_come_from_the_country_is_not_asked(
    citizen: Citizen, story: str
) -> None:
    await begins_after(citizen, story)
    assert citizen.slots["groups"] == "migrant_worker"


@pytest.mark.parametrize("number", ["4", "11", "2", "改第7条"])
async def test_a_number_typed_before_names_no_place_no_person_and_no_matter(
    citizen: Citizen, number: str
) -> None:
    await begins_after(citizen, number)
    told = {key: citizen.slots.get(key) for key in ("matter", "groups", "region", "for_whom")}
    assert set(told.values()) == {None}


async def test_where_the_father_works_is_not_where_it_happened(citizen: Citizen) -> None:
    await begins_after(citizen, "孩子他爸在呼市打工 一分抚养费不给")
    assert citizen.slots.get("region") is None
    await begins_after(citizen, "在通辽 孩子他爸不给抚养费")
    assert citizen.slots["region"] == "tongliao"


@pytest.mark.parametrize(
    "story", ["我老公打我 帮我看看", "我想要我的养老金 我儿子不管", "给我老公打了"]
)
async def test_who_names_a_relative_does_not_ask_for_the_relative(
    citizen: Citizen, story: str
) -> None:
    citizen.loop, citizen.slots["requested_slot"] = "eligibility_form", None
    await citizen.answers(f"{story} 能申请援助吗", "check_eligibility")
    assert citizen.slots.get("for_whom") is None


async def test_what_was_told_of_oneself_falls_when_it_is_for_another(citizen: Citizen) -> None:
    citizen.slots |= {**SUPPORT, "groups": "social_assistance"}
    await is_asked(citizen, "for_whom", "给我妈")
    assert citizen.slots["groups"] is None


async def test_a_child_is_a_minor_and_nobody_asks_about_money(citizen: Citizen) -> None:
    citizen.slots |= SUPPORT
    await is_asked(citizen, "for_whom", "2 娃4岁")
    assert (citizen.slots["for_whom"], citizen.slots["groups"]) == ("child", "minor")
    assert "第四十二条" in citizen.told
    assert "家里有没有钱，我不问" in citizen.told
    assert citizen.slots["requested_slot"] == "region"


async def test_who_is_beaten_hears_at_once_and_once_that_money_is_not_asked_about(
    citizen: Citizen, api: InternalApi
) -> None:
    await begins_after(citizen, "我男人天天打我")
    assert "第三十二条第（四）项" in citizen.told
    assert "家里有没有钱，我不问" in citizen.told
    await is_asked(citizen, "for_whom", "给我自己")
    assert "我不问" not in citizen.told


async def test_two_answers_in_one_are_both_heard(citizen: Citizen) -> None:
    citizen.slots |= {"matter": "labour_pay", "for_whom": "self", "groups": "migrant_worker"}
    citizen.slots["region"] = "tongliao"
    await is_asked(citizen, "has_lawyer", "没请 也没告")
    assert (citizen.slots["has_lawyer"], citizen.slots["stage"]) == (False, "not_started")
    assert citizen.slots["requested_slot"] == "urgent"


@pytest.mark.parametrize(
    ("asked", "text", "fact_id", "value"),
    [
        ("region", "没请律师", "has_lawyer", False),
        ("groups", "我没工资 就养老金二百来块", "hardship_self_assessment", True),
        ("region", "没起诉过", "stage", "not_started"),
        ("region", "通辽 没请律师", "has_lawyer", False),
    ],
)
async def test_an_answer_to_another_question_is_kept(
    citizen: Citizen, asked: str, text: str, fact_id: str, value: object
) -> None:
    citizen.slots |= {**SUPPORT, "for_whom": "self"}
    if asked != "groups":
        citizen.slots["groups"] = "none"
    await is_asked(citizen, asked, text, "ask_law")
    assert citizen.slots[fact_id] == value


@pytest.mark.parametrize("text", ["没请律师能申请吗", "请律师要多少钱", "法院在哪"])
async def test_a_question_tells_no_fact(citizen: Citizen, text: str) -> None:
    citizen.slots |= {**SUPPORT, "for_whom": "self", "groups": "none"}
    await is_asked(citizen, "region", text, "ask_law")
    assert citizen.slots.get("has_lawyer") is None
    assert citizen.slots.get("stage") is None


async def test_a_correction_of_the_open_answer_is_an_answer(citizen: Citizen) -> None:
    citizen.slots |= {**SUPPORT, "groups": "elderly"}
    await is_asked(citizen, "for_whom", "不是 我说的是给我自己", "correct")
    assert citizen.slots["for_whom"] == "self"


async def test_a_matter_told_twice_that_no_list_names_is_another_matter(
    citizen: Citizen, api: InternalApi
) -> None:
    asked = "您要办的是什么事？直接说就行，比如“老板欠我工资”。"
    citizen.before = [{"event": "bot", "text": asked, "data": {}} for _ in range(2)]
    await is_asked(citizen, "matter", "他把我家的鱼塘放干了", "ask_law")
    assert citizen.slots["matter"] == "other"


async def test_words_of_danger_that_the_gateway_answered_are_the_matter(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.loop, citizen.slots["requested_slot"] = "eligibility_form", None
    told = "我男人天天喝酒打我 法律援助咋弄"
    action = "validate_eligibility_form"
    await citizen.runs(action, "我能申请不", "check_eligibility", danger=told)
    assert citizen.slots["matter"] == "domestic_violence"
    assert "家里有没有钱，我不问" in citizen.told


async def test_a_line_named_before_any_list_was_shown_is_no_answer(citizen: Citizen) -> None:
    citizen.slots |= {**SUPPORT, "for_whom": "self"}
    await is_asked(citizen, "groups", "第三条不对", "correct")
    assert citizen.slots.get("groups") is None
    assert citizen.slots["requested_slot"] == "reviewed"
