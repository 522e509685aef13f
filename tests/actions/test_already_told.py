"""The interview starts from what was already said, says so, and never overrules an answer."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Citizen
from tests.fakes.internal_api import InternalApi


async def begins(citizen: Citizen, text: str = "看看我能不能申请") -> None:
    """Ask to be screened."""
    citizen.loop, citizen.slots["requested_slot"] = "eligibility_form", None
    await citizen.answers(text, "check_eligibility")


async def test_matter_group_and_place_of_earlier_messages_are_taken(
    citizen: Citizen, api: InternalApi
) -> None:
    said = "我是农村来赤峰打工的，老板欠我三个月工资，一共一万二"
    await citizen.runs("action_answer_question", said, "ask_law")
    await begins(citizen)
    told = {key: citizen.slots[key] for key in ("matter", "groups", "region")}
    assert told == {"matter": "labour_pay", "groups": "migrant_worker", "region": "chifeng"}
    assert "按您刚才说的“讨要工资、进城务工的农民、牧民、赤峰市”来看" in citizen.told
    assert citizen.slots["requested_slot"] == "for_whom"


async def test_what_the_request_says_wins_over_earlier_messages(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs("action_answer_question", "老板欠我工资", "ask_law")
    await begins(citizen, "草场被占了能申请法律援助吗")
    assert citizen.slots["matter"] == "land"


async def test_an_answer_of_the_interview_is_not_overruled_by_an_older_message(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs("action_answer_question", "我在赤峰干活，老板欠我工资", "ask_law")
    citizen.slots |= {"matter": "labour_pay", "region": "tongliao"}
    await begins(citizen)
    assert citizen.slots["region"] == "tongliao"


async def test_what_was_said_before_starting_over_is_forgotten(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs("action_answer_question", "老板欠我工资", "ask_law")
    await citizen.runs("action_restart_interview", "重新开始", "start_over")
    await begins(citizen)
    assert citizen.slots.get("matter") is None


async def test_who_asks_for_a_grown_up_relative_is_not_asked_for_whom(citizen: Citizen) -> None:
    await begins(citizen, "替我妈问一下她被拖欠工资能不能申请法律援助")
    assert (citizen.slots["matter"], citizen.slots["for_whom"]) == ("labour_pay", "relative")
    assert citizen.slots["requested_slot"] == "represented"


async def test_whether_a_son_is_grown_up_is_asked(citizen: Citizen) -> None:
    await begins(citizen, "帮我儿子问一下被拖欠工资能不能申请")
    assert citizen.slots.get("for_whom") is None


async def test_a_child_in_a_story_does_not_make_the_citizen_a_minor(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs("action_answer_question", "男人打我，还打孩子", "ask_law")
    await begins(citizen)
    assert citizen.slots["matter"] == "domestic_violence"
    assert citizen.slots.get("groups") is None


async def test_a_victim_of_violence_is_not_asked_for_money(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs("action_safety", "他喝醉了又打我", "danger")
    await begins(citizen)
    asked = []
    replies = {"for_whom": "给我自己", "region": "通辽", "has_lawyer": "没请", "stage": "还没开始"}
    while citizen.slots["requested_slot"] in replies:
        asked.append(citizen.slots["requested_slot"])
        await citizen.answers(replies[asked[-1]])
    assert "groups" not in asked
    assert "hardship_self_assessment" not in asked


@pytest.mark.parametrize(
    "text", ["公婆把草场拿走了，我也没低保，能找免费律师吗", "我不是低保户，能申请援助吗"]
)
async def test_who_has_no_allowance_neither_wants_one_nor_has_one(
    citizen: Citizen, text: str
) -> None:
    await begins(citizen, text)
    assert citizen.slots.get("matter") != "social_assistance"
    assert citizen.slots.get("groups") != "social_assistance"


@pytest.mark.parametrize(
    ("told", "role"),
    [
        ("我昨天没忍住把我小舅子打了,他鼻梁骨断了", "accused"),
        ("我一时糊涂把邻居打伤了", "accused"),
        ("邻居把我打了 鼻梁骨断了", "victim"),
    ],
)
async def test_who_tells_of_having_hit_somebody_is_not_taken_for_the_victim(
    citizen: Citizen, told: str, role: str
) -> None:
    await citizen.runs("action_answer_question", told, "ask_law")
    await begins(citizen, "刑事案件能申请法律援助吗")
    assert citizen.slots.get("criminal_role") == role
