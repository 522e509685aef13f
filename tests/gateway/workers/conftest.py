"""A site, and two processes on it for the tests of one file."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import pytest
import pytest_asyncio

from gateway.database import make_engine
from tests.fakes.rasa import FakeRasa
from tests.fakes.tencent import Account, FakeTencent
from tests.gateway.conftest import KEYS
from tests.gateway.databases import database
from tests.gateway.workers.running import Site, Worker
from tests.ports import free_port


@asynccontextmanager
async def open_site(folder: Path, empty_database: Path) -> AsyncIterator[Site]:
    """Yields a database, a Rasa and a Tencent; what was started is killed at the end."""
    databases = AsyncExitStack()
    url = await databases.enter_async_context(database(folder, empty_database))
    engine = make_engine(url)
    rasa = FakeRasa(KEYS["internal_key"], free_port())
    await rasa.start()
    account = Account()
    async with FakeTencent(account) as tencent:
        running = Site(folder, url, engine, rasa, tencent, account, KEYS["internal_key"])
        try:
            yield running
        finally:
            await running.stop()
    for gate in rasa.gates.values():
        gate.set()
    await rasa.stop()
    await engine.dispose()
    await databases.aclose()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def site(
    tmp_path_factory: pytest.TempPathFactory, empty_database: Path
) -> AsyncIterator[Site]:
    """A site for one file."""
    async with open_site(tmp_path_factory.mktemp("site"), empty_database) as running:
        yield running


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def pair(site: Site) -> tuple[Worker, Worker]:
    """Two processes, each on a port of its own, so that a test can choose between them."""
    first, second = await asyncio.gather(*(site.start(free_port(), free_port()) for _ in range(2)))
    return first, second
