"""A gateway's callback and a fake Tencent, talking over real sockets."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

import gateway.annexes  # noqa: F401 (declares its tables)
from gateway.channels.wechat.account import opened
from gateway.channels.wechat.answering import DEADLINE
from gateway.channels.wechat.client import WechatClient, connect
from gateway.channels.wechat.sender import WechatSender
from gateway.channels.wechat.settings import WechatSettings
from gateway.database import make_engine, make_sessions
from gateway.tables import Base
from tests.fakes.tencent import Account, Answer, FakeTencent, Mode
from tests.gateway.channels.wechat.clock import Clock
from tests.gateway.channels.wechat.engine import Engine

ME = "citizen-1"
LABEL = "（自动回复，仅供参考，不是律师意见）"
SUCCESS = [Answer(200, "success")]
PICTURE_KEY = "ab" * 32


@dataclass
class World:
    """Both ends, and what lies between them."""

    account: Account
    tencent: FakeTencent
    engine: Engine
    client: WechatClient
    sender: WechatSender
    sessions: async_sessionmaker[AsyncSession]


def settings_of(account: Account, **more: Any) -> WechatSettings:
    """Returns the gateway's settings for an account; names are those of the settings."""
    values: dict[str, Any] = {
        "wechat_token": account.token,
        "wechat_appid": account.appid,
        "wechat_secret": account.secret,
        "wechat_encoding_aes_key": None if account.mode == "plain" else account.aes_key,
        **more,
    }
    return WechatSettings(**values)


async def never() -> None:
    """A platform whose patience does not end."""
    await asyncio.Event().wait()


@asynccontextmanager
async def open_world(
    mode: Mode = "safe", deadline: float = DEADLINE, patience: Any = never, **more: Any
) -> AsyncIterator[World]:
    """Gives both ends; with `deadline=0` every turn is late."""
    account = replace(Account(), mode=mode)
    async with FakeTencent(account, patience=patience) as tencent, database() as sessions:
        settings = settings_of(account, wechat_api_base=tencent.url, **more)
        parts = opened(settings, sessions, link_key="link-key", picture_key=PICTURE_KEY)
        async with parts as official:
            engine = Engine()
            engine.sender = official.sender
            app = web.Application()
            app.add_routes(official.routes(engine, deadline))
            async with TestServer(app) as server:
                tencent.callback = str(server.make_url("/wechat"))
                yield World(account, tencent, engine, official.client, official.sender, sessions)


@asynccontextmanager
async def database() -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    """Gives an empty database in a file of its own."""
    with TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite+aiosqlite:///{folder}/test.db")
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.create_all)
        yield make_sessions(engine)
        await engine.dispose()


WorldOpener = Callable[..., AbstractAsyncContextManager[World]]


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """Both ends in safe mode."""
    async with open_world() as opened:
        yield opened


@pytest.fixture
async def sessions() -> AsyncIterator[async_sessionmaker[AsyncSession]]:
    """An empty database."""
    async with database() as opened_database:
        yield opened_database


# Pushing


@pytest.fixture
def clock() -> Clock:
    """The time, for both ends."""
    return Clock()


@pytest.fixture
async def tencent(clock: Clock) -> AsyncIterator[FakeTencent]:
    """A Tencent to whom one citizen has just written."""
    async with FakeTencent(Account(), clock=clock) as fake:
        fake.note(fake.message(ME, "text", Content="x"))
        yield fake


@pytest.fixture
async def client(
    tencent: FakeTencent, sessions: async_sessionmaker[AsyncSession]
) -> AsyncIterator[WechatClient]:
    """A client of that Tencent."""
    async with connect(settings_of(Account(), wechat_api_base=tencent.url), sessions) as opened:
        yield opened


@pytest.fixture
def sender(client: WechatClient, clock: Clock) -> WechatSender:
    """A sender to that Tencent, without templates and pages."""
    return WechatSender(client, clock=clock)
