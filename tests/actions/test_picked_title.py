"""Who picks a title from a list asked something before: that is answered, not the card again."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Citizen
from tests.fakes.internal_api import NO_CONTRACT, WAGES, InternalApi

ASK = "action_answer_question"
ASKED = "他要是跑了找不着人呢"
FLED = "跑了也能告：仲裁、起诉都不用他到场。"


@pytest.fixture
def keeps(api: InternalApi) -> InternalApi:
    """A library that is not sure between two entries, the first of which keeps an answer."""
    api.further, api.share = {WAGES["docid"]: {ASKED: FLED}}, 0.95
    api.finds("ask_back", {**WAGES, "score": 0.3}, {**NO_CONTRACT, "score": 0.28})
    return api


async def test_what_was_asked_before_the_list_is_answered_first(
    citizen: Citizen, keeps: InternalApi
) -> None:
    await citizen.runs(ASK, ASKED, "ask_law")
    await citizen.runs(ASK, WAGES["title"], "ask_law")
    assert citizen.told.startswith(FLED)
    assert WAGES["answer"] in citizen.told


async def test_who_picks_what_was_shown_already_gets_no_second_card(
    citizen: Citizen, keeps: InternalApi
) -> None:
    keeps.further = {}
    keeps.finds("answer", WAGES)
    await citizen.runs(ASK, "老板欠我工资", "ask_law")
    keeps.finds("ask_back", {**NO_CONTRACT, "score": 0.3}, {**WAGES, "score": 0.28})
    await citizen.runs(ASK, "我想问问这个老板咋能治住他让他给我赔个不是", "ask_law")
    await citizen.runs(ASK, WAGES["title"], "ask_law")
    assert WAGES["body"] not in citizen.told
    assert "未经律师审核" not in citizen.told


async def test_of_what_was_shown_already_the_question_before_the_list_is_answered(
    citizen: Citizen, keeps: InternalApi
) -> None:
    keeps.finds("answer", WAGES)
    await citizen.runs(ASK, "老板欠我工资", "ask_law")
    keeps.further, kept = {}, keeps.further
    keeps.finds("ask_back", {**NO_CONTRACT, "score": 0.3}, {**WAGES, "score": 0.28})
    await citizen.runs(ASK, ASKED, "ask_law")
    keeps.further = kept
    await citizen.runs(ASK, WAGES["title"], "ask_law")
    assert FLED in citizen.told
    assert WAGES["body"] not in citizen.told
