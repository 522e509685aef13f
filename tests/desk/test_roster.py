"""Who is on duty, and what is known of when a person is there."""

from datetime import date, datetime, time, timedelta

import pytest

from desk import Desk
from desk.clock import CHINA
from desk.errors import InvalidInput
from desk.roster import is_arranged, is_working_day, working_days_after
from tests.desk.conftest import Clock, Lawyers, Sessions


async def test_without_a_roster_nobody_says_when_a_person_is_there(
    desk: Desk, sessions: Sessions
) -> None:
    async with sessions() as session:
        assert await desk.on_duty(session, desk.now()) == frozenset()
        assert await desk.next_duty(session, desk.now()) is None


async def test_duty_begins_and_ends_and_the_next_one_is_known(
    desk: Desk, sessions: Sessions, lawyers: Lawyers
) -> None:
    nine = datetime(2026, 11, 23, 9, tzinfo=CHINA)
    one = await desk.add_duty(lawyers["jia"].id, nine, nine + timedelta(hours=3))
    await desk.add_duty(lawyers["yi"].id, nine + timedelta(hours=24), nine + timedelta(hours=27))
    async with sessions() as session:
        assert await desk.on_duty(session, nine) == {lawyers["jia"].id}
        assert await desk.on_duty(session, nine + timedelta(hours=3)) == frozenset()
        assert await desk.next_duty(session, nine - timedelta(hours=1)) == nine
        assert await desk.next_duty(session, nine) == nine
        tomorrow = await desk.next_duty(session, nine + timedelta(hours=3))
        assert tomorrow == nine + timedelta(hours=24)
    names = [duty.name for duty in await desk.roster(nine, nine + timedelta(days=7))]
    assert names == ["律师甲", "律师乙"]
    await desk.remove_duty(one)
    assert [duty.name for duty in await desk.roster(nine, nine + timedelta(days=7))] == ["律师乙"]


async def test_a_plan_leaves_out_weekends_and_holidays_and_takes_the_working_saturdays(
    desk: Desk, lawyers: Lawyers
) -> None:
    """The State Council's arrangement for the National Day of 2026."""
    first, last = date(2026, 9, 28), date(2026, 10, 12)
    await desk.plan_duty(lawyers["jia"].id, first, last, time(9), time(17))
    begin, end = datetime.combine(first, time(), CHINA), datetime.combine(last, time(23), CHINA)
    days = [duty.begins_at.astimezone(CHINA).date() for duty in await desk.roster(begin, end)]
    assert date(2026, 10, 1) not in days
    assert date(2026, 10, 10) in days, "a Saturday on which people work"
    assert all(is_working_day(day) for day in days)
    assert len(days) < (last - first).days


def test_a_year_that_is_not_arranged_yet_counts_monday_to_friday() -> None:
    friday = date(2031, 10, 3)
    assert not is_arranged(friday)
    assert is_working_day(friday)
    assert working_days_after(friday, 1) == date(2031, 10, 6)


@pytest.mark.parametrize("hours", [0, -1, 25])
async def test_times_that_cannot_be_are_refused(hours: int, desk: Desk, lawyers: Lawyers) -> None:
    now = desk.now()
    with pytest.raises(InvalidInput):
        await desk.add_duty(lawyers["jia"].id, now, now + timedelta(hours=hours))


async def test_nobody_unknown_goes_on_the_roster(desk: Desk) -> None:
    with pytest.raises(InvalidInput):
        await desk.add_duty(404, desk.now(), desk.now() + timedelta(hours=1))


async def test_presence_needs_the_duty_and_an_open_page(
    desk: Desk, sessions: Sessions, lawyers: Lawyers, clock: Clock
) -> None:
    lawyer = lawyers["jia"]
    await desk.add_duty(lawyer.id, desk.now(), desk.now() + timedelta(hours=8))
    async with sessions() as session:
        assert await desk.present(session, desk.now()) == frozenset()
    assert await desk.seen(lawyer)
    assert not await desk.seen(lawyer), "written at most once a minute"
    async with sessions() as session:
        assert await desk.present(session, desk.now()) == {lawyer.id}
        clock.passes(hours=1)
        assert await desk.present(session, desk.now()) == frozenset()
