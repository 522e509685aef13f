"""What is asked on after an entry gets the short answer that the entry keeps for it."""

from __future__ import annotations

import pytest

from actions.wording import say
from tests.actions.conftest import Citizen
from tests.fakes.internal_api import ENTRIES, NO_CONTRACT, WAGES, InternalApi

ASK = "action_answer_question"
NO_MONEY = "没钱不是不给的理由，该投诉还投诉。"
ALONE = "能，一个人也能投诉，带上身份证。"
FURTHER = {WAGES["docid"]: {"老板说没钱": NO_MONEY, "一个人去行不行": ALONE}}


@pytest.fixture
def asked(api: InternalApi) -> InternalApi:
    """A library in which the entry on wages keeps two further questions."""
    api.further = FURTHER
    api.finds("answer", WAGES)
    return api


async def test_the_answer_stands_alone(citizen: Citizen, asked: InternalApi) -> None:
    await citizen.runs(ASK, "老板不给工资", "ask_law")
    await citizen.runs(ASK, "老板说没钱", "ask_law")
    assert citizen.texts == [NO_MONEY]
    assert "找律师" in citizen.options


async def test_who_may_mean_several_is_asked_which_and_picks_by_its_words(
    citizen: Citizen, asked: InternalApi
) -> None:
    await citizen.runs(ASK, "老板不给工资", "ask_law")
    await citizen.runs(ASK, "老板又说啥呢", "ask_law")
    assert citizen.told == say("further", "which")
    assert citizen.options[:1] == ["老板说没钱"]
    await citizen.runs(ASK, "老板说没钱", "ask_law")
    assert citizen.texts == [NO_MONEY]


async def test_a_choice_counts_whatever_goal_it_sounds_like(
    citizen: Citizen, asked: InternalApi
) -> None:
    await citizen.runs(ASK, "老板不给工资", "ask_law")
    await citizen.runs(ASK, "老板又说啥呢", "ask_law")
    await citizen.runs(ASK, "老板说没钱", "inform")
    assert citizen.texts == [NO_MONEY]


async def test_nobody_is_asked_which_twice(citizen: Citizen, asked: InternalApi) -> None:
    await citizen.runs(ASK, "老板不给工资", "ask_law")
    await citizen.runs(ASK, "老板又说啥呢", "ask_law")
    await citizen.runs(ASK, "就是老板说的嘛", "ask_law")
    assert citizen.texts == [NO_MONEY]


async def test_what_another_entry_answers_by_itself_is_no_further_question(
    citizen: Citizen, asked: InternalApi
) -> None:
    await citizen.runs(ASK, "老板不给工资", "ask_law")
    asked.finds("answer", NO_CONTRACT)
    await citizen.runs(ASK, "老板说没钱", "ask_law")
    assert NO_CONTRACT["answer"] in citizen.told


async def test_a_part_of_the_entry_answers_a_bare_question_better(
    citizen: Citizen, asked: InternalApi
) -> None:
    asked.further = {WAGES["docid"]: {"多长时间能要回来": "一般几个月。"}}
    await citizen.runs(ASK, "老板不给工资", "ask_law")
    await citizen.runs(ASK, "多长时间", "ask_law")
    assert WAGES["title"] in citizen.told


async def test_before_anything_was_read_nothing_is_asked_on(
    citizen: Citizen, asked: InternalApi
) -> None:
    await citizen.runs(ASK, "老板说没钱", "ask_law")
    assert WAGES["answer"] in citizen.told


async def test_of_entries_that_were_offered_the_fitting_one_answers(
    citizen: Citizen, asked: InternalApi
) -> None:
    asked.share = 0.9
    asked.finds("ask_back", NO_CONTRACT, WAGES)
    await citizen.runs(ASK, "老板的事", "ask_law")
    assert WAGES["title"] in citizen.options
    await citizen.runs(ASK, "老板说没钱", "ask_law")
    assert NO_MONEY in citizen.told
    assert WAGES["title"] in citizen.told
    assert citizen.slots["last_entry"] == WAGES["docid"]


@pytest.mark.parametrize(("share", "answered"), [(0.9, True), (0.7, False)])
async def test_what_sounds_like_a_limit_asks_on_only_where_that_is_sure(
    citizen: Citizen, asked: InternalApi, share: float, answered: bool
) -> None:
    asked.share = share
    await citizen.runs(ASK, "老板不给工资", "ask_law")
    asked.finds("not_sure")
    await citizen.runs("action_boundaries", "一个人去行不行", "predict_outcome")
    assert (ALONE in citizen.told) is answered


@pytest.mark.parametrize(("share", "answered"), [(0.9, True), (0.7, False)])
async def test_what_sounds_like_a_fact_told_asks_on_only_where_that_is_sure(
    citizen: Citizen, asked: InternalApi, share: float, answered: bool
) -> None:
    asked.share = share
    await citizen.runs(ASK, "老板不给工资", "ask_law")
    await citizen.runs(ASK, "老板说没钱", "inform")
    assert (citizen.told == NO_MONEY) is answered


async def test_what_another_entry_surely_answers_is_not_asked_of_those_offered(
    citizen: Citizen, asked: InternalApi
) -> None:
    asked.share = 0.9
    asked.finds("ask_back", NO_CONTRACT, WAGES)
    await citizen.runs(ASK, "老板的事", "ask_law")
    asked.finds("answer", NO_CONTRACT)
    await citizen.runs(ASK, "老板说没钱", "ask_law")
    assert NO_MONEY not in citizen.told


async def test_what_has_a_goal_of_its_own_is_left_to_it(
    citizen: Citizen, asked: InternalApi
) -> None:
    await citizen.runs(ASK, "老板不给工资", "ask_law")
    await citizen.runs("action_request_handoff", "老板说没钱", "talk_to_lawyer")
    assert NO_MONEY not in citizen.told


async def test_the_same_menu_never_comes_twice(citizen: Citizen, asked: InternalApi) -> None:
    await citizen.runs(ASK, "老板不给工资", "ask_law")
    await citizen.runs(ASK, "老板又说啥呢", "ask_law")
    assert citizen.told == say("further", "which")
    offered = set(citizen.options)
    await citizen.runs(ASK, citizen.options[0], "ask_law")
    await citizen.runs(ASK, "老板还说啥话了", "ask_law")
    assert citizen.told != say("further", "which") or set(citizen.options) - offered
    assert NO_MONEY not in citizen.options
    assert "找律师" in citizen.options


GUARANTEE = {
    **WAGES,
    "docid": "loans/guarantor",
    "topic": "loans",
    "body": "先别认。\n\n1. 看期限：按写的。",
}
KEPT = "期里还要担，过了才不担。"


async def test_what_the_entry_keeps_comes_before_lines_that_were_read(
    citizen: Citizen, api: InternalApi
) -> None:
    ENTRIES[GUARANTEE["docid"]] = GUARANTEE
    api.further = {GUARANTEE["docid"]: {"会不会把我工资卡冻了": KEPT}}
    api.finds("answer", GUARANTEE)
    read = {"last_entry": GUARANTEE["docid"], "last_topic": "loans"}
    citizen.slots |= {"context": "我给人担保 他不还", **read}
    await citizen.runs(ASK, "会不会把我工资卡冻了", "ask_law")
    assert citizen.texts == [KEPT]


async def test_the_lines_of_a_plain_matter_are_read_out_once(
    citizen: Citizen, api: InternalApi
) -> None:
    ENTRIES[GUARANTEE["docid"]] = GUARANTEE
    api.further = {}
    api.finds("ask_back", GUARANTEE)
    read = {"last_entry": GUARANTEE["docid"], "last_topic": "loans"}
    citizen.slots |= {"context": "我给人担保 他不还", **read}
    await citizen.runs(ASK, "工资卡让冻了", "ask_law")
    assert citizen.told.count("看期限") == 1
    await citizen.runs(ASK, "账户也给冻了", "ask_law")
    assert "这一条里说：先别认" not in citizen.told
