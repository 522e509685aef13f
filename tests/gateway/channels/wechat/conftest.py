"""A gateway's callback and a fake Tencent, talking over real sockets."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from gateway.channels.wechat.callback import DEADLINE, routes
from gateway.channels.wechat.client import WechatClient, connect
from gateway.channels.wechat.sender import WechatSender
from gateway.channels.wechat.settings import WechatSettings
from tests.fakes.tencent import Account, FakeTencent, Mode
from tests.gateway.channels.wechat.engine import Engine


@dataclass
class World:
    """Both ends, and what lies between them."""

    account: Account
    tencent: FakeTencent
    engine: Engine
    client: WechatClient
    sender: WechatSender


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
    async with FakeTencent(account, patience=patience) as tencent:
        settings = settings_of(account, wechat_api_base=tencent.url, **more)
        async with connect(settings) as client:
            engine = Engine()
            engine.sender = sender = WechatSender(client)
            app = web.Application()
            app.add_routes(routes(settings, engine, client, deadline))
            async with TestServer(app) as server:
                tencent.callback = str(server.make_url("/wechat"))
                yield World(account, tencent, engine, client, sender)


WorldOpener = Callable[..., AbstractAsyncContextManager[World]]


@pytest.fixture
async def world() -> AsyncIterator[World]:
    """Both ends in safe mode."""
    async with open_world() as opened:
        yield opened
