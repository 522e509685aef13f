"""A right is never said to be dead by a day that nobody told, nor by a law younger than the day."""

from __future__ import annotations

from typing import Any

import pytest

from tests.actions.conftest import Calendar, Citizen
from tests.actions.test_another_day import has_read
from tests.fakes.internal_api import ENTRIES, WAGES, InternalApi

SEARCH = "action_answer_question"


def entry(docid: str, limits: str, lead: str = "先办。") -> dict[str, Any]:
    """Return an entry that states periods."""
    topic = docid.partition("/")[0]
    body = f"{lead}\n\n1. 找证据。\n2. 去法院起诉。\n\n期限：{limits}\n找谁：12348。"
    return {**WAGES, "docid": docid, "topic": topic, "body": body, "answer": lead}


MARRIED = entry(
    "land/married-woman",
    "请求撤销村里的决定，知道后一年内，最长决定作出起五年；申请承包仲裁二年内。",
    "不能因为出嫁就没了你的份（《农村土地承包法》第三十一条）。",
)
FOOLED = entry("elderly/cheated-again", "被骗签的合同想撤销，从知道起一年内。")
ENTRIES |= {one["docid"]: one for one in (MARRIED, FOOLED)}


@pytest.mark.parametrize(
    "text",
    [
        "地2022年被收走的 现在还能告吗 过没过期",
        "2021年收的地 来得及不",
        "2023年就给收走了 还能不能告",
        "村里前年收的 现在还来得及不",
    ],
)
async def test_a_year_is_no_day_from_which_a_right_dies(
    citizen: Citizen, api: InternalApi, calendar: Calendar, text: str
) -> None:
    has_read(citizen, MARRIED, "嫁出去的闺女地给收了")
    await citizen.runs(SEARCH, text, "ask_law")
    assert "已经过了" not in citizen.told.replace("不能说已经过了", "")
    assert "12月31日" not in citizen.told.partition("往后数")[2]
    assert "2025年5月1日" in citizen.told
    assert "《农村土地承包法》第五十五条" in citizen.told
    assert "《民法典》第一百九十六条" in citizen.told


async def test_a_day_before_the_law_is_not_counted_from(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    has_read(citizen, MARRIED, "嫁出去的闺女地给收了")
    await citizen.runs(SEARCH, "2024年3月5号开会定的 还来得及不", "ask_law")
    assert "不能从那时候数" in citizen.told
    assert "2025年3月5日" not in citizen.told


async def test_a_year_that_was_told_leaves_another_period_open(
    citizen: Citizen, api: InternalApi, calendar: Calendar
) -> None:
    has_read(citizen, FOOLED, "卖保健品的骗了我")
    await citizen.runs(SEARCH, "2023年买的 还来得及不", "ask_law")
    assert "不能说过没过" in citizen.told
    assert "已经过了" not in citizen.told


@pytest.mark.parametrize(
    "text",
    [
        "那就是说我没戏了呗",
        "那我这不白搭了",
        "这么说没指望了",
        "那我是不是没希望了",
        "那就是要不回来了呗",
        "那我认倒霉呗",
        "合着我白等了这几年",
        "没救了是吧",
        "那还告个啥，没用了",
        "那就是没招了",
    ],
)
async def test_who_loses_heart_is_told_what_is_left(
    citizen: Citizen, api: InternalApi, calendar: Calendar, text: str
) -> None:
    has_read(citizen, MARRIED, "嫁出去的闺女地给收了")
    await citizen.runs(SEARCH, "地2022年被收走的 过没过期", "ask_law")
    await citizen.runs(SEARCH, text, "ask_law")
    assert "还不能说没办法" in citizen.told
    assert "《农村土地承包法》第三十一条" in citizen.told
    assert "去法院起诉" in citizen.told


@pytest.mark.parametrize("text", ["工资没指望了 老板跑了 咋办", "我爸的病没救了 低保能办不"])
async def test_a_matter_of_its_own_is_no_loss_of_heart(
    citizen: Citizen, api: InternalApi, calendar: Calendar, text: str
) -> None:
    has_read(citizen, MARRIED, "嫁出去的闺女地给收了")
    await citizen.runs(SEARCH, text, "ask_law")
    assert "还不能说没办法" not in citizen.told
