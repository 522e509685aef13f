"""The result names reasons with articles, papers, place and clocks, and decides nothing."""

from __future__ import annotations

from typing import Any

import pytest

from tests.actions.conftest import Citizen

WORKER = {
    "matter": "labour_pay",
    "for_whom": "self",
    "groups": "migrant_worker",
    "region": "chifeng",
    "has_lawyer": False,
    "stage": "not_started",
    "urgent": "none",
}
MATTERS = ["labour_pay", "domestic_violence", "state_compensation", "criminal", "land", "other"]


async def test_the_result_has_its_parts(citizen: Citizen) -> None:
    citizen.slots |= WORKER
    await citizen.runs("action_screen_eligibility")
    assert citizen.told.startswith("初步看：可能符合。最后由法律援助机构审核决定。")
    for part in ("《法律援助法》第三十一条第（五）项", "带上：", "赤峰市", "7 天内审查"):
        assert part in citizen.told
    assert {"申请步骤", "找律师", "改一下"} <= set(citizen.options)


@pytest.mark.parametrize("matter", MATTERS)
@pytest.mark.parametrize("urgent", ["none", "deadline", "unknown"])
async def test_no_result_is_longer_than_six_hundred_characters(
    citizen: Citizen, matter: str, urgent: str
) -> None:
    citizen.slots |= {**WORKER, "matter": matter, "groups": "elderly", "urgent": urgent}
    await citizen.runs("action_screen_eligibility")
    assert 100 < len(citizen.told) <= 600


@pytest.mark.parametrize("matter", MATTERS)
@pytest.mark.parametrize("has_lawyer", [True, False, "unknown"])
async def test_no_result_says_a_decision(citizen: Citizen, matter: str, has_lawyer: Any) -> None:
    citizen.slots |= {**WORKER, "matter": matter, "has_lawyer": has_lawyer}
    await citizen.runs("action_screen_eligibility")
    assert "由法律援助机构审核决定" in citizen.told
    for decision in ("您不符合", "不予援助", "您没有资格", "您符合"):
        assert decision not in citizen.told


@pytest.mark.parametrize("role", ["accused", "victim", "compulsory_treatment", "unknown"])
@pytest.mark.parametrize("cases", ["minor", "none", None])
async def test_no_criminal_result_is_longer_than_six_hundred_characters(
    citizen: Citizen, role: str, cases: str | None
) -> None:
    told = {"matter": "criminal", "criminal_role": role, "accused_cases": cases}
    citizen.slots |= {**WORKER, **told, "for_whom": "relative", "represented": "detained"}
    await citizen.runs("action_screen_eligibility")
    assert 100 < len(citizen.told) <= 600


async def test_criminal_matters_are_sent_to_a_person(citizen: Citizen) -> None:
    citizen.slots["matter"] = "criminal"
    await citizen.runs("action_screen_eligibility")
    assert citizen.options[0] == "找律师"


async def test_a_period_about_to_end_comes_before_the_other_clocks(citizen: Citizen) -> None:
    citizen.slots |= {**WORKER, "urgent": "deadline"}
    await citizen.runs("action_screen_eligibility")
    assert citizen.told.index("先提供援助") < citizen.told.index("7 天内审查")
