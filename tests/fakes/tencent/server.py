"""One account's Tencent: its API, its deliveries, and the chats of its citizens."""

from __future__ import annotations

import asyncio
import itertools
import json
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import asdict
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.fakes.tencent import wire
from tests.fakes.tencent.api import body_error, notice_error, shown
from tests.fakes.tencent.faults import Faults
from tests.fakes.tencent.grants import Grants
from tests.fakes.tencent.tokens import TokenDesk
from tests.fakes.tencent.wire import Account, Answer, Seen

FAULT = "该公众号提供的服务出现故障，请稍后再试"
SEND = "/cgi-bin/message/custom/send"
TYPING = "/cgi-bin/message/custom/typing"
TOKEN = "/cgi-bin/stable_token"
MEDIA = "/cgi-bin/media/get"
MENU_CREATE, MENU_GET, MENU_DELETE = (f"/cgi-bin/menu/{act}" for act in ("create", "get", "delete"))
QR = "/cgi-bin/qrcode/create"
BIZSEND = "/cgi-bin/message/subscribe/bizsend"
TEMPLATE = "/cgi-bin/message/template/send"
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
        self._news = asyncio.Condition()
        self._ids = itertools.count(24_000_000_000_000_001)
        self._client_ids: set[str] = set()
        self.tokens = TokenDesk(self._clock)
        self.grants = Grants(self._clock)

    def _clock(self) -> float:
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
        posts = {
            TOKEN: self._on_token,
            SEND: self._on_send,
            TYPING: self._on_typing,
            MENU_CREATE: self._on_menu_create,
            QR: self._on_qr,
            BIZSEND: self._on_notice,
            TEMPLATE: self._on_notice,
            "/say": self._on_say,
            "/faults": self._on_faults,
            "/clock": self._on_clock,
        }
        gets = {
            MEDIA: self._on_media,
            MENU_GET: self._on_menu_get,
            MENU_DELETE: self._on_menu_delete,
            "/seen": self._on_seen,
            "/calls": self._on_calls,
        }
        app = web.Application()
        app.add_routes([web.post(path, handler) for path, handler in posts.items()])
        app.add_routes([web.get(path, handler) for path, handler in gets.items()])
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
            "CreateTime": str(int(self._clock())),
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
        return wire.sign_xml(self.account, self._clock(), plain, openid)

    def sign_query(self) -> dict[str, str]:
        """Returns a signed query without anything about a body."""
        return wire.sign_query(self.account, self._clock())

    def sign_encrypted(self, query: dict[str, str], encrypted: str) -> dict[str, str]:
        """Returns what a query carries besides when the body is encrypted."""
        return wire.sign_encrypted(self.account, query, encrypted)

    def open(self, body: str) -> dict[str, str]:
        """Returns the fields of a passive reply; raises when the account's mode forbids it."""
        return wire.open_reply(self.account, body)

    # What citizens see

    async def wait_seen(self, openid: str, count: int) -> list[Seen]:
        """Returns what a citizen sees as soon as it is at least `count` lines."""
        async with self._news:
            await self._news.wait_for(lambda: len(self.seen[openid]) >= count)
        return self.seen[openid]

    async def wait_typed(self, count: int) -> list[str]:
        """Returns who was shown the typing state as soon as there are `count`."""
        async with self._news:
            await self._news.wait_for(lambda: len(self.typed) >= count)
        return self.typed

    async def wait_calls(self, path: str, count: int) -> None:
        """Returns as soon as an API address has been called so often."""
        async with self._news:
            await self._news.wait_for(lambda: self.calls[path] >= count)

    async def _show_passive(self, openid: str, answer: Answer) -> None:
        if answer.status == 200 and answer.body in ("", "success"):
            return
        try:
            await self._show(openid, Seen("passive", self._passive_text(openid, answer)))
        except Exception as error:
            self.faults.append(f"{type(error).__name__}: {error}")
            await self._show(openid, Seen("platform", FAULT))

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

    async def _show(self, openid: str, line: Seen) -> None:
        async with self._news:
            self.seen[openid].append(line)
            self._news.notify_all()

    def expire_token(self) -> None:
        """The current access token ends now: calls with it get 42001."""
        self.tokens.expire()

    def spoil_token(self) -> None:
        """Calls with the current token get 40001, although only a forced refresh replaces it."""
        self.tokens.spoil()

    # The API

    async def _on_token(self, request: web.Request) -> web.Response:
        body = await self._body(request)
        credentials = (body.get("appid"), body.get("secret"), body.get("grant_type"))
        if credentials[0] != self.account.appid:
            return await self._answer(request, 40013)
        if credentials[1:] != (self.account.secret, "client_credential"):
            return await self._answer(request, 40125)
        token, seconds = self.tokens.give(bool(body.get("force_refresh")))
        return await self._answer(request, 0, access_token=token, expires_in=int(seconds))

    async def _on_send(self, request: web.Request) -> web.Response:
        raw = await request.read()
        errcode = self._token_error(request) or body_error(raw)
        if errcode or not self.has_effect(SEND):
            return await self._answer(request, errcode)
        body = await self._body(request)
        if errcode := self.grants.spend(body["touser"]):
            return await self._answer(request, errcode)
        await self._show(body["touser"], shown(body))
        return await self._answer(request, 0)

    async def _on_typing(self, request: web.Request) -> web.Response:
        body = await self._body(request)
        errcode = self._token_error(request) or (0 if body["command"] == "Typing" else 45072)
        errcode = errcode or self.grants.may_type(body["touser"])
        if not errcode:
            async with self._news:
                self.typed.append(body["touser"])
                self._news.notify_all()
        return await self._answer(request, errcode)

    async def _on_notice(self, request: web.Request) -> web.Response:
        body = await self._body(request)
        errcode = self._token_error(request) or notice_error(body, self.templates)
        errcode = errcode or self.grants.known(body["touser"])
        if request.path == BIZSEND and body["touser"] in self.refusing:
            errcode = errcode or 43101
        again = body.get("client_msg_id")
        if not errcode and self.has_effect(request.path) and again not in self._client_ids:
            self._client_ids |= {again} if again else set()
            values = (value["value"] for value in body["data"].values())
            await self._show(body["touser"], Seen("notice", "\n".join(values)))
        return await self._answer(request, errcode)

    async def _on_media(self, request: web.Request) -> web.Response:
        errcode = self._token_error(request)
        content = self.media.get(request.query.get("media_id", ""))
        if errcode or content is None or not self.has_effect(MEDIA):
            return await self._answer(request, errcode or 40007)
        await self._answer(request, 0)
        return web.Response(body=content, content_type="image/jpeg")

    async def _on_menu_create(self, request: web.Request) -> web.Response:
        body = await self._body(request)
        errcode = self._token_error(request)
        if not errcode and self.has_effect(MENU_CREATE):
            if not 1 <= len(body["button"]) <= 3:
                errcode = 40016
            else:
                self.menu = body["button"]
        return await self._answer(request, errcode)

    async def _on_menu_get(self, request: web.Request) -> web.Response:
        errcode = self._token_error(request) or (0 if self.menu else 46003)
        return await self._answer(request, errcode, menu={"button": self.menu})

    async def _on_menu_delete(self, request: web.Request) -> web.Response:
        errcode = self._token_error(request)
        if not errcode and self.has_effect(MENU_DELETE):
            self.menu = []
        return await self._answer(request, errcode)

    async def _on_qr(self, request: web.Request) -> web.Response:
        body = await self._body(request)
        scene = body["action_info"]["scene"]["scene_str"]
        errcode = self._token_error(request) or (0 if 1 <= len(scene) <= 64 else 40097)
        ticket = f"ticket-{len(self.scenes) + 1}"
        if not errcode and self.has_effect(QR):
            self.scenes[ticket] = body
        url = f"http://weixin.qq.com/q/{ticket}"
        return await self._answer(request, errcode, ticket=ticket, url=url)

    async def _body(self, request: web.Request) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(await request.read())
        self.requests[request.path].append(body)
        return body

    def _token_error(self, request: web.Request) -> int:
        return self.tokens.error(request.query.get("access_token"))

    async def _answer(self, request: web.Request, errcode: int, **fields: object) -> web.Response:
        path = request.path
        async with self._news:
            self.calls[path] += 1
            self._news.notify_all()
        if path in self.held:
            await self.held[path].wait()
        if self.delays[path]:
            await asyncio.sleep(self.delays[path].pop(0))
        if self.losing[path]:
            self.losing[path] -= 1
            if request.transport:
                request.transport.close()
        if self.statuses[path] and (status := self.statuses[path].pop(0)) != 200:
            return web.Response(status=status)
        if self.garbled[path]:
            return web.Response(text=self.garbled[path].pop(0))
        if self.refusals[path]:
            errcode = self.refusals[path].pop(0)
        answer = {"errcode": errcode, "errmsg": "ok" if not errcode else "refused"}
        # As the real one: no errcode beside a token, and JSON that is called text.
        return web.Response(text=json.dumps(fields if fields and not errcode else answer))

    # The control addresses, for people and for tests in another process

    async def _on_say(self, request: web.Request) -> web.Response:
        body = json.loads(await request.read())
        openid, before = body["openid"], len(self.seen[body["openid"]])
        if "event" in body:
            answers = await self.event(openid, body["event"], body.get("key", ""))
        elif "kind" in body:
            answers = await self.deliver(self.message(openid, body["kind"], **body["fields"]))
        else:
            answers = await self.say(openid, body["text"])
        lines = [asdict(line) for line in self.seen[openid][before:]]
        return _readable({"attempts": [answer.status for answer in answers], "seen": lines})

    async def _on_seen(self, request: web.Request) -> web.Response:
        lines = [asdict(line) for line in self.seen[request.query["openid"]]]
        return _readable({"seen": lines, "faults": self.faults})

    async def _on_calls(self, _: web.Request) -> web.Response:
        return _readable(dict(self.calls))

    async def _on_faults(self, request: web.Request) -> web.Response:
        wanted = json.loads(await request.read())
        match wanted.get("token"):
            case "expire":
                self.tokens.expire()
            case "spoil":
                self.tokens.spoil()
            case _:
                self.order(wanted)
        return _readable({"ordered": True})

    async def _on_clock(self, request: web.Request) -> web.Response:
        self.advance(float(json.loads(await request.read())["advance"]))
        return _readable({"now": self._clock()})


def _readable(value: object) -> web.Response:
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    return web.Response(text=text, content_type="application/json")
