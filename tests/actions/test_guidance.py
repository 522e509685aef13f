"""Steps, papers, places and clocks of an application, with nothing invented."""

from __future__ import annotations

import re

import pytest

from tests.actions.conftest import Citizen
from tests.fakes.internal_api import WAGES, InternalApi

GUIDANCE = [
    "action_guide_application",
    "action_required_documents",
    "action_find_office",
    "action_deadlines",
]
KNOWN_NUMBERS = {"12348", "0471-5301444"}


@pytest.mark.parametrize("action", GUIDANCE)
async def test_it_is_short_and_gives_no_unknown_phone_number(citizen: Citizen, action: str) -> None:
    await citizen.runs(action, "怎么办", "apply_legal_aid")
    assert 50 < len(citizen.told) <= 600
    assert set(re.findall(r"\d{5,}|\d{4}-\d+", citizen.told)) <= KNOWN_NUMBERS


@pytest.mark.parametrize("action", GUIDANCE)
async def test_repealed_rules_are_gone(citizen: Citizen, action: str) -> None:
    await citizen.runs(action, "怎么办", "apply_legal_aid")
    for old in ("工作日", "盖章", "困难证明"):
        assert old not in citizen.told


async def test_the_steps_name_the_ways_to_hand_in_and_the_clocks(citizen: Citizen) -> None:
    await citizen.runs("action_guide_application", "怎么申请", "apply_legal_aid")
    for part in ("窗口", "邮寄", "司法所", "嘎查", "7 天", "3 天"):
        assert part in citizen.told
    assert "看看我能不能申请" in citizen.options


@pytest.mark.parametrize("action", GUIDANCE)
@pytest.mark.parametrize("detained", [True, False])
async def test_it_is_short_for_the_accused_too(
    citizen: Citizen, action: str, detained: bool
) -> None:
    citizen.slots |= {"matter": "criminal", "criminal_role": "accused", "accused_cases": "minor"}
    if detained:
        citizen.slots |= {"for_whom": "relative", "represented": "detained"}
    await citizen.runs(action, "怎么办", "apply_legal_aid")
    assert 50 < len(citizen.told) <= 600


async def test_the_steps_for_the_accused_say_when_a_lawyer_must_be_appointed(
    citizen: Citizen,
) -> None:
    citizen.slots |= {"matter": "criminal", "criminal_role": "accused", "accused_cases": "minor"}
    await citizen.runs("action_guide_application", "怎么申请", "apply_legal_aid")
    assert "应当在 3 天内通知法律援助机构" in citizen.told


async def test_the_steps_name_the_matter_of_the_question_before(citizen: Citizen) -> None:
    citizen.slots["aid_matter"] = "labour_pay"
    await citizen.runs("action_guide_application", "申请法律援助", "apply_legal_aid")
    assert "讨要工资" in citizen.told


async def test_papers_follow_the_matter(citizen: Citizen) -> None:
    citizen.slots["aid_matter"] = "traffic_injury"
    await citizen.runs("action_required_documents", "要什么材料", "required_documents")
    assert "交通事故认定书" in citizen.told


async def test_papers_without_a_matter_say_that_more_may_be_needed(citizen: Citizen) -> None:
    await citizen.runs("action_required_documents", "要什么材料", "required_documents")
    assert "还没说是什么事" in citizen.told


async def test_the_place_in_the_message_counts(citizen: Citizen) -> None:
    await citizen.runs("action_find_office", "赤峰哪里能申请", "find_office")
    assert "赤峰市" in citizen.told
    assert "第三十八条" in citizen.told


async def test_how_long_is_about_legal_aid_where_nothing_was_asked_before(citizen: Citizen) -> None:
    await citizen.runs("action_deadlines", "多久有结果", "deadlines")
    for part in ("7 天", "3 天", "5 天", "第四十三条"):
        assert part in citizen.told


async def test_how_long_after_a_legal_question_is_about_that_question(
    citizen: Citizen, api: InternalApi
) -> None:
    api.finds("answer", WAGES)
    citizen.slots["context"] = "老板拖欠工资怎么办？"
    await citizen.runs("action_deadlines", "还来得及吗", "deadlines")
    assert "先要凭据" in citizen.told
