"""A stand-in for Tencent's servers: it delivers what citizens do and shows them what comes back.

It is strict where the real one is: a reply in plain text to a safe-mode account, one over 2,047
bytes, or no reply in time three times shows the citizen the platform's own fault sentence. Its
cryptography is wechatpy's, so that ours is checked against another implementation.

    python -m tests.fakes.tencent --port 9000 --callback http://127.0.0.1:8080/wechat \
        --token T --appid A --secret S --aes-key K

The gateway then needs WECHAT_API_BASE=http://127.0.0.1:9000. To talk to it as a citizen:

    curl 127.0.0.1:9000/say -d '{"openid": "citizen-1", "text": "..."}'
    curl '127.0.0.1:9000/seen?openid=citizen-1'
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import itertools
import json
import re
import secrets
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal, Self
from xml.sax.saxutils import escape

import aiohttp
import xmltodict  # type: ignore[import-untyped]
from aiohttp import web
from wechatpy.crypto import PrpCrypto, WeChatCrypto
from wechatpy.utils import WeChatSigner

FAULT = "该公众号提供的服务出现故障，请稍后再试"
SEND = "/cgi-bin/message/custom/send"
TYPING = "/cgi-bin/message/custom/typing"
TOKEN = "/cgi-bin/stable_token"
PATIENCE = 5.0
ATTEMPTS = 3
MESSAGE_GRANT = (5, 48 * 3600.0)
EVENT_GRANT = (3, 60.0)
PASSIVE_LIMIT = 2047
PUSH_LIMIT = 2048

_ESCAPE = re.compile(rb"(?<!\\)(?:\\\\)*\\u")

Mode = Literal["plain", "compatible", "safe"]


@dataclass(frozen=True)
class Account:
    """An official account as its console has it."""

    token: str = "token-for-tests"
    appid: str = "wx1234567890abcdef"
    secret: str = "secret-for-tests"
    aes_key: str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
    mode: Mode = "safe"
    original_id: str = "gh_1234567890ab"


@dataclass(frozen=True)
class Seen:
    """One line in a citizen's chat: a passive reply, a push, or the platform's own sentence."""

    via: Literal["passive", "push", "platform"]
    text: str


@dataclass(frozen=True)
class Answer:
    """What the callback answered to one attempt; status 0 when it was too late or unreachable."""

    status: int
    body: str


@dataclass
class Grant:
    """How many pushes a citizen's act still allows, and until when."""

    left: int
    until: float


async def five_seconds() -> None:
    """The platform's patience with one attempt."""
    await asyncio.sleep(PATIENCE)


class FakeTencent:
    """One account's Tencent.

    Attributes:
        url: where its API listens, once started.
        seen: what each citizen sees in the chat, in order.
        typed: who was shown the typing state.
        calls: how often each API address was called.
        faults: why a reply could not be shown.
    """

    def __init__(
        self,
        account: Account,
        callback: str = "",
        patience: Callable[[], Awaitable[None]] = five_seconds,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """`patience` ends when the platform gives up on an attempt."""
        self.account = account
        self.callback = callback
        self.url = ""
        self.seen: defaultdict[str, list[Seen]] = defaultdict(list)
        self.typed: list[str] = []
        self.calls: Counter[str] = Counter()
        self.faults: list[str] = []
        self._patience = patience
        self._clock = clock
        self._news = asyncio.Condition()
        self._ids = itertools.count(24_000_000_000_000_001)
        self._token = ""
        self._expired: set[str] = set()
        self._spoiled: set[str] = set()
        self._followers: set[str] = set()
        self._left: set[str] = set()
        self._grants: dict[tuple[str, str], Grant] = {}
        self._refusals: defaultdict[str, list[int]] = defaultdict(list)
        self._statuses: defaultdict[str, list[int]] = defaultdict(list)
        self._losing: Counter[str] = Counter()
        self._held: dict[str, asyncio.Event] = {}

    # Running

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> None:
        """Listens on 127.0.0.1; port 0 picks a free one."""
        app = web.Application()
        app.add_routes(
            [
                web.post(TOKEN, self._on_token),
                web.post(SEND, self._on_send),
                web.post(TYPING, self._on_typing),
                web.post("/say", self._on_say),
                web.get("/seen", self._on_seen),
            ]
        )
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", port)
        await site.start()
        self.url = f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Closes every connection."""
        for held in self._held.values():
            held.set()
        await self._runner.cleanup()

    # What citizens do

    async def say(self, openid: str, text: str) -> list[Answer]:
        """A citizen sends a text."""
        return await self.deliver(self.message(openid, "text", Content=text))

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
        patience.cancel()
        if post.done():
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

    def sign(self, fields: dict[str, str]) -> tuple[dict[str, str], bytes]:
        """Returns the query and body of a delivery in the account's mode."""
        return self.sign_xml(to_xml(fields), fields["FromUserName"])

    def sign_xml(self, plain: str, openid: str) -> tuple[dict[str, str], bytes]:
        """Returns the query and body that deliver any plain XML."""
        query = self.sign_query() | {"openid": openid}
        if self.account.mode == "plain":
            return query, plain.encode()
        crypto = self._crypto()
        encrypted = PrpCrypto(crypto.key).encrypt(plain, self.account.appid).decode()
        body = to_xml({"ToUserName": self.account.original_id, "Encrypt": encrypted})
        if self.account.mode == "compatible":
            body = plain.replace("</xml>", f"<Encrypt>{encrypted}</Encrypt></xml>")
        return query | self.sign_encrypted(query, encrypted), body.encode()

    def sign_query(self) -> dict[str, str]:
        """Returns a signed query without anything about a body."""
        timestamp, nonce = str(int(self._clock())), str(secrets.randbelow(10**10))
        signature = signed(self.account.token, timestamp, nonce)
        return {"signature": signature, "timestamp": timestamp, "nonce": nonce}

    def sign_encrypted(self, query: dict[str, str], encrypted: str) -> dict[str, str]:
        """Returns what a query carries besides when the body is encrypted."""
        parts = (self.account.token, query["timestamp"], query["nonce"], encrypted)
        return {"encrypt_type": "aes", "msg_signature": signed(*parts)}

    def open(self, body: str) -> dict[str, str]:
        """Returns the fields of a passive reply; raises when the account's mode forbids it."""
        if self.account.mode != "plain":
            sealed = xmltodict.parse(body)["xml"]
            body = self._crypto().decrypt_message(
                body, sealed["MsgSignature"], sealed["TimeStamp"], sealed["Nonce"]
            )
        fields: dict[str, str] = xmltodict.parse(body)["xml"]
        return fields

    def _crypto(self) -> Any:
        return WeChatCrypto(self.account.token, self.account.aes_key, self.account.appid)

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

    # Grants of pushes

    def note(self, fields: dict[str, str]) -> None:
        """Keeps who follows and what a citizen's act grants; `deliver` does it first."""
        openid, event = fields["FromUserName"], fields.get("Event", "")
        if event == "unsubscribe":
            self._followers.discard(openid)
            self._left.add(openid)
            return
        self._followers.add(openid)
        self._left.discard(openid)
        if not event:
            self._grant(openid, "message", MESSAGE_GRANT)
        elif event in ("subscribe", "SCAN", "CLICK"):
            self._grant(openid, "event", EVENT_GRANT)

    def _grant(self, openid: str, kind: str, grant: tuple[int, float]) -> None:
        self._grants[openid, kind] = Grant(grant[0], self._clock() + grant[1])

    def _spend(self, openid: str) -> int:
        """Takes one push from what is granted; returns an errcode, 0 when it may go out."""
        if openid in self._left:
            return 43004
        if openid not in self._followers:
            return 40003
        grants = (self._grants.get((openid, kind)) for kind in ("event", "message"))
        current = [grant for grant in grants if grant and self._clock() < grant.until]
        if not current:
            return 45015
        for grant in current:
            if grant.left:
                grant.left -= 1
                return 0
        return 45047

    # Failures on order

    def refuse(self, path: str, errcode: int, times: int = 1) -> None:
        """The next calls of this address get this errcode and have no effect."""
        self._refusals[path] += [errcode] * times

    def fail(self, path: str, status: int, times: int = 1) -> None:
        """The next calls of this address get this HTTP status and have no effect."""
        self._statuses[path] += [status] * times

    def fail_after(self, path: str, calls: int, status: int) -> None:
        """One call of this address gets this HTTP status, after some that go well."""
        self._statuses[path] += [200] * calls + [status]

    def lose_answers(self, path: str, times: int = 1) -> None:
        """The next calls of this address have effect, but their answer is never sent."""
        self._losing[path] += times

    def hold(self, path: str) -> asyncio.Event:
        """Calls of this address wait until the event is set."""
        return self._held.setdefault(path, asyncio.Event())

    def expire_token(self) -> None:
        """The current access token ends now: calls with it get 42001."""
        self._expired.add(self._token)
        self._token = ""

    def spoil_token(self) -> None:
        """Calls with the current token get 40001, although only a forced refresh replaces it."""
        self._spoiled.add(self._token)

    # The API

    async def _on_token(self, request: web.Request) -> web.Response:
        body = json.loads(await request.read())
        credentials = (body.get("appid"), body.get("secret"), body.get("grant_type"))
        if credentials[0] != self.account.appid:
            return await self._answer(request, 40013)
        if credentials[1:] != (self.account.secret, "client_credential"):
            return await self._answer(request, 40125)
        if not self._token or body.get("force_refresh"):
            self._token = secrets.token_urlsafe(96)
        return await self._answer(request, 0, access_token=self._token, expires_in=7200)

    async def _on_send(self, request: web.Request) -> web.Response:
        raw = await request.read()
        errcode = self._token_error(request) or _body_error(raw)
        if errcode or self._refusals[SEND] or self._statuses[SEND][:1] not in ([], [200]):
            return await self._answer(request, errcode)
        body = json.loads(raw)
        if errcode := self._spend(body["touser"]):
            return await self._answer(request, errcode)
        await self._show(body["touser"], Seen("push", body["text"]["content"]))
        return await self._answer(request, 0)

    async def _on_typing(self, request: web.Request) -> web.Response:
        body = json.loads(await request.read())
        errcode = self._token_error(request) or (0 if body["command"] == "Typing" else 40097)
        if not errcode:
            async with self._news:
                self.typed.append(body["touser"])
                self._news.notify_all()
        return await self._answer(request, errcode)

    def _token_error(self, request: web.Request) -> int:
        token = request.query.get("access_token")
        if not token:
            return 41001
        if token in self._expired:
            return 42001
        return 0 if token == self._token and token not in self._spoiled else 40001

    async def _answer(self, request: web.Request, errcode: int, **fields: object) -> web.Response:
        path = request.path
        self.calls[path] += 1
        if path in self._held:
            await self._held[path].wait()
        if self._losing[path]:
            self._losing[path] -= 1
            if request.transport:
                request.transport.close()
        if self._statuses[path] and (status := self._statuses[path].pop(0)) != 200:
            return web.Response(status=status)
        if self._refusals[path]:
            errcode = self._refusals[path].pop(0)
        answer = {"errcode": errcode, "errmsg": "ok" if not errcode else "refused"}
        # As the real one: no errcode beside a token, and JSON that is called text.
        return web.Response(text=json.dumps(fields if fields and not errcode else answer))

    # The control addresses, for people and for tests in another process

    async def _on_say(self, request: web.Request) -> web.Response:
        body = json.loads(await request.read())
        openid, before = body["openid"], len(self.seen[body["openid"]])
        if "event" in body:
            answers = await self.event(openid, body["event"], body.get("key", ""))
        else:
            answers = await self.say(openid, body["text"])
        lines = [asdict(line) for line in self.seen[openid][before:]]
        return _readable({"attempts": [answer.status for answer in answers], "seen": lines})

    async def _on_seen(self, request: web.Request) -> web.Response:
        lines = [asdict(line) for line in self.seen[request.query["openid"]]]
        return _readable({"seen": lines, "faults": self.faults})


def to_xml(fields: dict[str, str]) -> str:
    """Returns the flat XML of a delivery."""
    children = (f"<{tag}>{escape(text)}</{tag}>" for tag, text in fields.items())
    return "<xml>" + "".join(children) + "</xml>"


def signed(*parts: str) -> str:
    """Returns wechatpy's signature of the parts."""
    signer = WeChatSigner()
    signer.add_data(*parts)
    return str(signer.signature)


def _body_error(raw: bytes) -> int:
    """Returns why a message cannot be sent, 0 when it can."""
    if _ESCAPE.search(raw):
        return 40033
    try:
        text = json.loads(raw.decode())["text"]["content"]
    except (ValueError, KeyError):
        return 47001
    if not text:
        return 44004
    return 45002 if len(text.encode()) > PUSH_LIMIT else 0


def _readable(value: object) -> web.Response:
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    return web.Response(text=text, content_type="application/json")


async def _serve(fake: FakeTencent, port: int) -> None:
    await fake.start(port)
    print(f"WECHAT_API_BASE={fake.url}", flush=True)
    await asyncio.Event().wait()


def main() -> None:
    """Runs until it is interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.tencent")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--callback", required=True, help="the gateway's /wechat address")
    parser.add_argument("--token", required=True)
    parser.add_argument("--appid", required=True)
    parser.add_argument("--secret", default=Account.secret)
    parser.add_argument("--aes-key", default="", help="without it: plain mode")
    parser.add_argument("--mode", choices=["compatible", "safe"], default="safe")
    options = parser.parse_args()
    account = Account(
        token=options.token,
        appid=options.appid,
        secret=options.secret,
        aes_key=options.aes_key,
        mode=options.mode if options.aes_key else "plain",
    )
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(FakeTencent(account, options.callback), options.port))


if __name__ == "__main__":
    main()
