"""Days are counted where nothing but that is asked."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Calendar, Citizen
from tests.fakes.internal_api import InternalApi

SEARCH = "action_answer_question"


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("60天从9月20数是几号", "2026年11月19日（星期四），还有 1 天"),
        ("从9月10号往后数六十天是哪天", "2026年11月9日（星期一），已经过了 9 天"),
        ("9月1号加三个月是几号", "2026年12月1日"),
        ("11月18号起五个工作日到哪天", "2026年11月25日"),
        ("从11月16号数两个礼拜是几号", "2026年11月30日"),
        ("去年3月1号过一年是哪天", "2026年3月1日"),
    ],
)
async def test_days_are_counted(
    citizen: Citizen, api: InternalApi, calendar: Calendar, text: str, last: str
) -> None:
    await citizen.hears(SEARCH, text, "out_of_scope", last)


@pytest.mark.parametrize(
    "text",
    ["9月20号他欠我60天工钱", "60天是几号", "9月20号是哪天", "9月15号停的低保 最后一天是哪天"],
)
async def test_what_asks_for_no_sum_is_not_counted(
    citizen: Citizen, api: InternalApi, calendar: Calendar, text: str
) -> None:
    await citizen.runs(SEARCH, text, "ask_law")
    assert "当天不算" not in citizen.told
