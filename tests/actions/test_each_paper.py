"""Several papers, each with its own day: every last day is told, and one day is not the other's."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Calendar, Citizen
from tests.fakes.internal_api import InternalApi

SEARCH = "action_answer_question"
AWARD = "不服劳动仲裁裁决，到法院起诉"
RECONSIDER = "申请行政复议"
SUE = "告政府部门（行政诉讼）"


@pytest.fixture(autouse=True)
def on_a_wednesday(calendar: Calendar, api: InternalApi) -> Calendar:
    """It is 18 November 2026."""
    return calendar


@pytest.mark.parametrize(
    "said",
    [
        "我6月3号收到的劳动仲裁裁决书,上个月28号还收到个行政处罚决定书,两个都不服,最晚啥时候",
        "劳动仲裁的裁决6月3号拿的 罚款的决定书是10月28号给我的 都想告 最晚哪天",
        "罚款决定书10月28号到的，仲裁的裁决书6月3号到的，都是单位的劳动官司惹的，来得及不",
    ],
)
async def test_each_paper_has_its_own_last_days(citizen: Citizen, said: str) -> None:
    await citizen.asks(SEARCH, said, "deadlines")
    for name in (AWARD, RECONSIDER, SUE):
        assert name in citizen.told
    assert "2026年6月18日" in citizen.told
    assert "2026年12月28日" in citizen.told
    assert "2027年4月28日" in citizen.told


async def test_one_of_the_papers_is_asked_about_again(citizen: Citizen) -> None:
    said = "我6月3号收到的劳动仲裁裁决书,10月28号收到处罚决定书,都不服,最晚啥时候"
    await citizen.asks(SEARCH, said, "deadlines")
    await citizen.asks(SEARCH, "那罚款那个呢", "nlu_fallback")
    assert "2026年12月28日" in citizen.told
    assert AWARD not in citizen.told
    await citizen.asks(SEARCH, "直接去法院告呢 最晚哪天", "nlu_fallback")
    assert "2027年4月28日" in citizen.told


async def test_the_day_of_one_paper_is_corrected(citizen: Citizen) -> None:
    said = "我6月3号收到的劳动仲裁裁决书,10月28号收到处罚决定书,都不服,最晚啥时候"
    await citizen.asks(SEARCH, said, "deadlines")
    await citizen.asks(SEARCH, "裁决书是11月10号,罚款那个才是10月20号", "nlu_fallback")
    assert "2026年11月25日" in citizen.told
    assert "2026年12月21日" in citizen.told


@pytest.mark.parametrize(
    "said", ["决定书上周三收到的 最晚哪天能复议", "罚款决定书上周三给的 想申请复议 来得及不"]
)
async def test_a_penalty_is_not_taken_for_a_decision_on_reconsideration(
    citizen: Citizen, said: str
) -> None:
    await citizen.asks("action_deadlines", said, "deadlines")
    assert "复议决定下来后起诉" not in citizen.told
    assert "15 天" not in citizen.told


@pytest.mark.parametrize(
    "correction", ["我没复议过 我收到的是处罚决定书", "不是复议决定书，是罚款的决定书"]
)
async def test_another_paper_on_the_same_day_is_counted_at_once(
    citizen: Citizen, correction: str
) -> None:
    await citizen.asks("action_deadlines", "复议决定书11月11号收到的 最晚哪天告", "deadlines")
    assert "2026年11月26日" in citizen.told
    await citizen.asks(SEARCH, correction, "nlu_fallback")
    assert "2027年1月11日" in citizen.told  # 60 days end on a Sunday
    assert "2027年5月11日" in citizen.told


async def test_two_days_of_one_story_are_no_two_papers(citizen: Citizen, api: InternalApi) -> None:
    await citizen.asks(SEARCH, "8月3号收到罚款决定书，10月9号去交了，不知道对不对", "ask_law")
    assert api.searches


async def test_ten_odd_months_are_counted_from_the_earliest_and_told_plainly(
    citizen: Citizen,
) -> None:
    await citizen.asks(SEARCH, "我在工地摔了腰 十来个月了 没认工伤 还来得及不", "deadlines")
    assert "2026年12月18日" in citizen.told
    await citizen.asks(SEARCH, "十个月了", "nlu_fallback")
    assert "2026年12月18日" in citizen.told
    await citizen.asks(SEARCH, "看不懂", "nlu_fallback")
    assert "就记一句：2026年12月18日" in citizen.told
