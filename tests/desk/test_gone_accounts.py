"""What becomes of the citizens of an account that may no longer take cases."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from desk import Desk
from desk.clock import utc_now
from desk.tables import Account
from tests.desk.citizens import StoredCitizens
from tests.desk.conftest import Events, GoesOnDuty, Lawyers, OpenCase, Row, Sessions, SignedIn

GONE = [{"disabled_at": utc_now()}, {"role": "curator"}]


async def becomes(sessions: Sessions, account_id: int, values: dict[str, object]) -> None:
    async with sessions.begin() as session:
        await session.execute(update(Account).where(Account.id == account_id).values(values))


@pytest.mark.parametrize("gone", GONE)
async def test_its_cases_go_back_at_once_and_the_citizens_are_told(
    gone: dict[str, object],
    desk: Desk,
    goes_on_duty: GoesOnDuty,
    open_case: OpenCase,
    citizens: StoredCitizens,
    sessions: Sessions,
    row: Row,
    events: Events,
) -> None:
    lawyer = await goes_on_duty("jia")
    quiet = await open_case("quiet")
    await desk.reply(quiet.id, lawyer, "您好，还有问题吗")
    await becomes(sessions, lawyer.id, gone)
    await desk.sweep()
    assert ((await row(quiet.id)).status, await citizens.owner("quiet")) == ("pending", "queued")
    assert "离开了" in (await citizens.heard("quiet"))[-1][1]
    await desk.sweep()
    assert (await events(quiet.id)).count("returned") == 1


@pytest.mark.parametrize("gone", GONE)
async def test_it_is_given_no_case_and_no_duty_of_it_is_told(
    gone: dict[str, object],
    desk: Desk,
    goes_on_duty: GoesOnDuty,
    open_case: OpenCase,
    sessions: Sessions,
    row: Row,
) -> None:
    lawyer = await goes_on_duty("jia")
    await becomes(sessions, lawyer.id, gone)
    case = await open_case("c1")
    await desk.sweep()
    assert (await row(case.id)).status == "pending"
    async with sessions() as session:
        assert await desk.next_duty(session, desk.now()) is None


async def test_a_case_it_had_set_aside_comes_back_to_the_queue(
    desk: Desk,
    goes_on_duty: GoesOnDuty,
    open_case: OpenCase,
    sessions: Sessions,
    row: Row,
) -> None:
    lawyer = await goes_on_duty("jia")
    case = await open_case("c1")
    await desk.snooze(case.id, lawyer, desk.now() + timedelta(days=2))
    await becomes(sessions, lawyer.id, {"disabled_at": utc_now()})
    await open_case("c1")
    assert (await row(case.id)).status == "pending"


@pytest.mark.parametrize("gone", GONE)
async def test_what_only_it_handled_is_shown_to_the_others(
    gone: dict[str, object],
    sessions: Sessions,
    open_case: OpenCase,
    lawyers: Lawyers,
    signed_in: SignedIn,
) -> None:
    await becomes(sessions, lawyers["yi"].id, {"topics": ["family"], **gone})
    await becomes(sessions, lawyers["jia"].id, {"topics": ["labour"]})
    await open_case("c1", topic="family", question="孩子谁来养")
    assert "孩子谁来养" in (await (await signed_in("jia")).get("/desk")).text
