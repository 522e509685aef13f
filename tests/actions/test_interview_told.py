"""What the citizen tells beside the question is kept, and what corrects it counts."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Citizen
from tests.actions.interviewing import answers


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


@pytest.mark.parametrize(
    "said",
    [
        "他现在不在家，是前天打的。接着弄那个法律援助吧",
        "没事了 接着填吧",
        "继续弄那个",
        "咱接着来",
        "还是办法律援助吧",
    ],
)
async def test_who_takes_the_interview_up_again_is_asked_on(citizen: Citizen, said: str) -> None:
    citizen.slots |= {"matter": "domestic_violence", "screened": True}
    events = await answers(citizen, "for_whom", said, "nlu_fallback", 0.4)
    assert {"event": "slot", "timestamp": None, "name": "requested_slot", "value": "for_whom"} in (
        events
    )


async def test_choices_of_another_matter_are_not_mixed_with_answers(citizen: Citizen) -> None:
    citizen.loop = "eligibility_form"
    citizen.slots |= {"matter": "domestic_violence", "requested_slot": "for_whom"}
    citizen.slots |= {"offered": ["因为家暴离婚，怎么离、能要赔偿吗？"], "screened": True}
    rejected = [{"event": "action_execution_rejected", "name": "eligibility_form"}]
    await citizen.runs("action_ask_eligibility_form_for_whom", "那咋离", "ask_law", 0.9, rejected)
    assert "给我自己" not in citizen.options
    assert "先放着" in citizen.told


@pytest.mark.parametrize(
    ("told", "whom", "region"),
    [
        ("我爸在呼和浩特工地干活 从架子上掉下来了", "给别的家里人", "hohhot"),
        ("我妈在海拉尔超市门口摔了", "给别的家里人", "hulunbuir"),
    ],
)
async def test_the_place_of_the_relative_is_not_asked_for_again(
    citizen: Citizen, told: str, whom: str, region: str
) -> None:
    citizen.loop = "eligibility_form"
    said = {"event": "user", "text": told, "parse_data": {"intent": {"name": "ask_law"}}}
    citizen.before.append(said)
    citizen.slots |= {"matter": "work_injury", "requested_slot": "for_whom"}
    await citizen.runs("validate_eligibility_form", whom, "inform")
    assert citizen.slots["region"] == region
