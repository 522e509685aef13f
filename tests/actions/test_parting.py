"""A goodbye is a goodbye, whatever it names; what asks something is no goodbye."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Citizen
from tests.fakes.internal_api import InternalApi

SEARCH = "action_answer_question"


@pytest.mark.parametrize(
    "text",
    [
        "算了先不告了 我先去苏木试试 谢谢啊",
        "那我先去派出所问问，谢谢",
        "行 就这样吧 麻烦你了",
        "我先回去找村长说说 多谢了",
        "心里有数了，谢谢您",
        "先不弄了 谢谢",
        "好 我先去找他再说 谢了",
        "知道咋办了 谢谢啊",
        "那先这样 再见",
        "我先打听打听去 先不告 感谢",
    ],
)
async def test_thanks_after_a_plan_is_a_goodbye(
    citizen: Citizen, api: InternalApi, text: str
) -> None:
    await citizen.hears(SEARCH, text, "ask_law", "随时回来")
    assert not api.searches


@pytest.mark.parametrize(
    "text", ["我先去苏木 他们不管咋办 谢谢", "先不告了，能不能先调解 谢谢", "谢谢 那我该找谁"]
)
async def test_what_asks_is_searched(citizen: Citizen, api: InternalApi, text: str) -> None:
    await citizen.runs(SEARCH, text, "ask_law")
    assert api.searches
