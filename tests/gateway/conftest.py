"""A whole gateway on real sockets with a real SQLite file, and a fake Rasa next to it."""

import asyncio
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import structlog
from aiohttp import web
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from desk import Desk, NewCase, create_account
from desk.accounts import Lawyer
from desk.tables import Account
from gateway import app as wiring
from gateway.channels import Inbound, Outcome, Reply, Turn
from gateway.channels.wechat.settings import WechatSettings
from gateway.conversation import Conversations
from gateway.database import make_sessions
from gateway.settings import Settings
from gateway.tables import Conversation, Message, OutboxRow
from tests.fakes.rasa import FakeRasa
from tests.gateway.databases import database, migrate
from tests.ports import free_port

KEYS = {"internal_key": "internal", "rest_key": "rest", "session_key": "0" * 64}


@dataclass
class FakeSender:
    """A channel that can push; its outcomes are scripted, else everything is sent."""

    outcomes: list[Outcome] = field(default_factory=list)
    sent: list[tuple[str, Reply]] = field(default_factory=list)
    limits: list[tuple[int, int | None]] = field(default_factory=list)

    async def send(
        self, citizen: str, reply: Reply, start: int = 0, at_most: int | None = None
    ) -> Outcome:
        """Records the reply and returns the next outcome."""
        self.sent.append((citizen, reply))
        self.limits.append((start, at_most))
        return self.outcomes.pop(0) if self.outcomes else Outcome("sent")


@dataclass
class World:
    """A gateway, what is around it, and short ways to use it."""

    settings: Settings
    rasa: FakeRasa
    sender: FakeSender
    http: aiohttp.ClientSession
    app: web.Application = field(default_factory=web.Application)
    runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Starts the gateway on its files, as after a restart."""
        self.app = await wiring.create_app(
            self.settings, WechatSettings(), senders={"wechat": self.sender}
        )
        self.runner = web.AppRunner(self.app, access_log=None, shutdown_timeout=0.1)
        await self.runner.setup()
        await web.TCPSite(self.runner, "127.0.0.1", self.settings.port).start()

    async def stop(self) -> None:
        """Stops the gateway."""
        if self.runner:
            await self.runner.cleanup()
            self.runner = None

    @property
    def url(self) -> str:
        """The public address."""
        return f"http://127.0.0.1:{self.settings.port}"

    @property
    def internal(self) -> str:
        """The internal address."""
        return f"http://127.0.0.1:{self.settings.internal_port}"

    @property
    def conversations(self) -> Conversations:
        """The turn engine."""
        return self.app[wiring.CONVERSATIONS]

    @property
    def desk(self) -> Desk:
        """The desk."""
        return self.app[wiring.DESK]

    async def say(
        self, text: str, citizen: str = "lin", channel: str = "rest", key: str | None = None
    ) -> Turn:
        """Says one thing on a channel; each call is a new message unless it has a key."""
        key = key or uuid.uuid4().hex
        return await self.conversations.receive(Inbound(channel, citizen, text, key))

    async def post(self, body: Any, **headers: str) -> tuple[int, dict[str, Any]]:
        """Posts to the REST channel; returns the status and the JSON."""
        async with self.http.post(
            f"{self.url}/api/v1/messages", json=body, headers={"X-Api-Key": "rest", **headers}
        ) as response:
            return response.status, await response.json()

    async def fetch(self, citizen: str, after: int = 0) -> list[dict[str, Any]]:
        """Returns what the REST channel has for somebody."""
        async with self.http.get(
            f"{self.url}/api/v1/messages",
            params={"sender": citizen, "after": str(after)},
            headers={"X-Api-Key": "rest"},
        ) as response:
            messages: list[dict[str, Any]] = (await response.json())["messages"]
            return messages

    def session(self) -> AsyncSession:
        """Returns a session on the gateway's database."""
        return make_sessions(self.app[wiring.ENGINE])()

    async def conversation(self, citizen: str = "lin", channel: str = "rest") -> Conversation:
        """Returns somebody's conversation."""
        async with self.session() as session:
            found = await session.scalars(
                select(Conversation).where(
                    Conversation.channel == channel, Conversation.citizen == citizen
                )
            )
            return found.one()

    async def messages(self) -> list[Message]:
        """Returns all messages of everybody."""
        async with self.session() as session:
            return list(await session.scalars(select(Message).order_by(Message.id)))

    async def outbox(self) -> list[OutboxRow]:
        """Returns the whole outbox."""
        async with self.session() as session:
            return list(await session.scalars(select(OutboxRow).order_by(OutboxRow.id)))

    async def push(self) -> int:
        """Runs the outbox once."""
        return await self.app[wiring.OUTBOX].run_once()

    async def keep_promises(self) -> None:
        """Looks after promises once."""
        await self.app[wiring.PROMISES].keep()

    async def ask_for_lawyer(self, citizen: str = "lin", channel: str = "rest") -> str:
        """Opens a case for somebody; returns the conversation."""
        conversation = (await self.conversation(citizen, channel)).id
        async with self.session() as session, session.begin():
            await self.desk.open_case(
                session,
                NewCase(conversation=conversation, question="问题", reason="想找律师"),
            )
        return conversation

    async def lawyer_takes(self, conversation: str) -> tuple[int, Lawyer]:
        """Has a lawyer take the case of a conversation; returns the case and the lawyer."""
        async with self.session() as session, session.begin():
            if not await session.scalar(select(Account.id)):
                await create_account(session, "wang", "a long password", "王")
        async with self.session() as session:
            account = (await session.scalars(select(Account))).one()
            case = await self.desk.open_case_of(session, conversation)
        assert case
        lawyer = Lawyer(account.id, account.display_name, account.session_number)
        await self.desk.claim(case.id, lawyer)
        return case.id, lawyer


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Returns a database file made by the migrations, to be copied."""
    folder = tmp_path_factory.mktemp("database")
    migrate(VAR_DIR=str(folder))
    return folder / "mingbai.db"


@pytest.fixture
async def world(
    tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    """Yields a running gateway with an empty database; its outbox pushes when a test says so."""
    monkeypatch.setattr("gateway.outbox.POLL_S", 3600.0)
    monkeypatch.setattr("gateway.promises.POLL_S", 3600.0)
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    async with database(tmp_path, empty_database) as url:
        rasa = FakeRasa(KEYS["internal_key"], free_port())
        await rasa.start()
        settings = Settings(
            port=free_port(),
            internal_port=free_port(),
            rasa_url=rasa.url,
            actions_url=rasa.url,
            var_dir=tmp_path,
            database_url=url,
            bot_timeout=5.0,
            messages_per_minute=120,
            **KEYS,  # type: ignore[arg-type]
        )
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as http:
            running = World(settings, rasa, FakeSender(), http)
            await running.start()
            yield running
            for gate in rasa.gates.values():
                gate.set()
            await asyncio.gather(running.stop(), rasa.stop())
