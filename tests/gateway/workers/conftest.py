"""A site without any process yet."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gateway.database import make_engine
from tests.fakes.rasa import FakeRasa
from tests.fakes.tencent import Account, FakeTencent
from tests.gateway.conftest import KEYS, free_port
from tests.gateway.workers.running import Site


@pytest.fixture
async def site(tmp_path: Path, empty_database: Path) -> AsyncIterator[Site]:
    """Yields a database, a Rasa and a Tencent; what was started is killed at the end."""
    shutil.copy(empty_database, tmp_path / "mingbai.db")
    url = f"sqlite+aiosqlite:///{tmp_path}/mingbai.db"
    engine = make_engine(url)
    rasa = FakeRasa(KEYS["internal_key"], free_port())
    await rasa.start()
    account = Account()
    async with FakeTencent(account) as tencent:
        running = Site(tmp_path, url, engine, rasa, tencent, account, KEYS["internal_key"])
        yield running
        await running.stop()
    for gate in rasa.gates.values():
        gate.set()
    await rasa.stop()
    await engine.dispose()
