"""In the middle of a matter, where and how to apply are asked of that matter."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Citizen
from tests.actions.read_entries import ORDER, READ
from tests.fakes.internal_api import ENTRIES, WAGES, InternalApi

ASK, WHERE, HOW = "action_answer_question", "action_find_office", "action_guide_application"
OFFICES = "法律援助机构"
REVIEW = {
    **WAGES,
    "docid": "administrative/review",
    "title": "怎么申请行政复议？",
    "answer": "向县政府申请，不收费。",
    "body": "向县政府申请，不收费。",
    "topic": "administrative",
}
ENTRIES[REVIEW["docid"]] = REVIEW


async def _reads(citizen: Citizen, api: InternalApi, entry: dict[str, object]) -> None:
    api.finds("answer", entry)
    await citizen.runs(ASK, "我挨罚了不服", "ask_law")
    citizen.slots["context"] = "我挨罚了不服"


@pytest.mark.parametrize("text", ["去哪申请复议", "上哪儿复议", "复议材料交到哪", "哪里管这个"])
async def test_where_to_apply_is_asked_of_the_matter(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    await _reads(citizen, api, WAGES)
    api.finds("answer", REVIEW)
    await citizen.runs(WHERE, text, "find_office")
    assert REVIEW["answer"] in citizen.told
    assert OFFICES not in citizen.told


async def test_a_place_that_nothing_tells_is_said_to_be_open(
    citizen: Citizen, api: InternalApi
) -> None:
    await _reads(citizen, api, READ)
    api.finds("not_sure")
    await citizen.runs(WHERE, "窗口在几楼", "find_office")
    assert "没有说到" in citizen.told
    assert "12333" in citizen.told
    assert OFFICES not in citizen.told


@pytest.mark.parametrize("text", ["法律援助去哪申请", "法援在哪", "找律师去哪"])
async def test_who_means_legal_aid_hears_its_offices(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    await _reads(citizen, api, WAGES)
    await citizen.runs(WHERE, text, "find_office")
    assert OFFICES in citizen.told


async def test_who_has_told_nothing_hears_the_offices(citizen: Citizen, api: InternalApi) -> None:
    await citizen.runs(WHERE, "去哪申请", "find_office")
    assert OFFICES in citizen.told


async def test_how_to_apply_is_asked_of_what_is_applied_for(
    citizen: Citizen, api: InternalApi
) -> None:
    await _reads(citizen, api, ORDER)
    await citizen.runs(HOW, "那咋申请呀", "apply_legal_aid")
    assert "法律援助" not in citizen.told
    assert ORDER["title"] in citizen.told


async def test_while_a_day_is_asked_for_the_place_is_that_of_the_matter(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.loop = "deadline_form"
    api.finds("answer", REVIEW)
    await citizen.runs(WHERE, "去哪申请复议", "find_office")
    assert OFFICES not in citizen.told


@pytest.mark.parametrize(
    ("action", "text", "intent"),
    [
        ("action_what_can_you_do", "复议要钱吗", "what_can_you_do"),
        ("action_application_status", "到哪申请", "application_status"),
        ("action_application_status", "那得去哪递材料", "application_status"),
    ],
)
async def test_what_sounds_like_another_goal_is_asked_of_the_matter(
    citizen: Citizen, api: InternalApi, action: str, text: str, intent: str
) -> None:
    await _reads(citizen, api, WAGES)
    api.finds("answer", REVIEW)
    await citizen.runs(action, text, intent)
    assert REVIEW["answer"] in citizen.told


async def test_who_asks_about_the_assistant_hears_of_it(citizen: Citizen, api: InternalApi) -> None:
    await _reads(citizen, api, WAGES)
    await citizen.runs("action_what_can_you_do", "你会干啥 要钱吗", "what_can_you_do")
    assert "四件事" in citizen.told
