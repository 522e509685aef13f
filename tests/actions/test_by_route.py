"""What an entry leaves open is told of the way that its matter goes."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Citizen
from tests.fakes.internal_api import ENTRIES, NO_CONTRACT, WAGES, InternalApi

ASK = "action_answer_question"
ARBITRATION = {
    **WAGES,
    "docid": "labour/arbitration-way",
    "title": "劳动仲裁怎么申请？",
    "body": "向劳动仲裁委申请。\n\n1. 写申请书。\n\n带上：申请书、身份证。",
    "detail": "",
}
OWED = {
    **WAGES,
    "docid": "labour/owed-by-route",
    "routes": [{"docid": ARBITRATION["docid"], "title": ARBITRATION["title"]}],
}
ENTRIES |= {one["docid"]: one for one in (ARBITRATION, OWED)}
DAYS = "一般四十五天里裁下来。"
ABSENT = "他不来，可以缺席裁决。"


@pytest.fixture
def asked(api: InternalApi) -> InternalApi:
    """A library whose entry on wages goes the way of arbitration."""
    api.further = {ARBITRATION["docid"]: {"多久判下来": DAYS, "他要是不来开庭呢": ABSENT}}
    api.finds("answer", OWED)
    return api


async def _reads_about_wages(citizen: Citizen) -> None:
    await citizen.runs(ASK, "老板不给工资", "ask_law")
    assert citizen.slots["last_entry"] == OWED["docid"]


async def test_how_long_it_takes_is_told_of_the_way(citizen: Citizen, asked: InternalApi) -> None:
    await _reads_about_wages(citizen)
    await citizen.runs(ASK, "多久判下来", "ask_law")
    assert DAYS in citizen.told
    assert ARBITRATION["title"] in citizen.told
    assert citizen.slots["last_entry"] == OWED["docid"]


async def test_a_part_that_only_the_way_has_is_told(citizen: Citizen, asked: InternalApi) -> None:
    await _reads_about_wages(citizen)
    await citizen.runs(ASK, "要带啥", "ask_law")
    assert "申请书、身份证" in citizen.told


async def test_what_the_entry_tells_itself_is_told_of_it(
    citizen: Citizen, asked: InternalApi
) -> None:
    own = {**OWED, "docid": "labour/owed-by-route-own", "body": f"{OWED['body']}\n\n带上：欠条。"}
    ENTRIES[own["docid"]] = own
    asked.finds("answer", own)
    await citizen.runs(ASK, "老板不给工资", "ask_law")
    await citizen.runs(ASK, "要带啥", "ask_law")
    assert "欠条" in citizen.told
    assert "申请书" not in citizen.told


async def test_what_is_surely_asked_of_the_way_is_answered(
    citizen: Citizen, asked: InternalApi
) -> None:
    asked.share = 0.9
    await _reads_about_wages(citizen)
    await citizen.runs(ASK, "他要是不来开庭呢", "ask_law")
    assert ABSENT in citizen.told


async def test_what_may_be_asked_of_the_way_is_searched(
    citizen: Citizen, asked: InternalApi
) -> None:
    asked.share = 0.7
    await _reads_about_wages(citizen)
    await citizen.runs(ASK, "他要是不来开庭呢", "ask_law")
    assert ABSENT not in citizen.told


async def test_what_another_entry_answers_surely_is_left_to_it(
    citizen: Citizen, asked: InternalApi
) -> None:
    asked.share = 0.9
    await _reads_about_wages(citizen)
    asked.finds("answer", NO_CONTRACT)
    await citizen.runs(ASK, "他要是不来开庭呢", "ask_law")
    assert NO_CONTRACT["answer"] in citizen.told


async def test_which_court_is_told_of_the_way_before_a_line_that_only_names_courts(
    citizen: Citizen, asked: InternalApi
) -> None:
    own = {**OWED, "docid": "labour/owed-somewhere", "body": "谈不成，到法院起诉。"}
    ENTRIES[own["docid"]] = own
    asked.further = {ARBITRATION["docid"]: {"去哪告": "干活的地方、单位那里都行。"}}
    asked.finds("answer", own)
    await citizen.runs(ASK, "老板不给工资", "ask_law")
    await citizen.runs(ASK, "去哪告", "ask_law")
    assert "干活的地方" in citizen.told


@pytest.mark.parametrize("text", ["多久能判", "几个月能批下来", "啥时候开庭"])
async def test_when_it_is_decided_is_no_question_of_the_last_day(
    citizen: Citizen, asked: InternalApi, text: str
) -> None:
    own = {**OWED, "docid": "labour/owed-by-day", "body": "找仲裁。\n\n期限：一年内申请。"}
    ENTRIES[own["docid"]] = own
    asked.further = {ARBITRATION["docid"]: {text: DAYS}}
    asked.finds("answer", own)
    await citizen.runs(ASK, "老板不给工资", "ask_law")
    await citizen.runs(ASK, text, "ask_law")
    assert DAYS in citizen.told
    assert "一年内申请" not in citizen.told
