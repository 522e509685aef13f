"""The queue's order, and the reasons for it that a lawyer reads."""

from datetime import timedelta

import pytest

from desk import Desk, queue_order
from desk.clock import CHINA
from desk.queue_page import queue_page
from desk.timing import TIMING
from tests.desk.conftest import Clock, Lawyers, OpenCase, Row, Sessions


def fact_with_last_day(desk: Desk, days: int) -> dict[str, str]:
    day = desk.now().astimezone(CHINA).date() + timedelta(days=days)
    return {"label": "最后一天", "value": "写给律师", "last_day": day.isoformat()}


async def test_danger_then_days_running_out_then_priority_groups_then_waiting_time(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers
) -> None:
    await open_case("new")
    await open_case("old", waited=90)
    await open_case("worker", waited=5, groups=["migrant_wages"])
    await open_case("said", waited=2, urgency="deadline")
    await open_case("counted", waited=3, facts=[fact_with_last_day(desk, TIMING.near_days - 1)])
    await open_case("far", waited=60, facts=[fact_with_last_day(desk, TIMING.near_days)])
    await open_case("passed", waited=30, facts=[fact_with_last_day(desk, -1)])
    await open_case("danger", urgency="danger")
    queue = await queue_page(desk, lawyers["jia"])
    assert [case.conversation for case in queue.pending] == [
        "danger",
        "counted",
        "said",
        "worker",
        "old",
        "far",
        "passed",
        "new",
    ]


async def test_the_place_told_is_the_place_in_the_list(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers, sessions: Sessions
) -> None:
    for number in range(6):
        groups = ["elderly"] if number % 2 else []
        await open_case(f"c{number}", waited=number * 7, groups=groups)
    queue = await queue_page(desk, lawyers["jia"])
    async with sessions() as session:
        places = [await desk.position(session, case.id) for case in queue.pending]
    assert places == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize(
    ("days", "word"), [(-3, "期限已过 3 天"), (0, "今天到期"), (4, "还剩 4 天到期")]
)
async def test_a_last_day_is_told_in_words_beside_the_group(
    days: int, word: str, desk: Desk, open_case: OpenCase, row: Row
) -> None:
    case = await open_case(facts=[fact_with_last_day(desk, days)], groups=["minor", "disabled"])
    assert queue_order.why(await row(case.id), desk.now()) == (word, "未成年人", "残疾人")


async def test_a_last_day_that_comes_near_moves_a_waiting_case_forward(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers, clock: Clock
) -> None:
    await open_case("old", waited=90)
    await open_case("later", facts=[fact_with_last_day(desk, TIMING.near_days + 1)])
    assert (await queue_page(desk, lawyers["jia"])).pending[0].conversation == "old"
    clock.passes(days=2)
    assert (await queue_page(desk, lawyers["jia"])).pending[0].conversation == "later"


async def test_asking_again_with_other_facts_keeps_a_last_day_and_the_place(
    desk: Desk, open_case: OpenCase, row: Row
) -> None:
    near = fact_with_last_day(desk, 2)
    case = await open_case("c1", facts=[near])
    await open_case("c1", facts=[{"label": "孩子", "value": "两个"}])
    stored = await row(case.id)
    assert stored.last_day
    assert stored.last_day.isoformat() == near["last_day"]
    assert [fact["label"] for fact in stored.facts] == ["孩子", "最后一天"]


async def test_a_last_day_that_a_lawyer_corrected_is_not_undone_by_asking_again(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers, row: Row
) -> None:
    case = await open_case("c1", facts=[fact_with_last_day(desk, 90)])
    await desk.claim(case.id, lawyers["jia"])
    right = desk.now().astimezone(CHINA).date() + timedelta(days=3)
    await desk.correct_fact(case.id, lawyers["jia"], "最后一天", "律师算过", last_day=right)
    await open_case("c1", facts=[fact_with_last_day(desk, 90)])
    assert (await row(case.id)).last_day == right


async def test_a_day_that_has_passed_does_not_hide_one_that_is_near(
    desk: Desk, open_case: OpenCase, clock: Clock, row: Row
) -> None:
    first, second = fact_with_last_day(desk, -1), fact_with_last_day(desk, 3)
    case = await open_case("c1", facts=[first, {**second, "label": "第二个最后一天"}])
    assert str((await row(case.id)).last_day) == second["last_day"]
    clock.passes(days=4)
    await desk.sweep()
    assert str((await row(case.id)).last_day) == second["last_day"], "both have passed"


async def test_when_a_day_has_passed_the_next_one_counts(
    desk: Desk, open_case: OpenCase, clock: Clock, row: Row
) -> None:
    first, second = fact_with_last_day(desk, 1), fact_with_last_day(desk, 5)
    case = await open_case("c1", facts=[first, {**second, "label": "第二个最后一天"}])
    assert str((await row(case.id)).last_day) == first["last_day"]
    clock.passes(days=2)
    await desk.sweep()
    assert str((await row(case.id)).last_day) == second["last_day"]
