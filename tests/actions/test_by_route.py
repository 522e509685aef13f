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


SUIT = {**ARBITRATION, "docid": "procedure/suit-way", "title": "怎么到法院起诉？"}
CRIME = {**ARBITRATION, "docid": "traffic/crime-traffic", "title": "撞死人会判几年？"}
HIT = {
    **WAGES,
    "docid": "traffic/hit-by-route",
    "topic": "traffic",
    "title": "车祸的人不赔怎么办？",
    "routes": [{"docid": SUIT["docid"], "title": SUIT["title"]}],
}
LENT = {**HIT, "docid": "loans/lent-by-route", "topic": "loans", "title": "借钱不还怎么办？"}
CHEATED = {**LENT, "docid": "loans/cheated-by-route", "title": "借钱是骗人的怎么办？"}
ENTRIES |= {one["docid"]: one for one in (SUIT, CRIME, HIT, LENT, CHEATED)}
NO_JAIL, GRAVE = "民事官司不判坐牢。", "看伤多重、责任多大。"
JAIL = ["撞人要坐牢吗", "会不会留案底", "会抓我吗", "要判几年"]


@pytest.fixture
def of_jail(api: InternalApi) -> InternalApi:
    """A library in which a lawsuit, and the entry on the crime, tell who is punished."""
    api.further = {SUIT["docid"]: dict.fromkeys(JAIL, NO_JAIL)}
    api.share = 0.95
    return api


@pytest.mark.parametrize("text", JAIL)
async def test_who_ran_somebody_down_is_not_told_that_a_lawsuit_jails_nobody(
    citizen: Citizen, of_jail: InternalApi, text: str
) -> None:
    of_jail.finds("answer", HIT)
    await citizen.runs(ASK, "车祸的人不赔", "ask_law")
    await citizen.runs(ASK, text, "ask_law")
    assert NO_JAIL not in citizen.told


async def test_the_entry_on_the_crime_tells_who_ran_somebody_down(
    citizen: Citizen, of_jail: InternalApi
) -> None:
    of_jail.further[CRIME["docid"]] = {"撞人要坐牢吗": GRAVE}
    of_jail.finds("answer", HIT)
    await citizen.runs(ASK, "车祸的人不赔", "ask_law")
    await citizen.runs(ASK, "撞人要坐牢吗", "ask_law")
    assert GRAVE in citizen.told
    assert CRIME["title"] in citizen.told


@pytest.mark.parametrize(("read", "told"), [(LENT, True), (CHEATED, False)])
async def test_only_where_it_is_about_money_a_lawsuit_tells_that_nobody_is_jailed(
    citizen: Citizen, of_jail: InternalApi, read: dict[str, object], told: bool
) -> None:
    of_jail.finds("answer", read)
    await citizen.runs(ASK, "他借钱不还", "ask_law")
    await citizen.runs(ASK, "会不会留案底", "ask_law")
    assert (NO_JAIL in citizen.told) == told
