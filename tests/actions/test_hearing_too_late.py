"""A hearing is held before the decision: who has the decision is not told to ask for one."""

from __future__ import annotations

import pytest

from tests.actions.conftest import Calendar, Citizen
from tests.fakes.internal_api import InternalApi

DEADLINES = "action_deadlines"


@pytest.mark.parametrize(
    "told",
    [
        "决定书已经下来了，上礼拜三给我的",
        "就收到一张罚单",
        "他们把处罚决定书寄到家里了",
        "昨天拿到的决定书",
        "罚款已经交了",
    ],
)
async def test_who_has_the_decision_hears_what_is_open_after_it(
    citizen: Citizen, api: InternalApi, calendar: Calendar, told: str
) -> None:
    citizen.before.append({"event": "user", "text": told, "timestamp": 0.0})
    await citizen.runs(DEADLINES, "那处罚前要求听证还能要不", "deadlines")
    assert "听证是作决定以前的事" in citizen.told
    assert "《行政复议法》第二十条" in citizen.told
    assert "书面写“我要求听证”" not in citizen.told


@pytest.mark.parametrize("told", ["只给了个告知书，决定书还没下来", "没收到决定书", "要罚我五千"])
async def test_who_has_no_decision_yet_is_asked_for_the_day_of_the_notice(
    citizen: Citizen, api: InternalApi, calendar: Calendar, told: str
) -> None:
    citizen.before.append({"event": "user", "text": told, "timestamp": 0.0})
    done = await citizen.runs(DEADLINES, "那处罚前要求听证还能要不", "deadlines")
    assert "听证是作决定以前的事" not in citizen.told
    assert any(one.get("event") == "active_loop" for one in done)
