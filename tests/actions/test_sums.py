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


@pytest.mark.parametrize(
    ("said", "unlawful"),
    [
        ("怀孕五个月公司把我开了 一个月6500 干了3年4个月 能赔多少", "45,500"),
        ("我怀孕被辞退 工资6500 干了三年四个月 二倍是多少钱", "45,500"),
        ("单位把我辞退了 休病假三个月 干了六年七个月 月薪5500 算算多少", "77,000"),
        ("开除我赔多少 一个月五千 干了二年零八个月", "30,000"),
        ("工作两年四个月 怀孕四个月被辞 每月到手四千二 能赔多少", "21,000"),
        ("签了五年合同 干了两年半 一个月五千 辞退我赔多少", "30,000"),
    ],
)
async def test_only_what_was_said_of_working_counts(
    asks: Citizen, said: str, unlawful: str
) -> None:
    await asks.runs(SEARCH, said, "ask_law")
    assert f"：{unlawful} 元（《劳动合同法》第八十七条）" in asks.told


async def test_months_of_pregnancy_are_no_answer_to_how_long(asks: Citizen) -> None:
    await asks.runs(SEARCH, "我怀孕6个月了 老板说我不用来了 赔多少", "ask_law")
    assert DEFERS not in asks.told
    await asks.runs(SEARCH, "一个月五千", "inform")
    assert DEFERS not in asks.told
    assert "一共干了多久" in asks.told
    await asks.runs(SEARCH, "干了两年半", "inform")
    assert "30,000 元（《劳动合同法》第八十七条）" in asks.told


async def test_a_corrected_number_makes_another_sum(asks: Citizen) -> None:
    await asks.runs(SEARCH, "辞退我赔多少 干了两年 一个月五千", "ask_law")
    assert "10,000 元（《劳动合同法》第四十七条）" in asks.told
    await asks.runs(SEARCH, "不对 不是两年 是干了三年四个月", "correct")
    assert "17,500 元（《劳动合同法》第四十七条）" in asks.told
    await asks.runs(SEARCH, "谢谢", "thanks")
    await asks.runs(SEARCH, "干了两年半", "out_of_scope")
    assert "15,000 元（《劳动合同法》第四十七条）" in asks.told


@pytest.mark.parametrize(
    ("said", "sum_told"),
    [
        (
            ["单位辞退我能赔多少", "三年多", "一个月五千"],
            "3.5 到 4 个月工资 × 5,000 元 = 17,500 到 20,000 元",
        ),
        (["我在饭店干了两年，工资4500，昨天老板不让来了", "要赔多少"], "4,500 元 = 9,000 元"),
        (
            [
                "怀孕五个月公司把我开了 一个月6500",
                "那我不想要钱我想回去上班呢",
                "你给我算算 6500 3年4个月",
            ],
            "22,750 元（《劳动合同法》第四十七条）",
        ),
    ],
)
async def test_numbers_told_in_other_messages_are_used(
    asks: Citizen, said: list[str], sum_told: str
) -> None:
    for text in said:
        await asks.runs(SEARCH, text, "ask_law")
    assert sum_told in asks.told


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        (["干了三年被辞退，欠我一万二，能赔多少"], "一个月平均挣多少"),  # what is owed is no wage
        (["干了三年被辞退，一天二百五，能赔多少"], "一个月大概合多少"),
        (["单位辞退我能赔多少", "三年多"], "一个月平均挣多少"),
        (["先干了三年 后来又干了五年 一个月五千 辞退我赔多少"], "一共干了多久"),
    ],
)
async def test_a_number_that_is_missing_or_unclear_is_asked_for(
    asks: Citizen, said: list[str], asked: str
) -> None:
    for text in said:
        await asks.runs(SEARCH, text, "ask_law")
    assert DEFERS not in asks.told
    assert asked in asks.told


async def test_another_matter_after_it_is_not_summed_up(asks: Citizen) -> None:
    for text in ("单位辞退我能赔多少", "离婚孩子归谁", "要给多少"):
        await asks.runs(SEARCH, text, "ask_law")
    assert "平均挣多少" not in asks.told


@pytest.mark.parametrize(
    ("corrected", "sum_told"),
    [
        ("不对 是三千五", "干了三年四个月，一个月 3,500 元"),
        ("不对 是五年", "干了五年，一个月 4,000 元"),
    ],
)
async def test_a_number_corrected_before_the_sum_is_asked_for_counts(
    asks: Citizen, corrected: str, sum_told: str
) -> None:
    await asks.runs(SEARCH, "被辞退了 干了三年四个月 一个月四千", "ask_law")
    await asks.runs("action_correct_answer", corrected, "correct")
    await asks.runs(SEARCH, "能赔多少", "ask_law")
    assert sum_told in asks.told


@pytest.mark.parametrize(
    "text",
    ["我才干两个月，三千二一个月，双倍能要几个钱", "没给我签合同 干了俩月 一个月三千二 能要多少"],
)
async def test_two_months_without_a_contract_are_one_second_wage(asks: Citizen, text: str) -> None:
    await asks.runs(SEARCH, text, "ask_law")
    assert "1 个月 × 3,200 元 = 3,200 元" in asks.told


async def test_double_for_overtime_is_no_second_wage(asks: Citizen) -> None:
    await asks.runs(SEARCH, "周末加班双倍，干了两个月，三千二一个月，能要多少", "ask_law")
    assert "3,200 元 = 3,200 元" not in asks.told
