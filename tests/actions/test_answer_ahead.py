"""An answer that comes with a question is taken, and the question is not lost."""

from __future__ import annotations

from typing import Any

import pytest

from tests.actions.conftest import Citizen
from tests.actions.interviewing import answers
from tests.fakes.internal_api import WAGES, InternalApi


def value_of(events: list[dict[str, Any]], fact: str) -> Any:
    """Return what a fact was set to."""
    return next((one["value"] for one in events if one.get("name") == fact), None)


@pytest.mark.parametrize(
    ("fact", "said", "intent", "value"),
    [
        ("represented", "能拿主意 就是耳朵背 我妈在通辽 申请去哪", "find_office", "capable"),
        ("urgent", "都没有，要带啥材料", "required_documents", "none"),
        ("has_lawyer", "没请 请一个多少钱啊", "ask_law", False),
        ("stage", "还没开始 那得多久能下来", "ask_law", "not_started"),
        ("for_whom", "给我自己，能不能在手机上办", "ask_law", "self"),
        ("urgent", "继续 都没有", "resume", "none"),
        ("has_lawyer", "接着填吧，没请", "resume", False),
    ],
)  # fmt: skip
async def test_the_answer_at_the_head_of_a_message_counts(
    citizen: Citizen, api: InternalApi, fact: str, said: str, intent: str, value: Any
) -> None:
    citizen.slots |= {"matter": "support_payments", "for_whom": "relative"}
    citizen.slots[fact] = None
    assert value_of(await answers(citizen, fact, said, intent), fact) == value


async def test_an_answer_counts_though_the_library_is_down(
    citizen: Citizen, api: InternalApi
) -> None:
    api.down = True
    events = await answers(citizen, "has_lawyer", "没请 老板不给钱咋办", "ask_law")
    assert value_of(events, "has_lawyer") is False
    assert "老板不给钱咋办" in citizen.told


async def test_what_is_asked_behind_an_answer_is_answered(
    citizen: Citizen, api: InternalApi
) -> None:
    await answers(citizen, "represented", "能拿主意 申请去哪", "find_office")
    assert "第三十八条" in citizen.told
    api.finds("answer", WAGES)
    await answers(citizen, "has_lawyer", "没请 老板不给钱咋办", "ask_law")
    assert WAGES["answer"] in citizen.told
    api.finds("not_sure")
    await answers(citizen, "has_lawyer", "没请 我哥仨都得告吗", "ask_law")
    assert "我哥仨都得告吗" in citizen.told


@pytest.mark.parametrize(
    "said",
    [
        "我是巴林左旗农村的 在赤峰送外卖 算1吗",
        "我农村来的 应该选1吧",
        "是不是选1",
        "我这属于第一个不",
        "算第1种吧？",
        "那我是1呗",
    ],
)
@pytest.mark.parametrize("intent", ["ask_law", "inform", "nlu_fallback"])
async def test_an_answer_that_is_asked_back_is_taken_and_told(
    citizen: Citizen, said: str, intent: str
) -> None:
    citizen.slots["matter"] = "traffic_injury"
    assert value_of(await answers(citizen, "groups", said, intent), "groups") is not None
    assert "那就按“" in citizen.told


@pytest.mark.parametrize(
    "said",
    ["？", "不是劳动仲裁 我问的是赡养费咋要", "对了 我弟去年没了 就剩俩哥和我"],
)
async def test_what_is_no_answer_is_taken_for_none(citizen: Citizen, said: str) -> None:
    assert value_of(await answers(citizen, "urgent", said, "ask_law"), "urgent") is None


@pytest.mark.parametrize(
    "said", ["我弟去年没了", "我没文化", "他没在家", "他们都没管过", "我妈没有收入", "没听懂"]
)
async def test_a_no_within_other_words_is_not_no_last_day(citizen: Citizen, said: str) -> None:
    assert value_of(await answers(citizen, "urgent", said, "inform"), "urgent") is None


@pytest.mark.parametrize(
    "said",
    ["没", "没呢", "没有", "没有啊", "都没有", "没啥急的", "目前没有", "没有快到期的", "都没"],
)
async def test_no_last_day_in_few_words(citizen: Citizen, said: str) -> None:
    assert value_of(await answers(citizen, "urgent", said, "deny"), "urgent") == "none"


async def test_what_stands_between_the_answer_and_the_question_is_taken_too(
    citizen: Citizen, api: InternalApi
) -> None:
    citizen.slots |= {"matter": "support_payments", "for_whom": "relative"}
    said = "能拿主意 就是耳朵背 我妈在通辽 申请去哪"
    events = await answers(citizen, "represented", said, "find_office")
    assert value_of(events, "region") == "tongliao"
