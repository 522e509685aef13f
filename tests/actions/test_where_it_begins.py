"""From when a period of the matter read runs; and a count that nobody wants any more ends."""

from __future__ import annotations

import re
from typing import Any

import pytest

from actions.wording import say
from eligibility.radar import shipped
from tests.actions.conftest import Calendar, Citizen
from tests.fakes.internal_api import ENTRIES, WAGES, InternalApi

SEARCH = "action_answer_question"
BRIDE_PRICE: dict[str, Any] = {
    **WAGES,
    "docid": "marriage/bride",
    "title": "彩礼能要回来吗？",
    "topic": "marriage",
    "body": "先请媒人调解。\n\n期限：没领证要彩礼的，一般三年内起诉。\n找谁：12348。",
}
ENTRIES["marriage/bride"] = BRIDE_PRICE
LIMITS = "各种官司、仲裁最晚什么时候提（时效）？"


@pytest.fixture(autouse=True)
def on_a_wednesday(calendar: Calendar) -> Calendar:
    """It is 18 November 2026."""
    return calendar


def has_read(citizen: Citizen) -> None:
    citizen.slots |= {
        "last_entry": "marriage/bride",
        "last_topic": "marriage",
        "context": "她家不退彩礼",
        "last_question": "她家不退彩礼",
    }


@pytest.mark.parametrize(
    "asked",
    [
        "三年是从哪天算",
        "这三年打啥时候起算",
        "从几时开始数呢",
        "那从哪一天算起",
        "起算日是哪天",
        "期限从哪儿算",
    ],
)
async def test_from_when_the_period_of_the_matter_runs_is_told(
    citizen: Citizen, api: InternalApi, asked: str
) -> None:
    has_read(citizen)
    await citizen.runs(SEARCH, asked, "ask_law")
    assert "一般三年内起诉" in citizen.told
    assert "知道权利受损" in citizen.told
    assert "《民法典》第一百八十八条" in citizen.told
    assert "劳动" not in citizen.told
    await citizen.runs(SEARCH, "2024年腊月退的婚，今年还能告不", "ask_law")
    assert "2027年12月31日" in citizen.told
    assert "劳动" not in citizen.told


async def test_a_title_that_is_picked_is_no_question_for_a_last_day(
    citizen: Citizen, api: InternalApi
) -> None:
    has_read(citizen)
    citizen.slots["offered"] = ["彩礼能要回来吗？", LIMITS]
    await citizen.runs(SEARCH, LIMITS, "deadlines")
    assert citizen.loop is None
    assert "劳动争议调解仲裁法" not in citizen.told


@pytest.mark.parametrize(
    "said",
    [
        "先不算了，2024年腊月退的婚，今年还能告不",
        "我问的是彩礼，不是劳动",
        "不是劳动仲裁 是退彩礼的三年",
        "别算了 我问退彩礼过期没有",
    ],
)
async def test_a_count_of_another_matter_ends_where_it_is_denied(
    citizen: Citizen, api: InternalApi, said: str
) -> None:
    has_read(citizen)
    await citizen.asks("action_deadlines", "申请劳动仲裁最晚哪天", "deadlines")
    assert citizen.loop == "deadline_form"
    await citizen.runs("validate_deadline_form", said, "ask_law")
    assert citizen.loop is None
    assert "申请劳动仲裁" not in citizen.told
    assert citizen.slots.get("deadline_period") is None


async def test_who_wants_no_count_is_asked_for_no_day(citizen: Citizen, api: InternalApi) -> None:
    await citizen.asks("action_deadlines", "申请劳动仲裁最晚哪天", "deadlines")
    await citizen.runs("validate_deadline_form", "先不算了", "ask_law")
    assert citizen.loop is None
    assert say("deadlines", "no_more") in citizen.told


def test_what_is_a_day_is_not_taken_for_stopping() -> None:
    stops = say("deadlines", "counts_no_more")
    for told in ("上周三", "不算工资的话是3月5号", "算了一下是腊月二十", "不知道哪天"):
        assert not re.search(stops, told), told


def test_a_stretch_counted_from_its_last_day_says_so(citizen: Citizen) -> None:
    from actions.clock import today
    from actions.deadline_text import summary_and_detail
    from eligibility.radar import start_in

    period = shipped()["labour_arbitration"]
    start = start_in("2024年腊月走的", today(), period)
    assert start is not None
    told = "\n".join(summary_and_detail(start.counted(period.id, today()), start))
    assert "按最晚的" in told
    assert "按最早的" not in told
