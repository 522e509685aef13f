"""A desk on a real SQLite file, served by a real aiohttp server."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import event, select, update
from sqlalchemy.engine import Connection
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine

import tests.desk.citizens
from desk import CaseView, Desk, NewCase, Said, create_app, routes
from desk.accounts import Lawyer, hasher
from desk.clock import utc_now
from desk.tables import Account, Base, Case, CaseEvent
from tests.desk.browser import Browser
from tests.desk.citizens import StoredCitizens

SESSION_KEY = "a key for tests"
PASSWORD = "correct horse"

Sessions = async_sessionmaker[AsyncSession]
OpenCase = Callable[..., Awaitable[CaseView]]
Lawyers = dict[str, Lawyer]
Events = Callable[[int], Awaitable[list[str]]]
SignedIn = Callable[[str], Awaitable[Browser]]
GoesOnDuty = Callable[..., Awaitable[Lawyer]]
Hears = Callable[..., Awaitable[Said | None]]
Row = Callable[[int], Awaitable[Case]]


def _configure(connection: Any, _record: Any) -> None:
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


@pytest.fixture
async def sessions(tmp_path: Path) -> AsyncIterator[Sessions]:
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'desk.db'}")
    event.listen(engine.sync_engine, "connect", _configure)
    event.listen(engine.sync_engine, "begin", _begin)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
        await connection.run_sync(tests.desk.citizens.Base.metadata.create_all)
    yield async_sessionmaker(engine, expire_on_commit=False)
    await engine.dispose()


@pytest.fixture
def citizens(sessions: Sessions) -> StoredCitizens:
    return StoredCitizens(sessions)


class Clock:
    """The desk's clock: the real time, plus what a test lets pass."""

    def __init__(self) -> None:
        self.passed = timedelta()

    def __call__(self) -> datetime:
        return utc_now() + self.passed

    def passes(self, **time: float) -> None:
        """Lets time pass."""
        self.passed += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def desk(sessions: Sessions, citizens: StoredCitizens, clock: Clock) -> Desk:
    return Desk(sessions, citizens, SESSION_KEY, topics={"labour": "劳动报酬"}, now=clock)


@pytest.fixture
def goes_on_duty(desk: Desk, sessions: Sessions, lawyers: Lawyers) -> GoesOnDuty:
    """Puts a lawyer on the roster for some hours from now, with the page open."""

    async def begin(name: str, hours: float = 8, **abilities: Any) -> Lawyer:
        lawyer = lawyers[name]
        now = desk.now()
        await desk.add_duty(lawyer.id, now - timedelta(minutes=1), now + timedelta(hours=hours))
        if abilities:
            async with sessions.begin() as session:
                await session.execute(
                    update(Account).where(Account.id == lawyer.id).values(**abilities)
                )
        await desk.arrived(lawyer)
        return lawyer

    return begin


@pytest.fixture
def hears(desk: Desk, sessions: Sessions) -> Hears:
    """Passes on what a citizen types, as the gateway does; returns what is said back."""

    async def typed(conversation: str, text: str, *, numbers: bool = True) -> Said | None:
        async with sessions.begin() as session:
            if await desk.open_case_of(session, conversation):
                await desk.wrote(session, conversation)
            return await desk.heard(session, conversation, text, numbers=numbers)

    return typed


@pytest.fixture
def row(sessions: Sessions) -> Row:
    """Returns a case as it is stored."""

    async def stored(case_id: int) -> Case:
        async with sessions() as session:
            return await session.get_one(Case, case_id)

    return stored


@cache
def password_hash() -> str:
    """Returns the hash of PASSWORD, made once: it is slow by design."""
    return hasher.hash(PASSWORD)


@pytest.fixture
async def lawyers(sessions: Sessions) -> Lawyers:
    """Two lawyers, by login name."""
    async with sessions.begin() as session:
        for name, shown in (("jia", "律师甲"), ("yi", "律师乙")):
            session.add(Account(name=name, password_hash=password_hash(), display_name=shown))
    async with sessions() as session:
        rows = await session.scalars(select(Account))
        return {row.name: Lawyer(row.id, row.display_name, row.session_number) for row in rows}


@pytest.fixture
def open_case(desk: Desk, sessions: Sessions) -> OpenCase:
    """Opens a case; `waited` (minutes) moves its request into the past."""

    async def make(conversation: str = "c1", waited: int = 0, **fields: Any) -> CaseView:
        defaults = {"question": "老板拖欠工资怎么办", "reason": "对方要求找律师", "topic": "labour"}
        new = NewCase(conversation=conversation, **{**defaults, **fields})
        async with sessions.begin() as session:
            case = await desk.open_case(session, new)
            earlier = utc_now() - timedelta(minutes=waited)
            if waited:
                await session.execute(
                    update(Case).where(Case.id == case.id).values(opened_at=earlier)
                )
        return case

    return make


@pytest.fixture
def events(sessions: Sessions) -> Events:
    """Returns the kinds of a case's events, oldest first."""

    async def kinds(case_id: int) -> list[str]:
        async with sessions() as session:
            rows = await session.scalars(
                select(CaseEvent.kind).where(CaseEvent.case_id == case_id).order_by(CaseEvent.id)
            )
            return list(rows)

    return kinds


@pytest.fixture
async def server(desk: Desk) -> AsyncIterator[TestServer]:
    app = web.Application()
    app.add_routes(routes(desk))
    app.add_subapp("/desk", create_app(desk))
    running = TestServer(app)
    async with running:
        yield running


@pytest.fixture
async def api(server: TestServer) -> AsyncIterator[TestClient[Any, Any]]:
    async with TestClient(server) as client:
        yield client


@pytest.fixture
async def browser(server: TestServer) -> AsyncIterator[Browser]:
    """Somebody who has not signed in."""
    async with TestClient(server) as client:
        yield Browser(client)


@pytest.fixture
async def signed_in(server: TestServer, lawyers: Lawyers) -> AsyncIterator[SignedIn]:
    """Returns a signed-in browser for a login name."""
    clients = []

    async def sign_in(name: str) -> Browser:
        client: TestClient[Any, Any] = TestClient(server)
        clients.append(client)
        browser = Browser(client)
        assert (await browser.sign_in(name, PASSWORD)).status == 200
        return browser

    yield sign_in
    for client in clients:
        await client.session.close()
