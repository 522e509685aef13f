"""The periods that an entry states are counted from a day that was told: over, or still open."""

from __future__ import annotations

from typing import Any

import pytest

from tests.actions.conftest import Calendar, Citizen
from tests.actions.test_another_day import CAR, OWED, has_read
from tests.fakes.internal_api import ENTRIES, WAGES, InternalApi

SEARCH = "action_answer_question"


def entry(docid: str, limits: str) -> dict[str, Any]:
    """Return an entry that states periods."""
    topic = docid.partition("/")[0]
    return {
        **WAGES,
        "docid": docid,
        "topic": topic,
        "body": f"先办。\n\n期限：{limits}\n找谁：12348。",
    }


STOPPED = entry("social_insurance/stopped", "六十日复议，六个月起诉，从知道停发那天算。")
CHEATED = entry("elderly/cheated", "被骗签的合同想撤销，从知道起一年内。")
SHARES = entry("village_affairs/shares", "请求撤销决定，知道后一年内，最长不超过决定作出起五年。")
HURT = entry("work_injury/hurt", "单位30日，本人、近亲属、工会1年，都从出事那天算。")
HELPER = entry("work_injury/helper", "一般从受伤起三年内起诉。")
ENTRIES |= {one["docid"]: one for one in (STOPPED, CHEATED, SHARES, HURT, HELPER)}


async def test_a_period_that_is_over_is_said_to_be_over_with_what_is_open(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    has_read(citizen, STOPPED, "低保给停了")
    await citizen.hears(
        SEARCH,
        "9月10号停的 哪天到头",
        "ask_law",
        "2026年11月9日（星期一） 就到头，已经过了 9 天",
        "最晚 2027年3月10日",
        "《行政复议法》第二十条",
        "《行政诉讼法》第四十六条",
    )


async def test_a_month_is_no_first_of_the_month(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    has_read(citizen, CHEATED, "卖保健品的骗了我")
    await citizen.runs(SEARCH, "去年八月买的 还来得及不", "ask_law")
    assert "2025年8月1日（星期五）到2025年8月31日" in citizen.told
    assert "2026年8月31日（星期一） 就到头，已经过了 79 天" in citizen.told
    assert "哪天知道的" in citizen.told
    assert "三年内起诉" in citizen.told
    assert "成员身份" not in citizen.told
    assert "早点去办" not in citizen.told


async def test_a_month_whose_first_days_are_over_may_be_over(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    has_read(citizen, CHEATED, "卖保健品的骗了我")
    await citizen.hears(SEARCH, "去年11月买的 还来得及不", "ask_law", "可能已经过了")


async def test_of_two_days_the_one_of_knowing_counts_for_a_period_from_knowing(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    has_read(citizen, SHARES, "征地款没给我")
    text = "去年12月20号开的会 我今年3月1号才知道 最后哪天"
    await citizen.hears(SEARCH, text, "ask_law", "最晚 2027年3月1日")
    assert "五年" not in citizen.told


@pytest.mark.parametrize(
    ("read", "text", "intent"),
    [
        (OWED, "6月3号伤的 最晚啥时候去认", "ask_law"),
        (OWED, "工伤认定最晚哪天 6月3号", "ask_law"),
        (HURT, "胳膊是6月3号绞的", "out_of_scope"),
        (HURT, "最晚哪天 6月3号", "out_of_scope"),
    ],
)
async def test_the_recognition_of_an_injury_at_work_is_its_own_period(
    citizen: Citizen,
    api: InternalApi,
    calendar: Calendar,
    read: dict[str, Any],
    text: str,
    intent: str,
) -> None:
    has_read(citizen, read, "在砖厂绞了胳膊，老板不管")
    await citizen.hears(SEARCH, text, intent, "2027年6月3日", "人社局", "第十七条")


async def test_the_recognition_is_counted_where_arbitration_was_counted_before(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    await citizen.runs(SEARCH, "公司3月10号开的我 最晚哪天仲裁", "ask_law")
    assert "劳动仲裁" in citizen.told
    await citizen.hears(SEARCH, "工伤认定最晚哪天 6月3号", "ask_law", "2027年6月3日", "人社局")


async def test_an_injury_in_a_household_is_no_injury_at_work(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    has_read(citizen, HELPER, "给邻居盖房摔了")
    await citizen.hears(SEARCH, "6月3号摔的 最晚哪天", "ask_law", "2029年6月3日")
    assert "工伤" not in citizen.told


async def test_a_bare_day_after_an_answered_matter_belongs_to_it(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    has_read(citizen, OWED, "包工头欠我工钱")
    await citizen.hears(SEARCH, "最晚啥时候 10月20不干的", "out_of_scope", "2027年10月20日")


async def test_a_bare_day_is_counted_for_the_periods_that_the_entry_states(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    has_read(citizen, CAR, "二手车调过表")
    await citizen.hears(SEARCH, "表是9月2号调的", "out_of_scope", "2027年9月2日")


async def test_a_day_in_other_talk_is_no_day_of_the_matter(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    has_read(citizen, OWED, "包工头欠我工钱")
    await citizen.runs(SEARCH, "昨天球赛谁赢了", "out_of_scope")
    assert "我只会讲法律" in citizen.told
