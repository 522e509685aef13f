"""An empty database for each test: a copied SQLite file, or PostgreSQL by `TEST_DATABASE_URL`.

`TEST_DATABASE_URL` names a server and a user who may create databases, for example
`postgresql://postgres@127.0.0.1:5432/postgres`.
"""

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path

from sqlalchemy.engine import URL, make_url
from sqlalchemy.ext.asyncio import create_async_engine

ROOT = Path(__file__).parents[2]


@asynccontextmanager
async def database(folder: Path, empty: Path) -> AsyncIterator[str]:
    """Yields the URL of a database that the migrations have made and nobody has used."""
    given = os.environ.get("TEST_DATABASE_URL")
    if not given:
        shutil.copy(empty, folder / "mingbai.db")
        yield f"sqlite+aiosqlite:///{folder}/mingbai.db"
        return
    server = make_url(given).set(drivername="postgresql+asyncpg")
    template = await _template(server)
    name = f"mingbai_{uuid.uuid4().hex}"
    await _run(server, f"CREATE DATABASE {name} TEMPLATE {template}")
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        await _run(server, f"DROP DATABASE {name} WITH (FORCE)")


async def _template(server: URL) -> str:
    """Returns the name of a migrated database, made once."""
    name = _name_of_template()
    if name not in _made:
        await _run(server, f"CREATE DATABASE {name}")
        migrate(DATABASE_URL=server.set(database=name).render_as_string(hide_password=False))
        _made.add(name)
    return name


_made: set[str] = set()


@cache
def _name_of_template() -> str:
    return f"empty_{uuid.uuid4().hex}"


def migrate(**environment: str) -> None:
    """Runs the documented command."""
    subprocess.run(
        [sys.executable, "-m", "gateway", "migrate"],
        cwd=ROOT,
        env={"PATH": "", "PYTHONPATH": str(ROOT), **environment},
        check=True,
    )


async def _run(server: URL, statement: str) -> None:
    engine = create_async_engine(server, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.exec_driver_sql(statement)
    await engine.dispose()
