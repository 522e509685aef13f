"""A stand-in for Rasa's internal channel and its action server, on a real socket."""

import asyncio
import hashlib
import hmac
import json
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

Answer = Callable[[str, str], Awaitable[dict[str, Any]]]


def says(text: str, *options: str) -> dict[str, Any]:
    """Returns a turn with one message."""
    return {"status": "ok", "messages": [{"text": text, "options": list(options)}]}


SILENT: dict[str, Any] = {"status": "silent", "messages": []}


class FakeRasa:
    """Answers turns from a script and remembers what it was asked.

    Attributes:
        heard: every (sender, text), in order.
        bodies: all that was sent with each.
        refuses_to_forget: every wish to forget fails while it is set.
        forgotten: every sender whose tracker was erased.
        script: what to answer to a text; other texts are repeated, or left to the lawyer who is
            waited for.
        answer: replaces the script when set.
        gates: a text waits for its event before it is answered.
        most_at_once: the largest number of turns of one sender that overlapped.
    """

    def __init__(self, key: str, port: int) -> None:
        self.key, self.port = key, port
        self.heard: list[tuple[str, str]] = []
        self.bodies: list[dict[str, Any]] = []
        self.forgotten: list[str] = []
        self.refuses_to_forget = False
        self.script: dict[str, dict[str, Any]] = {}
        self.answer: Answer | None = None
        self.gates: dict[str, asyncio.Event] = {}
        self.arrived: dict[str, asyncio.Event] = defaultdict(asyncio.Event)
        self.most_at_once = 0
        self._running: dict[str, int] = defaultdict(int)
        self._runner: web.AppRunner | None = None

    @property
    def url(self) -> str:
        """The base address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def texts(self) -> list[str]:
        """What it was asked, in order."""
        return [text for _, text in self.heard]

    async def start(self) -> None:
        """Starts listening."""
        app = web.Application()
        app.add_routes(
            [
                web.post("/webhooks/internal/turn", self._turn),
                web.post("/webhooks/internal/forget", self._forget),
                web.get("/webhooks/internal/health", self._health),
                web.get("/health", self._health),
            ]
        )
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True).start()

    async def stop(self) -> None:
        """Stops listening: connections are refused from now on."""
        if self._runner:
            await self._runner.cleanup()
            self._runner = None

    async def _turn(self, request: web.Request) -> web.Response:
        body = await self._signed(request)
        sender, text = body["sender"], body["text"]
        self.heard.append((sender, text))
        self.bodies.append(body)
        self.arrived[text].set()
        self._running[sender] += 1
        self.most_at_once = max(self.most_at_once, self._running[sender])
        try:
            if text in self.gates:
                await self.gates[text].wait()
            if self.answer:
                return web.json_response(await self.answer(sender, text))
            unscripted = (
                SILENT if body.get("waiting") or body.get("held") else says(f"您说的是：{text}")
            )
            return web.json_response(self.script.get(text, unscripted))
        finally:
            self._running[sender] -= 1

    async def _forget(self, request: web.Request) -> web.Response:
        if self.refuses_to_forget:
            raise web.HTTPServiceUnavailable
        self.forgotten.append((await self._signed(request))["sender"])
        return web.json_response({"status": "ok"})

    async def _health(self, _request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def _signed(self, request: web.Request) -> dict[str, Any]:
        raw = await request.read()
        signed = request.headers["X-Mingbai-Timestamp"].encode() + b"." + raw
        expected = hmac.new(self.key.encode(), signed, hashlib.sha256).hexdigest()
        if request.headers["X-Mingbai-Signature"] != expected:
            raise web.HTTPForbidden(text='{"status":"error"}')
        body: dict[str, Any] = json.loads(raw)
        return body
