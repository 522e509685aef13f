"""The pages on a real SQLite file, served by a real aiohttp server under their real address."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from aid import Site, create_app
from aid.tables import Base
from gateway.database import make_engine, make_sessions
from tests.aid.pages.visitor import Visitor
from tests.aid.people import TODAY

Sessions = async_sessionmaker[AsyncSession]
ROOT = "/lookup/aid"


@pytest.fixture
async def sessions(tmp_path: Path) -> AsyncIterator[Sessions]:
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path / 'aid.db'}")
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    yield make_sessions(engine)
    await engine.dispose()


@pytest.fixture
async def visitor(sessions: Sessions) -> AsyncIterator[Visitor]:
    app = web.Application(client_max_size=256 * 1024)
    site = Site("/lookup", "/lookup/static/lookup.css")
    app.add_subapp(ROOT, create_app(sessions, site, 60, today=lambda: TODAY))
    async with TestClient(TestServer(app)) as client:
        yield Visitor(client)
