"""One account's Tencent: its API, its deliveries, and the chats of its citizens."""

from __future__ import annotations

import asyncio
import itertools
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.fakes.tencent import wire
from tests.fakes.tencent.control import Control
from tests.fakes.tencent.endpoints import Endpoints
from tests.fakes.tencent.faults import Faults
from tests.fakes.tencent.grants import Grants
from tests.fakes.tencent.tokens import TokenDesk
from tests.fakes.tencent.wire import Account, Answer, Seen

FAULT = "该公众号提供的服务出现故障，请稍后再试"
PATIENCE = 5.0
ATTEMPTS = 3
PASSIVE_LIMIT = 2047


async def five_seconds() -> None:
    """The platform's patience with one attempt."""
    await asyncio.sleep(PATIENCE)


class FakeTencent(Faults):
    """One account's Tencent.

    Attributes:
        url: where its API listens, once started.
        seen: what each citizen sees in the chat, in order.
        typed: who was shown the typing state.
        calls: how often each API address was called.
        faults: why a reply could not be shown.
        media: the files that can be fetched, by MediaId.
        menu: the buttons of the account's menu.
        scenes: the QR codes that were made, by their ticket.
        templates: the fields of each template and subscription notice, by its id.
        refusing: whoever has not agreed to subscription notices.
        requests: what each API address was given, newest last.
    """

    def __init__(
        self,
        account: Account,
        callback: str = "",
        patience: Callable[[], Awaitable[None]] = five_seconds,
        clock: Callable[[], float] = time.time,
        spaced: bool = False,
    ) -> None:
        """`patience` ends when the platform gives up on an attempt; spaced retries wait for it."""
        super().__init__()
        self.account = account
        self.callback = callback
        self.url = ""
        self.seen: defaultdict[str, list[Seen]] = defaultdict(list)
        self.typed: list[str] = []
        self.calls: Counter[str] = Counter()
        self.faults: list[str] = []
        self.media: dict[str, bytes] = {}
        self.menu: list[dict[str, Any]] = []
        self.scenes: dict[str, dict[str, Any]] = {}
        self.templates: dict[str, tuple[str, ...]] = {}
        self.refusing: set[str] = set()
        self.requests: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
        self._patience = patience
        self._spaced = spaced
        self._outer_clock = clock
        self._advanced = 0.0
        self.news = asyncio.Condition()
        self._ids = itertools.count(24_000_000_000_000_001)
        self.tokens = TokenDesk(self.now)
        self.grants = Grants(self.now)

    def now(self) -> float:
        """Returns the platform's time in Unix seconds."""
        return self._outer_clock() + self._advanced

    def advance(self, seconds: float) -> None:
        """Moves the platform's time on."""
        self._advanced += seconds

    # Running

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> None:
        """Listens on 127.0.0.1; port 0 picks a free one."""
        app = web.Application()
        app.add_routes(Endpoints(self).routes() + Control(self).routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Closes every connection."""
        for held in self.held.values():
            held.set()
        await self._runner.cleanup()

    # What citizens do

    async def say(self, openid: str, text: str) -> list[Answer]:
        """A citizen sends a text."""
        return await self.deliver(self.message(openid, "text", Content=text))

    async def tap(self, openid: str, line: Seen, number: int) -> list[Answer]:
        """A citizen taps an item of a msgmenu."""
        item = line.items[number - 1]
        fields = self.message(openid, "text", Content=item, bizmsgmenuid=str(number))
        return await self.deliver(fields)

    async def event(self, openid: str, event: str, key: str = "") -> list[Answer]:
        """A citizen subscribes, leaves, scans a code or taps a menu button."""
        return await self.deliver(self.message(openid, "event", Event=event, EventKey=key))

    def message(self, openid: str, kind: str, **fields: str) -> dict[str, str]:
        """Returns the fields of a new message or, for the kind `event`, of an event."""
        common = {
            "ToUserName": self.account.original_id,
            "FromUserName": openid,
            "CreateTime": str(int(self.now())),
            "MsgType": kind,
        }
        number = {} if kind == "event" else {"MsgId": str(next(self._ids))}
        return common | fields | number

    async def deliver(self, fields: dict[str, str]) -> list[Answer]:
        """Delivers until it is answered, three times at most; shows the citizen the outcome."""
        self.note(fields)
        answers: list[Answer] = []
        while len(answers) < ATTEMPTS and not (answers and answers[-1].status == 200):
            answers.append(await self.attempt(fields))
        await self._show_passive(fields["FromUserName"], answers[-1])
        return answers

    async def attempt(self, fields: dict[str, str]) -> Answer:
        """Delivers once and shows nobody anything."""
        query, body = self.sign(fields)
        post = asyncio.ensure_future(self.post(query, body))
        patience = asyncio.ensure_future(self._patience())
        await asyncio.wait({post, patience}, return_when=asyncio.FIRST_COMPLETED)
        if post.done():
            if self._spaced and post.result().status != 200:
                await patience
            patience.cancel()
            return post.result()
        post.cancel()
        return Answer(0, "")

    async def post(self, query: dict[str, str], body: bytes) -> Answer:
        """Posts to the callback as it is."""
        try:
            async with (
                aiohttp.ClientSession() as http,
                http.post(
                    self.callback, params=query, data=body, headers={"Content-Type": "text/xml"}
                ) as response,
            ):
                return Answer(response.status, await response.text())
        except aiohttp.ClientError:
            return Answer(0, "")

    def note(self, fields: dict[str, str]) -> None:
        """Keeps who follows and what a citizen's act grants; `deliver` does it first."""
        self.grants.note(fields)

    def sign(self, fields: dict[str, str]) -> tuple[dict[str, str], bytes]:
        """Returns the query and body of a delivery in the account's mode."""
        return self.sign_xml(wire.to_xml(fields), fields["FromUserName"])

    def sign_xml(self, plain: str, openid: str) -> tuple[dict[str, str], bytes]:
        """Returns the query and body that deliver any plain XML."""
        return wire.sign_xml(self.account, self.now(), plain, openid)

    def sign_query(self) -> dict[str, str]:
        """Returns a signed query without anything about a body."""
        return wire.sign_query(self.account, self.now())

    def sign_encrypted(self, query: dict[str, str], encrypted: str) -> dict[str, str]:
        """Returns what a query carries besides when the body is encrypted."""
        return wire.sign_encrypted(self.account, query, encrypted)

    def open(self, body: str) -> dict[str, str]:
        """Returns the fields of a passive reply; raises when the account's mode forbids it."""
        return wire.open_reply(self.account, body)

    # What citizens see

    async def wait_seen(self, openid: str, count: int) -> list[Seen]:
        """Returns what a citizen sees as soon as it is at least `count` lines."""
        async with self.news:
            await self.news.wait_for(lambda: len(self.seen[openid]) >= count)
        return self.seen[openid]

    async def wait_typed(self, count: int) -> list[str]:
        """Returns who was shown the typing state as soon as there are `count`."""
        async with self.news:
            await self.news.wait_for(lambda: len(self.typed) >= count)
        return self.typed

    async def wait_calls(self, path: str, count: int) -> None:
        """Returns as soon as an API address has been called so often."""
        async with self.news:
            await self.news.wait_for(lambda: self.calls[path] >= count)

    async def _show_passive(self, openid: str, answer: Answer) -> None:
        if answer.status == 200 and answer.body in ("", "success"):
            return
        try:
            await self.show(openid, Seen("passive", self._passive_text(openid, answer)))
        except Exception as error:
            self.faults.append(f"{type(error).__name__}: {error}")
            await self.show(openid, Seen("platform", FAULT))

    def _passive_text(self, openid: str, answer: Answer) -> str:
        if answer.status != 200:
            raise ValueError(f"HTTP {answer.status}")
        fields = self.open(answer.body)
        text = fields["Content"]
        if (fields["ToUserName"], fields["MsgType"]) != (openid, "text"):
            raise ValueError("not a text to this citizen")
        if fields["FromUserName"] != self.account.original_id:
            raise ValueError("not from this account")
        if not text or len(text.encode()) > PASSIVE_LIMIT:
            raise ValueError(f"{len((text or '').encode())} bytes")
        return text

    async def show(self, openid: str, line: Seen) -> None:
        """Puts a line into a citizen's chat."""
        async with self.news:
            self.seen[openid].append(line)
            self.news.notify_all()

    def expire_token(self) -> None:
        """The current access token ends now: calls with it get 42001."""
        self.tokens.expire()

    def spoil_token(self) -> None:
        """Calls with the current token get 40001, although only a forced refresh replaces it."""
        self.tokens.spoil()
