"""Gateway processes on one database, between a fake Tencent and a fake Rasa."""

import asyncio
import os
import sys
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker

from gateway.database import read_sessions
from gateway.record import UNANSWERED
from gateway.tables import Conversation, Message, OutboxRow, now
from tests.fakes.rasa import FakeRasa
from tests.fakes.tencent import Account, FakeTencent
from tests.gateway.databases import migrate
from tests.gateway.workers.__main__ import LISTENING

ROOT = Path(__file__).parents[3]
LOOK_S = 0.05


async def until(condition: Callable[[], Awaitable[Any]], limit: float = 180.0) -> Any:
    """Returns the first true value of `condition`; fails after `limit` seconds."""
    async with asyncio.timeout(limit):
        while True:
            value = await condition()
            if value:
                return value
            await asyncio.sleep(LOOK_S)


def migrated(folder: Path) -> Path:
    """Returns an empty database made by the migrations."""
    migrate(VAR_DIR=str(folder))
    return folder / "mingbai.db"


@dataclass
class Worker:
    """One gateway process."""

    port: int
    process: asyncio.subprocess.Process
    log: Path

    @property
    def callback(self) -> str:
        """The address that Tencent calls."""
        return f"http://127.0.0.1:{self.port}/wechat"

    async def kill(self) -> None:
        """Kills it without a warning."""
        if self.process.returncode is None:
            self.process.kill()
        await self.process.wait()


@dataclass
class Site:
    """What the processes share.

    Attributes:
        var: the folder with the database and the logs.
        database_url: the database.
        engine: the same database, for looking at.
        rasa: what they ask.
        tencent: what they are asked by and push to.
        key: the internal key.
    """

    var: Path
    database_url: str
    engine: AsyncEngine
    rasa: FakeRasa
    tencent: FakeTencent
    account: Account
    key: str
    workers: list[Worker] = field(default_factory=list)

    @property
    def sessions(self) -> async_sessionmaker[AsyncSession]:
        """Sessions on the database."""
        return async_sessionmaker(self.engine, expire_on_commit=False)

    async def start(
        self, port: int, internal_port: int, *, crash_at: str = "", workers: int = 1
    ) -> Worker:
        """Starts a process; the port may be another one's when there are several workers."""
        environment = {
            **{name: value for name, value in os.environ.items() if name in ("PATH", "HOME")},
            "PYTHONPATH": str(ROOT),
            "VAR_DIR": str(self.var),
            "DATABASE_URL": self.database_url,
            "PORT": str(port),
            "INTERNAL_PORT": str(internal_port),
            "RASA_URL": self.rasa.url,
            "ACTIONS_URL": self.rasa.url,
            "INTERNAL_KEY": self.key,
            "REST_KEY": "rest",
            "SESSION_KEY": "0" * 64,
            "GATEWAY_WORKERS": str(workers),
            "WECHAT_TOKEN": self.account.token,
            "WECHAT_APPID": self.account.appid,
            "WECHAT_SECRET": self.account.secret,
            "WECHAT_ENCODING_AES_KEY": self.account.aes_key,
            "WECHAT_API_BASE": self.tencent.url,
            "CRASH_AT": crash_at,
        }
        written = self.var / f"worker-{uuid.uuid4().hex}.log"
        log = written.open("wb")
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.gateway.workers",
            cwd=self.var,
            env=environment,
            stdout=log,
            stderr=log,
        )
        log.close()
        worker = Worker(port, process, written)
        self.workers.append(worker)
        await until(lambda: self._started(worker))
        return worker

    async def _started(self, worker: Worker) -> bool:
        """Says whether this very process answers: at a shared port another one may."""
        assert worker.process.returncode is None, "the worker ended; see its log"
        listening = LISTENING.encode() in worker.log.read_bytes()
        return listening and await self.healthy(worker)

    async def healthy(self, worker: Worker) -> bool:
        """Says whether a process answers at a worker's port."""
        try:
            async with (
                aiohttp.ClientSession() as http,
                http.get(f"http://127.0.0.1:{worker.port}/health") as response,
            ):
                return response.status == 200
        except aiohttp.ClientError:
            return False

    async def health(self, worker: Worker) -> dict[str, Any]:
        """Returns what a process at a worker's port says of all the parts."""
        async with (
            aiohttp.ClientSession() as http,
            http.get(f"http://127.0.0.1:{worker.port}/health") as response,
        ):
            said: dict[str, Any] = await response.json()
        return said

    async def deliver(self, fields: dict[str, str], worker: Worker) -> tuple[int, str]:
        """Delivers to one process, with the platform's patience; status 0 when nothing came."""
        query, body = self.tencent.sign(fields)
        try:
            async with (
                aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as http,
                http.post(worker.callback, params=query, data=body) as response,
            ):
                return response.status, await response.text()
        except (aiohttp.ClientError, TimeoutError):
            return 0, ""

    async def idle(self) -> bool:
        """Says whether nothing is to be answered or pushed any more."""
        return not await self.waiting()

    async def waiting(self) -> str:
        """Returns what is to be answered or pushed, by its status and how many; empty if idle."""
        async with read_sessions(self.engine)() as session:
            turns = select(Message.status, func.count()).group_by(Message.status)
            pushes = select(OutboxRow.status, OutboxRow.detail, func.count()).group_by(
                OutboxRow.status, OutboxRow.detail
            )
            left = [
                *await session.execute(turns.where(Message.status.in_(UNANSWERED))),
                *await session.execute(pushes.where(OutboxRow.status.in_(("queued", "leased")))),
            ]
        return ", ".join(" ".join(map(str, row)) for row in left)

    async def end_leases(self) -> None:
        """Lets the leases of a dead process run out at once."""
        past = now() - timedelta(seconds=1)
        async with self.sessions.begin() as session:
            await session.execute(
                update(Conversation)
                .where(Conversation.turn_until.is_not(None))
                .values(turn_until=past)
            )
            await session.execute(
                update(OutboxRow)
                .where(OutboxRow.leased_until.is_not(None))
                .values(leased_until=past)
            )

    async def stop(self) -> None:
        """Kills what still runs."""
        for worker in self.workers:
            await worker.kill()
