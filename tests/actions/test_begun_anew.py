"""Who turns to another person's matter is not answered of the one before it."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Citizen
from tests.fakes.internal_api import NO_CONTRACT, WAGES, InternalApi

ASK = "action_answer_question"
POOR = "他家老太太低保给停了，没给个说法，找谁"


@pytest.mark.parametrize(
    "opening",
    ["算了下一个老乡的。", "下一个，", "好了，再替一个邻居问：", "换个人问，", "还有一户人家，",
     "这个先放下吧，另一个大姐的事，", "不说这个了，换个事问，", "该下一位乡亲了。"],
)  # fmt: skip
async def test_the_next_persons_matter_is_searched_by_itself(
    citizen: Citizen, api: InternalApi, opening: str
) -> None:
    citizen.slots |= {
        "context": "欠人家羊款还不上", "last_entry": WAGES["docid"], "last_topic": "labour",
        "last_question": "找谁", "offered": ["老板拖欠工资怎么办？"],
    }  # fmt: skip
    api.finds("answer", NO_CONTRACT)
    await citizen.runs(ASK, opening + POOR, "ask_law")
    assert api.searches[-1]["q"] == POOR
    assert not api.searches[-1].get("context")
    assert citizen.slots["last_entry"] == NO_CONTRACT["docid"]
    assert citizen.slots["context"] == POOR


@pytest.mark.parametrize(
    "text",
    ["下一个", "下一步找谁", "换个律师行不行", "还有一家单位也欠我钱", "那另外一个人也打了我",
     "下一个月还能要不",
     "还有一个人没给钱", "另一个人也说他骗了钱", "还有个邻居看见了能作证不", "我想换个人代理",
     "换个人租行不行"],
)  # fmt: skip
async def test_words_of_the_same_matter_keep_it(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    citizen.slots["context"] = "老板欠我工资"
    api.finds("answer", NO_CONTRACT)
    await citizen.runs(ASK, text, "ask_law")
    assert all(one.get("context") for one in api.searches)
