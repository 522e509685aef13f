"""The migrations make the tables that the code expects."""

import asyncio
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncEngine

import aid.tables
import desk.tables
import gateway.annexes  # declares its tables
import gateway.tables
from gateway.database import brief, make_engine, make_sessions, passing_sessions, read_sessions
from gateway.sqlite import AHEAD

_STOP = "INSERT INTO push_stops VALUES (:name, '', '2030-01-01')"


async def test_migrations_make_the_tables_of_the_code(empty_database: Path) -> None:
    targets = MetaData()
    for base in (gateway.tables.Base, desk.tables.Base, aid.tables.Base):
        for table in base.metadata.sorted_tables:
            table.to_metadata(targets)

    def differences(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), targets))

    engine = make_engine(f"sqlite+aiosqlite:///{empty_database}")
    async with engine.connect() as connection:
        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_sqlite_waits_for_others_and_keeps_its_keys(empty_database: Path) -> None:
    engine = make_engine(f"sqlite+aiosqlite:///{empty_database}")
    async with engine.connect() as connection:
        for pragma, value in (("journal_mode", "wal"), ("foreign_keys", 1)):
            assert (await connection.exec_driver_sql(f"PRAGMA {pragma}")).scalar() == value
    await engine.dispose()


@pytest.mark.parametrize("kind", [lambda engine: engine, brief])
@pytest.mark.parametrize("count", [0, 1, AHEAD - 1, AHEAD, AHEAD + 1, 2 * AHEAD])
async def test_all_rows_come_however_many_and_by_whichever_way(
    tmp_path: Path, empty_database: Path, count: int, kind: Callable[[AsyncEngine], AsyncEngine]
) -> None:
    shutil.copy(empty_database, tmp_path / "mingbai.db")
    engine = kind(make_engine(f"sqlite+aiosqlite:///{tmp_path}/mingbai.db"))
    row = text(_STOP)
    names = [f"{number:05}" for number in range(count)]
    query = text("SELECT channel FROM push_stops ORDER BY channel")
    async with make_sessions(engine).begin() as session:
        if names:
            await session.execute(row, [{"name": name} for name in names])
        assert list(await session.scalars(query)) == names
    async with engine.connect() as connection:
        streamed = await connection.stream_scalars(query, execution_options={"yield_per": 7})
        assert [name async for name in streamed] == names
        mixed = await connection.stream_scalars(query)
        begun = await mixed.fetchmany(3)
        assert [*begun, *await mixed.all()] == names
    await engine.dispose()


async def test_only_leases_do_not_wait_for_the_disk(empty_database: Path) -> None:
    engine = make_engine(f"sqlite+aiosqlite:///{empty_database}")
    full, normal = 2, 1
    for sessions, wanted in (
        (make_sessions(engine), full),
        (passing_sessions(brief(engine)), normal),
        (passing_sessions(engine), normal),
        (make_sessions(brief(engine)), full),
        (make_sessions(engine), full),
    ):
        async with sessions.begin() as session:
            assert await session.scalar(text("PRAGMA synchronous")) == wanted
    await engine.dispose()


async def test_a_brief_transaction_waits_for_another_process_and_holds_up_nobody_here(
    tmp_path: Path, empty_database: Path
) -> None:
    shutil.copy(empty_database, tmp_path / "mingbai.db")
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path}/mingbai.db")
    with closing(sqlite3.connect(tmp_path / "mingbai.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        async def write() -> None:
            async with make_sessions(brief(engine)).begin() as session:
                await session.execute(text(_STOP), {"name": "here"})

        writing = asyncio.create_task(write())
        async with read_sessions(brief(engine))() as session:  # the loop goes on, readers read
            assert await session.scalar(text("SELECT count(*) FROM push_stops")) == 0
        assert not writing.done()
        other.execute(_STOP, {"name": "there"})
        other.execute("COMMIT")
        await writing
        assert other.execute("SELECT channel FROM push_stops ORDER BY channel").fetchall() == [
            ("here",),
            ("there",),
        ]
    await engine.dispose()


async def test_a_brief_transaction_that_fails_leaves_nothing_and_its_connection_serves_on(
    tmp_path: Path, empty_database: Path
) -> None:
    shutil.copy(empty_database, tmp_path / "mingbai.db")
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path}/mingbai.db")
    sessions = make_sessions(brief(engine))

    async def write_twice() -> None:
        async with sessions.begin() as session:
            for _ in range(2):
                await session.execute(text(_STOP), {"name": "twice"})

    with pytest.raises(IntegrityError):
        await write_twice()
    async with sessions.begin() as session:
        assert await session.scalar(text("SELECT count(*) FROM push_stops")) == 0
        await session.execute(text(_STOP), {"name": "once"})
    async with read_sessions(engine)() as session:
        assert await session.scalar(text("SELECT count(*) FROM push_stops")) == 1
    await engine.dispose()


async def test_writers_of_one_process_stand_in_line_and_a_broken_off_one_leaves_it(
    tmp_path: Path, empty_database: Path
) -> None:
    shutil.copy(empty_database, tmp_path / "mingbai.db")
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path}/mingbai.db")
    sessions, at_once, most = make_sessions(engine), 0, 0
    count = text(_STOP)

    async def write(name: str) -> None:
        nonlocal at_once, most
        async with sessions.begin() as session:
            await session.execute(count, {"name": name})
            at_once += 1
            most = max(most, at_once)
            await asyncio.sleep(0)
            at_once -= 1

    async def stay() -> None:
        async with sessions.begin() as session:
            await session.execute(count, {"name": "stays"})
            await asyncio.Event().wait()

    staying = asyncio.create_task(stay())
    writing = [asyncio.create_task(write(str(number))) for number in range(40)]
    await asyncio.wait(writing, timeout=0, return_when=asyncio.FIRST_COMPLETED)
    staying.cancel()
    await asyncio.gather(*writing)
    assert most == 1
    async with read_sessions(engine)() as session:
        assert await session.scalar(text("SELECT count(*) FROM push_stops")) == 40
    await engine.dispose()


async def test_a_writer_broken_off_while_another_process_writes_does_not_begin_afterwards(
    tmp_path: Path, empty_database: Path
) -> None:
    shutil.copy(empty_database, tmp_path / "mingbai.db")
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path}/mingbai.db")
    sessions, waits = make_sessions(engine), asyncio.Event()

    async def write(name: str) -> None:
        async with sessions() as session:
            waits.set()
            await session.execute(text(_STOP), {"name": name})
            await session.commit()

    await write("opens the connection that all of this test is about")
    waits.clear()
    with closing(sqlite3.connect(tmp_path / "mingbai.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        writing = asyncio.create_task(write("broken off"))
        await waits.wait()
        async with read_sessions(engine)() as session:
            await session.scalar(text("SELECT 1"))
        writing.cancel()
        await asyncio.gather(writing, return_exceptions=True)
        other.execute("COMMIT")
    await write("the next")  # on the same connection
    async with read_sessions(engine)() as session:
        assert await session.scalar(text("SELECT count(*) FROM push_stops")) == 2
    await engine.dispose()


def test_a_postgresql_url_is_accepted() -> None:
    engine = make_engine("postgresql://someone@localhost/mingbai")
    assert engine.url.drivername == "postgresql+asyncpg"
