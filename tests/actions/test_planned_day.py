"""After a last day was told: a day on which it is to be done, effect, and the other way."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Calendar, Citizen
from tests.fakes.internal_api import InternalApi

ASK, SEARCH = "action_deadlines", "action_answer_question"
JUDGMENT = "昨天收到离婚的一审判决，还能上诉吗"
TICKET = "我开车压线罚了我二百，单子是前天给的，不服最晚哪天能告"


@pytest.mark.parametrize(
    "asked",
    [
        "要是我下个月28号才交上诉状还来得及不",
        "我打算下个月28号去交",
        "下个月28号交行不行",
        "拖到下个月28号再去晚不晚",
    ],
)
async def test_a_day_after_the_last_is_said_to_be_late(
    citizen: Citizen, api: InternalApi, calendar: Calendar, asked: str
) -> None:
    await citizen.asks(ASK, JUDGMENT, "deadlines")
    await citizen.runs(SEARCH, asked, "deadlines")
    assert "就晚了" in citizen.told
    assert "再审" in citizen.told
    assert "收到一审民事判决书，" not in citizen.told


async def test_a_day_before_the_last_is_in_time(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await citizen.asks(ASK, JUDGMENT, "deadlines")
    await citizen.runs(SEARCH, "我打算后天去交 来得及不", "deadlines")
    assert "赶得上" in citizen.told


@pytest.mark.parametrize("asked", ["过了这天交还收不收", "晚一天交行不行"])
async def test_whether_a_late_one_is_taken_is_told(
    citizen: Citizen, api: InternalApi, calendar: Calendar, asked: str
) -> None:
    await citizen.asks(ASK, JUDGMENT, "deadlines")
    await citizen.runs(SEARCH, asked, "deadlines")
    assert "顺延" in citizen.told


async def test_when_a_judgment_takes_effect_is_told_with_its_day(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await citizen.asks(ASK, JUDGMENT, "deadlines")
    await citizen.runs(SEARCH, "不上诉判决啥时候生效", "ask_law")
    assert "第一百五十八条" in citizen.told
    assert "12368" in citizen.told


@pytest.mark.parametrize(
    ("asked", "way"), [("复议呢", "【申请行政复议】"), ("直接去法院呢", "行政诉讼")]
)
async def test_the_other_way_is_counted_from_the_same_day(
    citizen: Citizen, api: InternalApi, calendar: Calendar, asked: str, way: str
) -> None:
    await citizen.asks(ASK, TICKET, "deadlines")
    assert "罚单" in citizen.told
    await citizen.runs(SEARCH, asked, "ask_law")
    assert way in citizen.told
    assert "最晚" in citizen.told
