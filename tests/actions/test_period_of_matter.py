"""Inside the interview the matter told decides which period is meant."""

from __future__ import annotations

from datetime import date

import pytest

from tests.actions.conftest import Calendar, Citizen

WORKER = "【自己或家属申请工伤认定】"


@pytest.fixture
def hurt(citizen: Citizen, calendar: Calendar) -> Citizen:
    """Somebody hurt at work, asked whether a last day is near."""
    calendar.day = date(2026, 11, 23)
    citizen.loop = "eligibility_form"
    citizen.slots |= {"matter": "work_injury", "for_whom": "self", "groups": "migrant_worker"}
    citizen.slots |= {"region": "ulanqab", "has_lawyer": False, "stage": "not_started"}
    citizen.slots |= {"requested_slot": "urgent", "screened": True}
    return citizen


@pytest.mark.parametrize(
    "said",
    [
        "去年腊月里伤的……这算有到期的吗",
        "腊月二十让机器绞的 有没有啥日子管着",
        "腊月二十砸的，过期了没",
        "是今年2月7号受伤的，这个有期限吗",
        "腊月二十出的事，来不来得及",
    ],
)
async def test_the_injury_runs_from_its_day(hurt: Citizen, said: str) -> None:
    await hurt.answers(said, "deadlines")
    assert WORKER in hurt.told
    assert "《工伤保险条例》第十七条" in hurt.told
    assert "离开单位" not in hurt.told


@pytest.mark.parametrize(
    "said",
    ["我没离职，我是手指头绞了，腊月二十伤的", "腊月二十伤的", "手指头是今年2月7号轧断的"],
)
async def test_the_day_of_it_is_told_where_a_last_day_is_asked_for(
    hurt: Citizen, said: str
) -> None:
    await hurt.answers(said)
    assert WORKER in hurt.told
    assert hurt.slots["deadline_day"]["day"] == "2026-02-07"
    assert hurt.slots["groups"] == "migrant_worker"


async def test_a_day_told_before_is_remembered(hurt: Citizen) -> None:
    await hurt.answers("腊月二十伤的")
    await hurt.answers("错了错了，我没离职。工伤认定是不是有啥日子，从受伤那天算", "correct")
    assert "2027年2月7日" in hurt.told
    assert "怎么数的" not in hurt.told, "it was read out before"
    assert "都不是" not in hurt.told
    assert hurt.slots["groups"] == "migrant_worker"


async def test_without_a_day_it_is_asked_for(hurt: Citizen) -> None:
    await hurt.answers("这有没有时间限制啊", "deadlines")
    assert "受伤那天" in hurt.told


@pytest.mark.parametrize("said", ["没有", "都没有", "不急", "还早着"])
async def test_an_answer_stays_one(hurt: Citizen, said: str) -> None:
    await hurt.answers(said, "deny")
    assert hurt.slots["urgent"] == "none"


async def test_another_period_that_is_named_is_that_one(hurt: Citizen) -> None:
    await hurt.answers("上周三收到劳动仲裁裁决书，来得及去法院告吗", "deadlines")
    assert WORKER not in hurt.told


async def test_a_day_that_may_be_two_is_asked_for(hurt: Citizen) -> None:
    await hurt.answers("手指头是去年腊月二十轧断的")
    assert "哪一天" in hurt.told
    assert WORKER not in hurt.told
    await hurt.answers("2026年2月7日（星期六）")
    assert WORKER in hurt.told
