"""What a court asks for is counted from the sum told, for any sum and in any words."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Calendar, Citizen
from tests.fakes.internal_api import ENTRIES, WAGES, InternalApi

SEARCH = "action_answer_question"
IOU = {**WAGES, "docid": "loans/iou", "title": "借钱不还怎么办？", "topic": "loans"}
BASIS = "《诉讼费用交纳办法》第十三条"


@pytest.fixture
def lender(citizen: Citizen, calendar: Calendar, api: InternalApi) -> Citizen:
    """Somebody whose questions find what to do about a loan."""
    ENTRIES[IOU["docid"]] = IOU
    api.finds("answer", IOU)
    return citizen


@pytest.mark.parametrize(
    ("asked", "fee"),
    [
        ("那起诉要交多少钱，两万的", "300"),
        ("借给他三万五，诉讼费多少", "675"),
        ("八千块钱去法院告他要掏多少钱", "50"),
        ("他欠我20w，打官司得花多少钱", "4,300"),
        ("10万的受理费怎么算", "2,300"),
        ("上法院告他先交多少钱 货款六万二", "1,350"),
        ("一百万的案子立案费多少", "13,800"),
    ],
)
async def test_the_fee_follows_the_sum(lender: Citizen, asked: str, fee: str) -> None:
    await lender.runs(SEARCH, asked, "ask_law")
    assert f"起诉时先交受理费 {fee} 元" in lender.told
    assert BASIS in lender.told
    assert "减一半" in lender.told
    assert len(lender.told) < 300


async def test_the_sum_told_with_the_matter_counts(lender: Citizen) -> None:
    await lender.runs(SEARCH, "我同学借了我两万块不还，有借条", "ask_law")
    await lender.runs(SEARCH, "起诉要交多少钱", "ask_law")
    assert "50 元 + 10,000 元 × 2.5%" in lender.told


@pytest.mark.parametrize("told", ["我是十五万。算下多少钱", "那十五万呢", "是十五万"])
async def test_another_sum_told_next_is_counted_anew(lender: Citizen, told: str) -> None:
    await lender.runs(SEARCH, "那起诉要交多少钱，两万的", "ask_law")
    await lender.runs(SEARCH, told, "inform")
    assert "3,300 元" in lender.told


async def test_an_appeal_pays_for_what_it_is_against(lender: Citizen) -> None:
    await lender.runs(SEARCH, "判我还八万 我上诉要交多少钱", "ask_law")
    assert "不服 80,000 元的，上诉交 1,800 元" in lender.told
    assert "第十七条" in lender.told


@pytest.mark.parametrize(
    "asked",
    [
        "离婚起诉要交多少钱，家里有二十万",
        "欠我两万工资，打官司要花多少钱",
        "被车撞了要五万，起诉交多少钱",
        "请律师打官司要多少钱，两万的案子",
        "两万块申请执行要交多少钱",
        "起诉能要回多少钱，他欠我两万",
    ],
)
async def test_other_cases_and_other_sums_are_not_counted_so(lender: Citizen, asked: str) -> None:
    await lender.runs(SEARCH, asked, "ask_law")
    assert "受理费" not in lender.told
