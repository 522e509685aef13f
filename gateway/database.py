"""One async engine for every package's tables: SQLite by default, PostgreSQL by URL."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any, TypeVar, cast

import structlog
from sqlalchemy import event
from sqlalchemy.engine import Connection, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.ext.asyncio import (
    AsyncEngine,
    AsyncSession,
    async_sessionmaker,
    create_async_engine,
)
from sqlalchemy.util import await_only

from gateway import sqlite
from gateway.writing import WritingLine

BUSY_TIMEOUT_MS = 15_000
SCRUB_TIMEOUT_S = 1.0
CONNECTIONS = 40
"""Of one process to SQLite: whoever waits to write keeps one, and nobody reads without one."""

T = TypeVar("T")
log = structlog.get_logger()


def make_engine(url: str) -> AsyncEngine:
    """Returns an engine for ``url`` and, for SQLite, makes the folder of its file.

    SQLite runs in WAL mode with foreign keys on. Its transactions begin IMMEDIATE: one that
    reads first and writes later could otherwise fail half-way with "database is locked". Within a
    process writers stand in line. Errors do not repeat what was to be stored.
    """
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return create_async_engine(
            parsed.set(drivername="postgresql+asyncpg"), pool_pre_ping=True, hide_parameters=True
        )
    file = Path(parsed.database or "")
    file.parent.mkdir(parents=True, exist_ok=True)
    engine = create_async_engine(
        parsed.set(drivername="sqlite+aiosqlite"),
        hide_parameters=True,
        async_creator=sqlite.connector(str(file)),
        pool_size=CONNECTIONS,
        pool_use_lifo=True,
    )
    writing = WritingLine()
    event.listen(engine.sync_engine, "connect", _configure_sqlite)
    event.listen(engine.sync_engine, "begin", partial(_begin_immediate, writing))
    for given_up in ("checkin", "detach"):  # detached is a connection that a lost task has held
        event.listen(engine.sync_engine, given_up, partial(_let_others_write, writing))
    return engine


def make_sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    """Returns the session factory; objects stay readable after their transaction."""
    return async_sessionmaker(engine, expire_on_commit=False)


def read_sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    """Returns a session factory for reading only: it does not wait for writers on SQLite."""
    return async_sessionmaker(engine.execution_options(reading=True), expire_on_commit=False)


def passing_sessions(engine: AsyncEngine) -> async_sessionmaker[AsyncSession]:
    """Returns a session factory for what may be lost with the machine's power: leases.

    On SQLite its commits do not wait for the disk (some milliseconds each).
    """
    return async_sessionmaker(engine.execution_options(passing=True), expire_on_commit=False)


def brief(engine: AsyncEngine) -> AsyncEngine:
    """Returns the engine for transactions that touch a few rows by their keys.

    SQLite's statements then run where the event loop runs: each takes some millionths of a second,
    a trip to a thread and back some hundred. Nothing that reads whole tables may use it.
    """
    return engine.execution_options(brief=True)


async def go_first(session: AsyncSession) -> None:
    """Has a session that has done nothing yet go before others who want to write to SQLite."""
    await session.connection(execution_options={"first": True})


async def scrub(engine: AsyncEngine) -> None:
    """Empties SQLite's write-ahead log, which still holds what has been erased from the database.

    While somebody reads it stays; the next call tries again. Nobody writes while it waits for
    those who read, so it does not wait for long. PostgreSQL sees to it by itself.
    """
    if engine.dialect.name == "sqlite":
        await asyncio.to_thread(_empty_log, str(engine.url.database))


def _empty_log(file: str) -> None:
    with closing(sqlite3.connect(file, timeout=SCRUB_TIMEOUT_S)) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


async def in_transaction(
    sessions: async_sessionmaker[AsyncSession], work: Callable[[AsyncSession], Awaitable[T]]
) -> T:
    """Runs one transaction, a second time where another won a race against it."""
    try:
        async with sessions.begin() as session:
            return await work(session)
    except DBAPIError as error:
        log.info("transaction.again", detail=type(error).__name__)
        async with sessions.begin() as session:
            return await work(session)


def busy(error: BaseException) -> bool:
    """Says whether an error means that others held the database for longer than anybody waits."""
    if isinstance(error, PoolTimeout):
        return True
    code = getattr(getattr(error, "orig", None), "sqlite_errorcode", 0)
    return code & 0xFF in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def _configure_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # we begin transactions ourselves
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        "secure_delete=ON",  # what is erased is overwritten in the file
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    cursor.close()


def _begin_immediate(writing: WritingLine, connection: Connection) -> None:
    options = connection.get_execution_options()
    file = cast(sqlite.Connection, connection.connection.driver_connection)
    reading = options.get("reading", False)
    if not reading:
        await_only(_wait_to_write(writing, connection.info, options.get("first", False)))
    try:
        await_only(
            file.begin(
                writing=not reading,
                waits_for_disk=not options.get("passing", False),
                brief=options.get("brief", False),
            )
        )
    except sqlite3.Error as error:
        raise DBAPIError.instance("BEGIN", {}, error, sqlite3.Error, hide_parameters=True) from None


async def _wait_to_write(writing: WritingLine, info: dict[Any, Any], first: bool) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(BUSY_TIMEOUT_MS / 1000):
            await writing.enter(first=first)
            info["writing"] = True


def _let_others_write(writing: WritingLine, _connection: Any, record: Any) -> None:
    if record.info.pop("writing", False):
        writing.leave()
