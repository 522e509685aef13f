"""Two questions of one message about one matter are both answered."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Citizen
from tests.fakes.internal_api import NO_CONTRACT, WAGES, InternalApi

ASK = "action_answer_question"
BOTH = "我就是问没合同算不算工伤 三千块能不能拿"
INJURED, MONEY = "没合同也可能算。", "钱能收，字别签。"
ANSWERS = {"我就是问没合同算不算工伤": INJURED, "三千块能不能拿": MONEY}


@pytest.fixture
def keeps(api: InternalApi) -> InternalApi:
    """A library whose entry on wages keeps a sure answer to both questions."""
    api.further, api.share = {WAGES["docid"]: ANSWERS}, 0.95
    api.finds("answer", WAGES)
    return api


async def test_both_questions_about_the_entry_read_are_answered(
    citizen: Citizen, keeps: InternalApi
) -> None:
    await citizen.runs(ASK, "老板让我签字", "ask_law")
    await citizen.runs(ASK, BOTH, "ask_law")
    assert INJURED in citizen.told
    assert MONEY in citizen.told
    assert not set(ANSWERS) & set(citizen.options)


async def test_both_are_answered_of_the_entry_that_comes_nearest(
    citizen: Citizen, keeps: InternalApi
) -> None:
    keeps.finds("ask_back", WAGES)
    await citizen.runs(ASK, BOTH, "ask_law")
    assert WAGES["title"] in citizen.told
    assert INJURED in citizen.told
    assert MONEY in citizen.told
    assert citizen.slots["last_entry"] == WAGES["docid"]


async def test_what_the_entry_does_not_keep_is_offered(
    citizen: Citizen, keeps: InternalApi
) -> None:
    keeps.further = {WAGES["docid"]: {"三千块能不能拿": MONEY}}
    await citizen.runs(ASK, "老板让我签字", "ask_law")
    await citizen.runs(ASK, BOTH, "ask_law")
    assert MONEY not in citizen.told
    assert "三千块能不能拿" in citizen.options


async def test_what_is_kept_but_not_surely_meant_is_no_answer(
    citizen: Citizen, keeps: InternalApi
) -> None:
    keeps.share = 0.6
    keeps.finds("answer", NO_CONTRACT)
    await citizen.runs(ASK, "老板让我签字", "ask_law")
    await citizen.runs(ASK, BOTH, "ask_law")
    assert INJURED not in citizen.told


async def test_who_corrects_what_was_taken_for_the_matter_is_answered_on_the_rest(
    citizen: Citizen, keeps: InternalApi
) -> None:
    keeps.further = {
        WAGES["docid"]: {"去法院告他，在哪告，": "去干活那里。", "要不要交钱": "不要。"}
    }
    await citizen.runs(ASK, "老板不给工资", "ask_law")
    await citizen.runs(ASK, "我没说自己拆，我是说去法院告他，在哪告，要不要交钱", "ask_law")
    assert "去干活那里。" in citizen.told
    assert "不要。" in citizen.told
