"""The channel with the real turn engine, outbox, desk and database; only Rasa is a stand-in."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

import desk.tables
from desk import Desk, NewCase, create_account
from desk.accounts import lawyer_of
from gateway.app import capabilities
from gateway.attachments.keeper import Keeper
from gateway.bot import Bot
from gateway.channels.wechat.account import opened
from gateway.channels.wechat.answering import DEADLINE
from gateway.channels.wechat.sender import WechatSender
from gateway.citizens import GatewayCitizens
from gateway.conversation import Conversations
from gateway.database import make_engine, make_sessions
from gateway.outbox import Outbox
from gateway.settings import Settings
from gateway.spent import Spent
from gateway.tables import Base, Conversation
from tests.fakes.tencent import Account, Answer, FakeTencent
from tests.gateway.channels.wechat.conftest import PICTURE_KEY, never, settings_of
from tests.gateway.conftest import KEYS

ME = "citizen-1"
SUCCESS = Answer(200, "success")
PUSHED = frozenset({"wechat"})
LIMITS = {"wechat": capabilities("wechat", Settings(**KEYS))}  # type: ignore[arg-type]


class Rasa:
    """Answers each question with its own number, when it may."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.more = ""
        self.options: list[str] = []
        self.sender = ""
        self.erases: Callable[[], Awaitable[object]] | None = None
        self.is_asked = asyncio.Event()
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def on_turn(self, request: web.Request) -> web.Response:
        """Answers one turn."""
        said = await request.json()
        self.asked.append(said["text"])
        self.sender = said["sender"]
        self.is_asked.set()
        if self.erases:
            await self.erases()
        number = len(self.asked)
        await self.may_answer.wait()
        message = {"text": f"回答{number}{self.more}", "options": self.options}
        return web.json_response({"status": "ok", "messages": [message]})

    async def on_forget(self, _: web.Request) -> web.Response:
        """Forgets."""
        return web.json_response({"status": "ok"})


@dataclass
class Gateway:
    """The running parts that a test looks at."""

    tencent: FakeTencent
    rasa: Rasa
    desk: Desk
    outbox: Outbox
    sessions: async_sessionmaker[AsyncSession]
    keeper: Keeper
    conversations: Conversations
    sender: WechatSender
    url: str
    file: Path


@asynccontextmanager
async def open_gateway(
    folder: Path, deadline: float = DEADLINE, **settings: Any
) -> AsyncIterator[Gateway]:
    """Gives a gateway with an empty database; with `deadline=0` every turn is late."""
    file = folder / "test.db"
    engine = make_engine(f"sqlite+aiosqlite:///{file}")
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
        await connection.run_sync(desk.tables.metadata.create_all)
    sessions = make_sessions(engine)
    lawyers = Desk(sessions, GatewayCitizens(PUSHED), "session-key")
    rasa = Rasa()
    inside = web.Application()
    inside.router.add_post("/webhooks/internal/turn", rasa.on_turn)
    inside.router.add_post("/webhooks/internal/forget", rasa.on_forget)
    async with (
        TestServer(inside) as rasa_server,
        FakeTencent(Account(), patience=never) as tencent,
        aiohttp.ClientSession() as http,
        opened(
            settings_of(Account(), wechat_api_base=tencent.url, **settings),
            sessions,
            link_key="link-key",
            picture_key=PICTURE_KEY,
        ) as official,
    ):
        bot = Bot(http, str(rasa_server.make_url("")).rstrip("/"), "", "key", 20)
        conversations = Conversations(
            sessions, bot, lawyers, Spent("session-key"), push_channels=PUSHED, channels=LIMITS
        )
        outside = web.Application()
        outside.add_routes(official.routes(conversations, deadline))
        async with TestServer(outside) as server:
            tencent.callback = str(server.make_url("/wechat"))
            outbox = Outbox(sessions, {"wechat": official.sender}, LIMITS)
            assert official.keeper
            yield Gateway(
                tencent,
                rasa,
                lawyers,
                outbox,
                sessions,
                official.keeper,
                conversations,
                official.sender,
                str(server.make_url("")).rstrip("/"),
                file,
            )
    await engine.dispose()


def chat(gateway: Gateway) -> list[tuple[str, str]]:
    """Returns what the citizen sees: by which path, and the first line."""
    return [(line.via, line.text.split("\n")[0]) for line in gateway.tencent.seen[ME]]


async def push(gateway: Gateway, seen: int) -> None:
    """Runs the outbox until the citizen sees so many lines."""
    async with asyncio.timeout(30):
        while len(gateway.tencent.seen[ME]) < seen:
            await gateway.outbox.run_once()


async def claim_a_case(gateway: Gateway) -> None:
    """A lawyer takes over and says so."""
    async with gateway.sessions.begin() as session:
        conversation = await session.scalar(select(Conversation.id))
        assert conversation
        new = NewCase(
            conversation=conversation, question="问题", reason="想找律师", urgency="normal"
        )
        case = await gateway.desk.open_case(session, new)
        lawyer = lawyer_of(await create_account(session, "chen", "a long password", "陈"))
    await gateway.desk.claim(case.id, lawyer)
    await gateway.desk.reply(case.id, lawyer, "请带上合同来。")
