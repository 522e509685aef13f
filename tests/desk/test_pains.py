"""What users of other desks keep complaining of, each as something that must not happen here.

The projects and issues are public; each test names its own.
"""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from desk import Desk
from desk.tables import Account, Callback, Case
from desk.timing import TIMING
from desk.words import WORDS
from tests.desk.citizens import StoredCitizens
from tests.desk.conftest import (
    Clock,
    Events,
    GoesOnDuty,
    Hears,
    Lawyers,
    OpenCase,
    Row,
    Sessions,
)


async def test_the_bot_does_not_stay_silent_after_the_lawyer_has_left(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers, citizens: StoredCitizens
) -> None:
    """chatwoot/rasa-agent-bot-demo#12, chatwoot#9685, chatwoot#13882"""
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    assert await citizens.owner("c1") == "lawyer"
    await desk.resolve(case.id, lawyers["jia"], "advised")
    assert await citizens.owner("c1") == "bot"


@pytest.mark.parametrize("owner", ["queued", "lawyer"])
async def test_nobody_waits_for_ever_when_what_owned_the_chat_has_died(
    owner: str, desk: Desk, citizens: StoredCitizens, sessions: Sessions
) -> None:
    """chatwoot#12379, chatwoot#7297"""
    async with sessions.begin() as session:
        await citizens.set_owner(session, "c1", owner)
    await asyncio.gather(desk.sweep(), Desk(sessions, citizens, "key").sweep())
    assert await citizens.owner("c1") == "bot"
    [(author, text, _)] = await citizens.heard("c1")
    assert (author, text) == ("system", WORDS.citizen["repaired"])


@pytest.mark.parametrize(("status", "owner"), [("pending", "queued"), ("open", "lawyer")])
async def test_a_case_whose_chat_the_bot_got_by_mistake_gets_it_back(
    status: str,
    owner: str,
    desk: Desk,
    open_case: OpenCase,
    lawyers: Lawyers,
    citizens: StoredCitizens,
    sessions: Sessions,
    events: Events,
) -> None:
    """chatwoot#12379"""
    case = await open_case("c1")
    if status == "open":
        await desk.claim(case.id, lawyers["jia"])
    async with sessions.begin() as session:
        await citizens.set_owner(session, "c1", "bot")
    await desk.sweep()
    await desk.sweep()
    assert await citizens.owner("c1") == owner
    assert (await events(case.id)).count("repaired") == 1


async def test_whoever_waits_too_long_is_offered_another_way_once(
    desk: Desk,
    open_case: OpenCase,
    citizens: StoredCitizens,
    sessions: Sessions,
    clock: Clock,
    hears: Hears,
    row: Row,
) -> None:
    """chatwoot#12379, chatwoot#11034"""
    case = await open_case("c1")
    await desk.sweep()
    assert await citizens.heard("c1") == []
    clock.passes(minutes=TIMING.offer_minutes + 1)
    await asyncio.gather(desk.sweep(), Desk(sessions, citizens, "key", now=clock).sweep())
    await desk.sweep()
    [(_, text, _)] = await citizens.heard("c1")
    assert "第 1 位" in text
    assert await hears("c1", "1")
    assert (await row(case.id)).status == "pending"  # who asks meanwhile keeps the place


async def test_a_freed_place_is_filled_at_once(
    desk: Desk, goes_on_duty: GoesOnDuty, open_case: OpenCase, row: Row
) -> None:
    """chatwoot#10583"""
    lawyer = await goes_on_duty("jia", capacity=1)
    first = await open_case("c1")
    second = await open_case("c2")
    assert (await row(second.id)).status == "pending"
    await desk.resolve(first.id, lawyer, "advised")
    assert (await row(second.id)).lawyer_id == lawyer.id


async def test_a_returning_citizen_goes_to_the_same_lawyer_who_is_there(
    desk: Desk, goes_on_duty: GoesOnDuty, open_case: OpenCase, lawyers: Lawyers, row: Row
) -> None:
    """chatwoot#7204"""
    first = await open_case("c1")
    await desk.claim(first.id, lawyers["yi"])
    await desk.resolve(first.id, lawyers["yi"], "advised")
    await goes_on_duty("jia", capacity=9)
    await goes_on_duty("yi", capacity=1)
    again = await row((await open_case("c1")).id)
    assert (again.lawyer_id, again.previous_id) == (lawyers["yi"].id, first.id)


async def test_a_returning_citizen_does_not_go_to_a_lawyer_who_is_away(
    desk: Desk,
    goes_on_duty: GoesOnDuty,
    open_case: OpenCase,
    lawyers: Lawyers,
    row: Row,
    clock: Clock,
) -> None:
    """chatwoot#7204, chatwoot#5672"""
    lawyer = await goes_on_duty("jia")
    first = await open_case("c1")
    await desk.resolve(first.id, lawyer, "advised")
    clock.passes(minutes=TIMING.away_minutes + 1)
    again = await row((await open_case("c1")).id)
    assert (again.status, again.lawyer_id, again.previous_id) == ("pending", None, first.id)


async def test_the_cases_of_a_lawyer_who_has_left_go_back_and_the_citizen_is_told(
    desk: Desk,
    goes_on_duty: GoesOnDuty,
    open_case: OpenCase,
    lawyers: Lawyers,
    citizens: StoredCitizens,
    sessions: Sessions,
    clock: Clock,
    row: Row,
    events: Events,
) -> None:
    """chatwoot#5672, chatwoot#11034"""
    lawyer = await goes_on_duty("jia")
    waiting, quiet = await open_case("waiting"), await open_case("quiet")
    await desk.reply(quiet.id, lawyer, "您好，还有问题吗")
    clock.passes(minutes=TIMING.away_minutes - 1)
    await desk.sweep()
    assert (await row(waiting.id)).status == "open"
    clock.passes(minutes=2)
    await asyncio.gather(desk.sweep(), Desk(sessions, citizens, "key", now=clock).sweep())
    assert (await row(waiting.id)).status == "pending"
    assert "）离开了" in (await citizens.heard("waiting"))[1][1]
    assert (await events(waiting.id)).count("returned") == 1
    assert (await row(quiet.id)).status == "open", "nobody waits for a word there"
    async with sessions.begin() as session:
        await desk.wrote(session, "quiet")
    await desk.sweep()
    assert (await row(quiet.id)).status == "pending"


async def test_a_lawyer_whose_page_is_open_keeps_the_cases_also_after_duty(
    desk: Desk, goes_on_duty: GoesOnDuty, open_case: OpenCase, clock: Clock, row: Row
) -> None:
    """chatwoot#5672"""
    lawyer = await goes_on_duty("jia", hours=0.1)
    case = await open_case("c1")
    clock.passes(hours=1)
    await desk.arrived(lawyer)
    await desk.sweep()
    assert (await row(case.id)).status == "open"


async def test_a_conversation_that_is_gone_leaves_no_case_behind(
    desk: Desk, open_case: OpenCase, sessions: Sessions, clock: Clock, row: Row
) -> None:
    """chatwoot#947"""

    class Gone(StoredCitizens):
        async def owner_of(self, *args: object) -> str | None:
            return None

    case = await open_case("c1")
    async with sessions.begin() as session:
        await StoredCitizens(sessions).set_owner(session, "c1", "bot")
    await Desk(sessions, Gone(sessions), "key", now=clock).sweep()
    assert (await row(case.id)).status == "withdrawn"


async def test_erasing_leaves_no_number_to_call_and_no_trait_of_the_citizen(
    desk: Desk, open_case: OpenCase, sessions: Sessions, hears: Hears, row: Row
) -> None:
    """chatwoot#947, chatwoot#5583"""
    case = await open_case("c1", groups=["minor"], region="chifeng")
    await hears("c1", "留电话")
    await hears("c1", "13800000000")
    async with sessions.begin() as session:
        assert await desk.erase(session, "c1") == []
    left = await row(case.id)
    assert (left.status, left.groups, left.region, left.priority) == ("erased", [], None, False)
    async with sessions() as session:
        contacts = (await session.execute(select(Callback.contact, Callback.done_at))).all()
    assert [contact for contact, _ in contacts] == [""]
    assert await desk.callbacks(open_only=False) == []


async def test_a_failed_sweep_does_not_end_the_sweeping(
    sessions: Sessions, citizens: StoredCitizens, monkeypatch: pytest.MonkeyPatch
) -> None:
    """chatwoot#7297"""
    swept = asyncio.Event()

    class Failing(Desk):
        tries = 0

        async def sweep(self) -> None:
            self.tries += 1
            if self.tries == 1:
                raise ConnectionError
            swept.set()

    monkeypatch.setattr("desk.sweeping.SWEEP_EVERY_S", 0.0)
    running = asyncio.create_task(Failing(sessions, citizens, "key").run())
    async with asyncio.timeout(10):
        await swept.wait()
    running.cancel()


async def test_a_pause_of_the_desks_process_is_made_up_for_by_the_next_sweep(
    desk: Desk,
    open_case: OpenCase,
    lawyers: Lawyers,
    sessions: Sessions,
    goes_on_duty: GoesOnDuty,
    row: Row,
) -> None:
    """A worker killed before it could assign: the case still finds its lawyer."""
    case = await open_case("c1")
    await goes_on_duty("jia", capacity=0)
    async with sessions.begin() as session:
        await session.execute(update(Account).values(capacity=1))
        await session.execute(update(Case).values(opened_at=desk.now() - timedelta(minutes=1)))
    await desk.sweep()
    assert (await row(case.id)).lawyer_id == lawyers["jia"].id


@pytest.mark.parametrize("how", ["released", "transferred", "reopened", "woken"])
async def test_who_was_answered_once_is_not_left_with_a_later_lawyer_who_is_away(
    how: str,
    desk: Desk,
    open_case: OpenCase,
    lawyers: Lawyers,
    citizens: StoredCitizens,
    clock: Clock,
    row: Row,
) -> None:
    """chatwoot#5672: a person was announced again, so a word is owed again."""
    jia, yi = lawyers["jia"], lawyers["yi"]
    case = (await open_case("c1")).id
    await desk.claim(case, jia)
    await desk.reply(case, jia, "您好")
    if how == "released":
        await desk.release(case, jia)
        await desk.claim(case, yi)
    elif how == "transferred":
        await desk.transfer(case, jia, yi.id)
    elif how == "reopened":
        await desk.resolve(case, jia, "advised")
        await desk.reopen(case, jia)
    else:
        await desk.snooze(case, jia, desk.now() + timedelta(days=1))
        await desk.wake(case, jia)
    assert await citizens.owner("c1") == "lawyer"
    clock.passes(minutes=TIMING.away_minutes + 1)
    await desk.sweep()
    assert ((await row(case)).status, await citizens.owner("c1")) == ("pending", "queued")
