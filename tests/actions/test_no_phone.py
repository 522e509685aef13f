"""Who has no telephone hears where to go in person."""

from __future__ import annotations

import pytest

from actions.wording import say
from tests.actions.conftest import Citizen
from tests.fakes.internal_api import InternalApi


@pytest.mark.parametrize(
    "said",
    [
        "打这12345他们能管么，俺不会打，也没有手机，这是俺孙女的",
        "我没有手机",
        "俺没电话",
        "不会用手机咋办",
        "我不会打电话",
        "没手机，眼也花",
        "老了不会打电话",
    ],
)
async def test_who_has_no_phone_hears_where_to_go(
    citizen: Citizen, api: InternalApi, said: str
) -> None:
    await citizen.runs("action_answer_question", said, "ask_law")
    assert citizen.told == say("how_to_speak", "no_phone_text")


@pytest.mark.parametrize(
    "said",
    [
        "他没有电话号码咋告",
        "手机被偷了没有手机了",
        "对方没有手机",
        "我不会打官司",
        "打不了官司咋办",
    ],
)
async def test_what_is_no_want_of_a_phone_is_searched(
    citizen: Citizen, api: InternalApi, said: str
) -> None:
    await citizen.runs("action_answer_question", said, "ask_law")
    assert citizen.told != say("how_to_speak", "no_phone_text")
