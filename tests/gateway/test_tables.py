"""The migrations make the tables that the code expects."""

from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, MetaData, text

import aid.tables
import desk.tables
import gateway.annexes  # declares its tables
import gateway.tables
from gateway.database import make_engine, make_sessions, passing_sessions


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


async def test_only_leases_do_not_wait_for_the_disk(empty_database: Path) -> None:
    engine = make_engine(f"sqlite+aiosqlite:///{empty_database}")
    full, normal = 2, 1
    for sessions, wanted in (
        (make_sessions(engine), full),
        (passing_sessions(engine), normal),
        (make_sessions(engine), full),
    ):
        async with sessions.begin() as session:
            assert await session.scalar(text("PRAGMA synchronous")) == wanted
    await engine.dispose()


def test_a_postgresql_url_is_accepted() -> None:
    engine = make_engine("postgresql://someone@localhost/mingbai")
    assert engine.url.drivername == "postgresql+asyncpg"
