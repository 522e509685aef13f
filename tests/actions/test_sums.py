"""A sum is told only from what was said, with its formula, its article and what it leaves open."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Calendar, Citizen
from tests.fakes.internal_api import NO_CONTRACT, WAGES, InternalApi

SEARCH = "action_answer_question"
DEFERS = "以仲裁委、法院认定为准"


@pytest.fixture
def asks(citizen: Citizen, calendar: Calendar, api: InternalApi) -> Citizen:
    """Someone whose questions find an entry."""
    api.finds("answer", WAGES)
    return citizen


async def test_all_told_at_once_gives_the_sum(asks: Citizen) -> None:
    await asks.runs(SEARCH, "公司把我辞退了，干了三年半，一个月六千，能赔多少", "ask_law")
    assert "4 个月工资 × 6,000 元 = 24,000 元（《劳动合同法》第四十七条）" in asks.told
    assert "48,000 元（《劳动合同法》第八十七条）" in asks.told
    assert DEFERS in asks.told
    assert "这个平均数我手上没有" in asks.told
    assert len(asks.told) <= 600


async def test_without_numbers_the_question_is_answered_and_the_numbers_asked_for(
    asks: Citizen,
) -> None:
    await asks.runs(SEARCH, "单位辞退我能赔多少", "ask_law")
    assert "先要凭据" in asks.told
    assert "说一句干了多久、一个月平均挣多少" in asks.told
    await asks.runs(SEARCH, "我一个月6500 干了3年", "inform")
    assert "3 个月工资 × 6,500 元 = 19,500 元" in asks.told


async def test_the_numbers_may_come_one_by_one(asks: Citizen) -> None:
    await asks.runs(SEARCH, "单位辞退我能赔多少", "ask_law")
    await asks.runs(SEARCH, "三年多", "out_of_scope")
    assert "一个月平均挣多少" in asks.told
    await asks.runs(SEARCH, "一个月五千", "inform")
    assert "3.5 到 4 个月工资 × 5,000 元 = 17,500 到 20,000 元" in asks.told


async def test_numbers_told_earlier_are_used(asks: Citizen) -> None:
    await asks.runs(SEARCH, "我在饭店干了两年，工资4500，昨天老板不让来了", "ask_law")
    await asks.runs(SEARCH, "要赔多少", "ask_law")
    assert "2 个月工资 × 4,500 元 = 9,000 元" in asks.told


async def test_what_is_owed_is_no_wage(asks: Citizen) -> None:
    await asks.runs(SEARCH, "干了三年被辞退，欠我一万二，能赔多少", "ask_law")
    assert DEFERS not in asks.told
    assert "一个月平均挣多少" in asks.told


async def test_a_daily_wage_is_not_turned_into_a_monthly_one(asks: Citizen) -> None:
    await asks.runs(SEARCH, "干了三年被辞退，一天二百五，能赔多少", "ask_law")
    assert DEFERS not in asks.told
    assert "一个月大概合多少" in asks.told


async def test_the_second_wage_without_a_contract(asks: Citizen, api: InternalApi) -> None:
    api.finds("answer", NO_CONTRACT)
    await asks.runs(SEARCH, "没签合同干了8个月，工资5000，双倍工资怎么算", "ask_law")
    assert "7 个月 × 5,000 元 = 35,000 元（《劳动合同法》第八十二条" in asks.told
    assert DEFERS in asks.told


async def test_no_second_wage_for_the_first_month(asks: Citizen) -> None:
    await asks.runs(SEARCH, "没签合同干了20天，一个月五千，能要双倍吗", "ask_law")
    assert "第二天才开始算" in asks.told


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("老板欠我三万五，干了三年", "ask_law"),
        ("离婚能分多少", "ask_law"),
        ("公司把我辞退了怎么办", "ask_law"),
        ("被开除了还能上诉吗", "ask_law"),
    ],
)
async def test_what_asks_for_no_such_sum_is_searched(asks: Citizen, text: str, intent: str) -> None:
    await asks.runs(SEARCH, text, intent)
    assert DEFERS not in asks.told
    assert "平均挣多少" not in asks.told


async def test_another_matter_after_it_is_not_summed_up(asks: Citizen) -> None:
    await asks.runs(SEARCH, "单位辞退我能赔多少", "ask_law")
    await asks.runs(SEARCH, "离婚孩子归谁", "ask_law")
    await asks.runs(SEARCH, "要给多少", "ask_law")
    assert "平均挣多少" not in asks.told
