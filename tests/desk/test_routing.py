"""Cases go by themselves to those who are there, handle them and have room."""

import asyncio

import pytest
from sqlalchemy import select, update

from desk import Desk
from desk.routing import Ability, fits
from desk.tables import Account, Case
from tests.desk.citizens import StoredCitizens
from tests.desk.conftest import GoesOnDuty, Lawyers, OpenCase, Row, Sessions

EVERYTHING = Ability(frozenset(), frozenset(), frozenset({"zh"}))
WAGES_IN_CHIFENG = Ability(frozenset({"labour"}), frozenset({"chifeng"}), frozenset({"zh", "mn"}))


@pytest.mark.parametrize(
    ("ability", "topic", "region", "language", "fit"),
    [
        (EVERYTHING, "loans", "alxa", "zh", True),
        (EVERYTHING, "loans", "alxa", "mn", False),
        (WAGES_IN_CHIFENG, "labour", "chifeng", "mn", True),
        (WAGES_IN_CHIFENG, "loans", "chifeng", "zh", False),
        (WAGES_IN_CHIFENG, "labour", "alxa", "zh", False),
        (WAGES_IN_CHIFENG, None, None, "zh", True),
    ],
)
def test_what_is_unknown_excludes_nobody_and_the_language_must_be_spoken(
    ability: Ability, topic: str | None, region: str | None, language: str, fit: bool
) -> None:
    assert fits(ability, topic, region, language) is fit


async def test_a_request_goes_at_once_to_who_is_there(
    goes_on_duty: GoesOnDuty, open_case: OpenCase, citizens: StoredCitizens
) -> None:
    await goes_on_duty("jia")
    case = await open_case("c1")
    assert (case.status, case.position) == ("open", None)
    assert await citizens.owner("c1") == "lawyer"
    assert "律师甲" in (await citizens.heard("c1"))[-1][1]


async def test_without_a_roster_lawyers_take_cases_themselves(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers
) -> None:
    await desk.arrived(lawyers["jia"])
    assert (await open_case("c1")).status == "pending"
    assert await desk.assign_waiting() == 0


async def test_whoever_has_most_room_and_speaks_the_language_gets_the_case(
    goes_on_duty: GoesOnDuty, open_case: OpenCase, row: Row, lawyers: Lawyers
) -> None:
    await goes_on_duty("jia", capacity=3)
    await goes_on_duty("yi", capacity=2, languages=["zh", "mn"])
    mongolian = await open_case("m", language="mn")
    assert (await row(mongolian.id)).lawyer_id == lawyers["yi"].id
    first = [await open_case(f"c{number}") for number in range(4)]
    owners = [(await row(case.id)).lawyer_id for case in first]
    jia, yi = lawyers["jia"].id, lawyers["yi"].id
    assert owners == [jia, jia, jia, yi]
    assert (await open_case("full")).status == "pending"


async def test_who_comes_to_the_desk_gets_what_waits_in_the_queues_order(
    goes_on_duty: GoesOnDuty, open_case: OpenCase, row: Row
) -> None:
    old = await open_case("old", waited=30)
    danger = await open_case("danger", urgency="danger")
    await goes_on_duty("jia", capacity=1)
    assert (await row(danger.id)).status == "open"
    assert (await row(old.id)).status == "pending"


async def test_two_workers_that_assign_at_once_give_each_case_once_and_fill_no_room_twice(
    desk: Desk,
    sessions: Sessions,
    citizens: StoredCitizens,
    goes_on_duty: GoesOnDuty,
    open_case: OpenCase,
    row: Row,
) -> None:
    await goes_on_duty("jia", capacity=0)
    cases = [await open_case(f"c{number}") for number in range(5)]
    await goes_on_duty("yi", capacity=0)
    async with sessions.begin() as session:
        await session.execute(update(Account).values(capacity=2))
    other = Desk(sessions, citizens, "key", now=desk.now)
    given = await asyncio.gather(desk.assign_waiting(), other.assign_waiting())
    assert sum(given) == 4
    owners = [(await row(case.id)).lawyer_id for case in cases]
    assert sorted(owner for owner in owners if owner) == [1, 1, 2, 2]
    assert sum([len(await citizens.heard(f"c{number}")) for number in range(5)]) == 4


async def test_a_lawyer_is_shown_what_they_handle_and_what_nobody_handles(
    desk: Desk, sessions: Sessions, goes_on_duty: GoesOnDuty, open_case: OpenCase
) -> None:
    jia = await goes_on_duty("jia", capacity=0, topics=["labour"])
    yi = await goes_on_duty("yi", capacity=0, topics=["family"])
    for topic in ("labour", "family", "land", None):
        await open_case(f"c-{topic}", topic=topic)
    async with sessions() as session:
        shown = {
            lawyer.id: set(
                await session.scalars(
                    select(Case.topic).where(await desk.routed_to(session, lawyer))
                )
            )
            for lawyer in (jia, yi)
        }
    assert shown == {jia.id: {"labour", "land", None}, yi.id: {"family", "land", None}}
    assert (await desk.counts(jia)).pending == 3
