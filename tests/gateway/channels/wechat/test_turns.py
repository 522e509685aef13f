"""The channel with the real turn engine, outbox, desk and database; only Rasa is a stand-in."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

import desk.tables
from desk import Desk, NewCase, create_account
from desk.sign_in import SignIns
from gateway.bot import Bot
from gateway.channels.wechat.callback import DEADLINE, routes
from gateway.channels.wechat.client import connect
from gateway.channels.wechat.sender import WechatSender
from gateway.citizens import GatewayCitizens
from gateway.conversation import Conversations
from gateway.database import make_engine, make_sessions
from gateway.outbox import Outbox
from gateway.tables import Base, Conversation, Message
from tests.fakes.tencent import Account, Answer, FakeTencent
from tests.gateway.channels.wechat.conftest import never, settings_of

ME = "citizen-1"
SUCCESS = Answer(200, "success")
PUSHED = frozenset({"wechat"})


class Rasa:
    """Answers each question with its own number, when it may."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.may_answer = asyncio.Event()
        self.may_answer.set()

    async def on_turn(self, request: web.Request) -> web.Response:
        """Answers one turn."""
        self.asked.append((await request.json())["text"])
        number = len(self.asked)
        await self.may_answer.wait()
        return web.json_response({"status": "ok", "messages": [{"text": f"回答{number}"}]})

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


@asynccontextmanager
async def open_gateway(folder: Path, deadline: float = DEADLINE) -> AsyncIterator[Gateway]:
    """Gives a gateway with an empty database; with `deadline=0` every turn is late."""
    engine = make_engine(f"sqlite+aiosqlite:///{folder / 'test.db'}")
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
        connect(settings_of(Account(), wechat_api_base=tencent.url)) as client,
    ):
        bot = Bot(http, str(rasa_server.make_url("")).rstrip("/"), "", "key", 20)
        conversations = Conversations(sessions, bot, lawyers, push_channels=PUSHED)
        outside = web.Application()
        settings = settings_of(Account(), wechat_api_base=tencent.url)
        outside.add_routes(routes(settings, conversations, client, deadline))
        async with TestServer(outside) as server:
            tencent.callback = str(server.make_url("/wechat"))
            outbox = Outbox(sessions, {"wechat": WechatSender(client)})
            yield Gateway(tencent, rasa, lawyers, outbox, sessions)
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
        await create_account(session, "chen", "a long password", "陈")
    lawyer = await SignIns(gateway.sessions, "key").password("chen", "a long password")
    assert lawyer
    await gateway.desk.claim(case.id, lawyer)
    await gateway.desk.reply(case.id, lawyer, "请带上合同来。")


async def test_four_deliveries_of_a_message_are_one_turn(tmp_path: Path) -> None:
    async with open_gateway(tmp_path) as gateway:
        fields = gateway.tencent.message(ME, "text", Content="老板不发工资")
        answers = await asyncio.gather(*(gateway.tencent.attempt(fields) for _ in range(4)))
        texts = {gateway.tencent.open(answer.body)["Content"].split("\n")[0] for answer in answers}
        assert texts == {"回答1"}
        assert gateway.rasa.asked == ["老板不发工资"]
        assert await gateway.outbox.run_once() == 0


async def test_a_late_reply_is_pushed_once(tmp_path: Path) -> None:
    async with open_gateway(tmp_path, deadline=1) as gateway:
        gateway.rasa.may_answer.clear()
        fields = gateway.tencent.message(ME, "text", Content="老板不发工资")
        assert await gateway.tencent.deliver(fields) == [SUCCESS]
        assert await gateway.outbox.run_once() == 0
        gateway.rasa.may_answer.set()
        await push(gateway, seen=1)
        assert await gateway.tencent.attempt(fields) == SUCCESS
        assert await gateway.outbox.run_once() == 0
        assert chat(gateway) == [("push", "回答1")]


async def test_a_lawyer_s_reply_is_pushed_and_the_bot_is_silent(tmp_path: Path) -> None:
    async with open_gateway(tmp_path) as gateway:
        await gateway.tencent.say(ME, "老板不发工资")
        await claim_a_case(gateway)
        await push(gateway, seen=3)
        assert chat(gateway)[0] == ("passive", "回答1")
        assert chat(gateway)[2] == ("push", "【值班律师 陈】")
        assert await gateway.tencent.say(ME, "好的") == [SUCCESS]
        assert gateway.rasa.asked == ["老板不发工资"]
        assert len(chat(gateway)) == 3


async def test_whoever_leaves_leaves_nothing_behind(tmp_path: Path) -> None:
    async with open_gateway(tmp_path) as gateway:
        await gateway.tencent.say(ME, "老板不发工资")
        assert await gateway.tencent.event(ME, "unsubscribe") == [SUCCESS]
        async with gateway.sessions() as session:
            for table in (Conversation, Message):
                assert await session.scalar(select(func.count()).select_from(table)) == 0


@pytest.mark.parametrize("text", ["", "   "])
async def test_an_empty_text_is_answered(tmp_path: Path, text: str) -> None:
    async with open_gateway(tmp_path) as gateway:
        await gateway.tencent.say(ME, text)
        assert [via for via, _ in chat(gateway)] == ["passive"]
        assert gateway.rasa.asked == []
