"""Who asks about a queue he is not in, or whether his words are kept, hears it plainly."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Citizen
from tests.fakes.internal_api import InternalApi

SEARCH = "action_answer_question"


@pytest.mark.parametrize(
    "text",
    [
        "我还在排队吗",
        "那我现在是不是还在排队？",
        "我排着队没",
        "我是不是还排着队呢",
        "排队没",
        "排到第几位了",
        "我现在还排着号吗？",
        "我还排队不",
    ],
)
async def test_who_waits_for_nobody_hears_so(citizen: Citizen, api: InternalApi, text: str) -> None:
    await citizen.hears(SEARCH, text, "ask_law", "没有在排队")
    assert api.searches == []


@pytest.mark.parametrize("text", ["取消排队", "不排队了", "退出排队吧", "我不排了", "别给我排队了"])
async def test_who_leaves_no_queue_hears_that_there_is_none(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    await citizen.hears(SEARCH, text, "nlu_fallback", "没有在排队", "不用取消")
    assert api.searches == []


async def test_both_questions_of_one_message_are_answered(
    citizen: Citizen, api: InternalApi
) -> None:
    text = "我刚才说的你还记得不 我还在排队吗"
    await citizen.hears(SEARCH, text, "ask_law", "不记得", "没有在排队")


@pytest.mark.parametrize(
    "text",
    ["我刚才说的你还记得不", "还记得我说的吗", "你记得我前面跟你说的不", "我之前说的还有没有了"],
)
async def test_who_asks_what_is_kept_hears_it(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    await citizen.hears(SEARCH, text, "ask_law", "不记得", "再说一遍")
    citizen.slots["last_question"] = "老伴让狗咬了"
    await citizen.hears(SEARCH, text, "ask_law", "记得，您前面说的是“老伴让狗咬了”")


@pytest.mark.parametrize(
    "text",
    ["去医院挂号排队吗", "法院立案还要排队吗", "他不记得我说的了咋办", "证人记不住了还能作证不",
     "公租房排到第几了去哪查", "我刚才说的那个合同有效吗"],
)  # fmt: skip
async def test_other_queues_and_other_memories_are_searched(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    await citizen.runs(SEARCH, text, "ask_law")
    assert api.searches


async def test_who_waits_is_told_the_place_by_the_gateway(
    citizen: Citizen, api: InternalApi
) -> None:
    await citizen.runs(SEARCH, "我还在排队吗", "ask_law", waiting=True)
    assert "没有在排队" not in citizen.told
