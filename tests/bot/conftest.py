"""A real Rasa agent behind the channel, with a small bot and an action server made for the test."""

from __future__ import annotations

import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import pytest_asyncio
from aiohttp import web
from rasa.core.agent import Agent
from rasa.core.channels.channel import register
from rasa.core.lock_store import InMemoryLockStore
from rasa.model_training import train
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic

from bot.channels.internal import InternalInput
from bot.trackers import Trackers

KEY = "test-internal-key"
SMALL_BOT = Path(__file__).parent / "small_bot"
SENDER = "0" * 32


@pytest.fixture(scope="session")
def model(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The trained model of a bot with five keywords."""
    folder = tmp_path_factory.mktemp("model")
    result = train(
        str(SMALL_BOT / "domain.yml"),
        str(SMALL_BOT / "config.yml"),
        [str(SMALL_BOT / "data.yml")],
        output=str(folder),
    )
    assert result.model
    return str(result.model)


class ActionServer:
    """Runs `action_remote`; `answer` is (status, JSON), `asked` what it was last sent."""

    def __init__(self) -> None:
        """Start with an action that says something."""
        self.asked: dict[str, Any] = {}
        self.says("动作说的话")

    def says(self, text: str, *options: str) -> None:
        """Make the action say something."""
        buttons = [{"title": option, "payload": option} for option in options]
        responses = [{"text": text, "buttons": buttons}]
        self.answer: tuple[int, dict[str, Any]] = (200, {"events": [], "responses": responses})

    def fails(self) -> None:
        """Make the action raise."""
        self.answer = (500, {"error": "boom"})

    def pauses(self) -> None:
        """Make the action pause the conversation without a word."""
        self.answer = (200, {"events": [{"event": "pause"}], "responses": []})

    def is_silent(self) -> None:
        """Make the action do nothing at all."""
        self.answer = (200, {"events": [], "responses": []})

    async def run(self, request: web.Request) -> web.Response:
        """Answer a call of Rasa's."""
        self.asked = await request.json()
        status, body = self.answer
        return web.json_response(body, status=status)


class Channel:
    """The channel's addresses, called over HTTP as the gateway calls them."""

    def __init__(self, url: str, http: aiohttp.ClientSession, store: Trackers) -> None:
        """Take the address of the server and the store behind it."""
        self.url, self.http, self.store = url, http, store

    async def turn(self, text: str, sender: str = SENDER) -> dict[str, Any]:
        """Send one signed turn; return the JSON of the reply."""
        status, body = await self.post("turn", {"sender": sender, "text": text})
        assert status == 200
        reply: dict[str, Any] = body
        return reply

    async def post(
        self, path: str, content: Any, headers: dict[str, str] | None = None
    ) -> tuple[int, Any]:
        """Send a body, rightly signed unless headers are given; return status and JSON."""
        body = json.dumps(content).encode()
        async with self.http.post(
            f"{self.url}/webhooks/internal/{path}", data=body, headers=headers or signed(body)
        ) as response:
            return response.status, await response.json()


def signed(body: bytes, key: str = KEY, at: int | None = None) -> dict[str, str]:
    """Return the two headers that sign a body."""
    timestamp = str(int(time.time()) if at is None else at)
    digest = hmac.new(key.encode(), timestamp.encode() + b"." + body, hashlib.sha256).hexdigest()
    return {"X-Mingbai-Timestamp": timestamp, "X-Mingbai-Signature": digest}


@pytest_asyncio.fixture(loop_scope="session")
async def actions() -> AsyncIterator[tuple[ActionServer, str]]:
    """An action server on a free port."""
    server = ActionServer()
    app = web.Application()
    app.router.add_post("/webhook", server.run)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield server, f"http://127.0.0.1:{runner.addresses[0][1]}/webhook"
    await runner.cleanup()


@pytest.fixture
def action(actions: tuple[ActionServer, str]) -> ActionServer:
    """What the action server does."""
    return actions[0]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def server() -> AsyncIterator[Sanic]:
    """The channel served by Sanic on a free port; Sanic can start once in a process."""
    app = Sanic("internal_channel", configure_logging=False)
    register([InternalInput(KEY)], app, route="/webhooks/")
    running = await app.create_server("127.0.0.1", 0, return_asyncio_server=True)
    await running.startup()
    app.ctx.port = running.server.sockets[0].getsockname()[1]
    yield app
    running.close()
    await running.wait_closed()


@pytest_asyncio.fixture(loop_scope="session")
async def channel(
    server: Sanic, model: str, actions: tuple[ActionServer, str], tmp_path: Path
) -> AsyncIterator[Channel]:
    """The channel with a fresh agent and SQLite behind it."""
    store = Trackers(db=str(tmp_path / "tracker.db"))
    server.ctx.agent = Agent.load(
        model,
        tracker_store=store,
        lock_store=InMemoryLockStore(),
        action_endpoint=EndpointConfig(actions[1]),
    )
    async with aiohttp.ClientSession() as http:
        yield Channel(f"http://127.0.0.1:{server.ctx.port}", http, store)
