"""Throws broken deliveries at the callback: no 500, no traceback, bounded memory.

    python -m bench.fuzz_callback --inputs 200000 --seed 1

Valid deliveries of every kind, in each mode, are mutated at one of three depths: the address, the
body with its signatures, or the XML inside good encryption and good signatures. They go to the real
handlers over a real socket; only the turn engine is replaced by one that answers at once. Prints a
count of the answers and the growth of memory; exits with 1 when anything is wrong.
"""

import argparse
import asyncio
import contextlib
import logging
import random
import resource
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

import structlog
from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncEngine

import gateway.annexes  # noqa: F401 (declares its tables)
from gateway.channels import Inbound, Reply, Turn
from gateway.channels.wechat.answering import Answers
from gateway.channels.wechat.callback import Callback, routes
from gateway.channels.wechat.inbox import Inbox
from gateway.channels.wechat.settings import WechatSettings
from gateway.database import make_engine, make_sessions
from gateway.spent import Spent
from gateway.tables import Base
from tests.fakes.tencent import Account, Mode
from tests.fakes.tencent.wire import sign_encrypted, sign_query, sign_xml, signed, to_xml

ALLOWED = {200, 400, 403}
WARM_UP = 5_000
GROWTH_MIB = 64
Query = dict[str, str]

_SEEDS: list[dict[str, str]] = [
    {"MsgType": "text", "Content": "老板不发工资"},
    {"MsgType": "text", "Content": "1. 工资", "bizmsgmenuid": "1"},
    {"MsgType": "text", "Content": "有用"},
    {"MsgType": "voice", "MediaId": "m", "Format": "amr", "Recognition": "离婚"},
    {"MsgType": "voice", "MediaId": "m", "Format": "amr"},
    {"MsgType": "image", "PicUrl": "http://example.org", "MediaId": "m"},
    {"MsgType": "video", "MediaId": "m", "ThumbMediaId": "t"},
    {"MsgType": "link", "Title": "t", "Description": "d", "Url": "http://example.org"},
    {"MsgType": "location", "Location_X": "40.8", "Label": "内蒙古自治区赤峰市松山区"},
    {"MsgType": "event", "Event": "subscribe", "EventKey": "qrscene_a"},
    {"MsgType": "event", "Event": "SCAN", "EventKey": "a"},
    {"MsgType": "event", "Event": "unsubscribe"},
    {"MsgType": "event", "Event": "CLICK", "EventKey": "ask_law"},
    {"MsgType": "event", "Event": "VIEW", "EventKey": "http://example.org"},
    {"MsgType": "event", "Event": "LOCATION", "Latitude": "40", "Longitude": "111"},
]
_CHUNKS = [
    b"<!DOCTYPE x [<!ENTITY a 'aaaa'>]>",
    b"<?xml version='1.0' encoding='utf-16'?>",
    b"<?xml version='1.0' encoding='no-such'?>",
    b"&a;&#0;&#xffffffff;",
    b"]]>",
    b"<![CDATA[",
    b"<xml>" * 200,
    b"</xml>",
    b"\x00",
    b"\xff\xfe",
    b"\xed\xa0\x80",
    "\u202e\ufeff".encode(),
    b"<FromUserName></FromUserName>",
    b"<MsgType>event</MsgType>",
    b"<MsgId>" + b"9" * 70 + b"</MsgId>",
    b"A" * 5_000,
    b"%s%n{}",
]


class Turns:
    """A turn engine that answers at once and keeps nothing."""

    async def receive(self, inbound: Inbound) -> Turn:
        """Answers with the words that came in."""
        text = inbound.notice or inbound.text or "空"
        return Turn("1", "ok", Reply("1", f"{text}\n依据：《某法》", ("甲", "乙"), "bot"))

    async def claim_path(self, dedup_key: str, path: str) -> str:
        """Claims."""
        return path

    async def can_push(self, channel: str) -> bool:
        """Pushes."""
        return True

    async def leave(self, channel: str, citizen: str, delivery: str, at: datetime) -> bool:
        """Has something to erase."""
        return True

    async def erase(self, channel: str, citizen: str) -> object:
        """Erases."""
        return []


class Deliveries:
    """Makes broken deliveries of one account."""

    def __init__(self, account: Account, random_source: random.Random) -> None:
        self.account = account
        self._random = random_source

    def one(self) -> tuple[Query, bytes]:
        """Returns a query and a body."""
        fields = {
            "ToUserName": self.account.original_id,
            "FromUserName": f"citizen-{self._random.randrange(50)}",
            "CreateTime": "1790000000",
            **self._random.choice(_SEEDS),
        }
        if fields["MsgType"] != "event":
            fields["MsgId"] = str(self._random.randrange(10**18))
        way = self._random.choice((self._inside, self._inside, self._outside, self._query))
        return way(to_xml(fields).encode())

    def _inside(self, plain: bytes) -> tuple[Query, bytes]:
        """Breaks the XML, then encrypts and signs it as it must be."""
        broken = self._mutated(plain)
        if self.account.mode == "plain":
            return sign_query(self.account, 1_790_000_000), broken
        text = broken.decode("utf-8", "replace")
        return sign_xml(self.account, 1_790_000_000, text, "o")

    def _outside(self, plain: bytes) -> tuple[Query, bytes]:
        """Breaks the encrypted body; half of the time its signature is made to fit."""
        query, body = sign_xml(self.account, 1_790_000_000, plain.decode(), "o")
        broken = self._mutated(body)
        if self._random.random() < 0.5:
            encrypted = self._mutated(body[60:-20]).decode("utf-8", "replace")
            encrypted = "".join(c for c in encrypted if c.isprintable() and c not in "<>&")
            query |= sign_encrypted(self.account, query, encrypted)
            broken = to_xml({"Encrypt": encrypted}).encode()
        return query, broken

    def _query(self, plain: bytes) -> tuple[Query, bytes]:
        """Breaks the address."""
        query, body = sign_xml(self.account, 1_790_000_000, plain.decode(), "o")
        name = self._random.choice(list(query))
        match self._random.randrange(4):
            case 0:
                del query[name]
            case 1:
                query[name] = self._mutated(query[name].encode()).decode("utf-8", "replace")[:2000]
            case 2:
                query[name] = query[name].upper()
            case _:
                query[name] = self._random.choice(["", "0", "aes", "raw", "\u0130", "x" * 3_000])
                if name in ("timestamp", "nonce"):
                    parts = (self.account.token, query["timestamp"], query["nonce"])
                    query["signature"] = signed(*parts)
        return query, body

    def _mutated(self, data: bytes) -> bytes:
        broken = bytearray(data)
        for _ in range(self._random.choice((0, 1, 1, 2, 5))):
            at = self._random.randrange(len(broken) + 1)
            match self._random.randrange(6):
                case 0:
                    broken[at:at] = self._random.choice(_CHUNKS)
                case 1:
                    del broken[at : at + self._random.randrange(40)]
                case 2:
                    broken[at : at + 1] = bytes([self._random.randrange(256)])
                case 3:
                    broken[at:at] = broken[at : at + self._random.randrange(200)]
                case 4:
                    broken[at:at] = bytes(self._random.randrange(256) for _ in range(8))
                case _:
                    broken[at:] = broken[at:][::-1] if self._random.random() < 0.1 else b""
        if self._random.random() < 0.0005:
            broken += b" " * 70_000
        return bytes(broken)


class Line:
    """One kept connection to the callbacks, spoken by hand: a client library would mend inputs."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, path: str, query: Query, body: bytes) -> tuple[int, bytes]:
        """Returns the status and body of the answer; status 0 when the connection broke."""
        reader, writer = self._streams or await asyncio.open_connection("127.0.0.1", self._port)
        self._streams = reader, writer
        head = f"POST {path}?{urlencode(query)} HTTP/1.1\r\nHost: x\r\nContent-Length: {len(body)}"
        writer.write(head.encode() + b"\r\n\r\n" + body)
        try:
            answer = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
            length = int(answer.split("content-length:")[1].split("\r\n")[0])
            content = await reader.readexactly(length)
        except (asyncio.IncompleteReadError, ConnectionError):
            answer, content = "http/1.1 0 broken", b""
        if "connection: close" in answer or not content:
            writer.close()
            self._streams = None
        return int(answer.split()[1]), content


async def fuzz(inputs: int, seed: int) -> tuple[Counter[str], list[str], float]:
    """Returns the answers by status, what was wrong, and the growth of memory in MiB."""
    source = random.Random(seed)  # noqa: S311 (no secret)
    answers: Counter[str] = Counter()
    wrong: list[str] = []
    async with _serving() as (port, accounts):
        makers = [Deliveries(account, source) for account in accounts]
        line = Line(port)
        at_first = 0.0
        for number in range(inputs):
            if number == min(WARM_UP, inputs // 2):
                at_first = _memory_mib()
            account = number % len(makers)
            query, body = makers[account].one()
            status, text = await line.post(f"/{account}/wechat", query, body)
            answers[str(status)] += 1
            if status not in ALLOWED or b"Traceback" in text:
                wrong.append(f"input {number}: HTTP {status} {body[:300]!r}")
        return answers, wrong, _memory_mib() - at_first


@contextlib.asynccontextmanager
async def _serving() -> AsyncIterator[tuple[int, list[Account]]]:
    """Serves an account in each mode; gives the port and the accounts."""
    with tempfile.TemporaryDirectory() as folder:
        engine = make_engine(f"sqlite:///{folder}/mingbai.db")
        try:
            async with _at(engine) as served:
                yield served
        finally:
            await engine.dispose()


@contextlib.asynccontextmanager
async def _at(engine: AsyncEngine) -> AsyncIterator[tuple[int, list[Account]]]:
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    answers = Answers(Turns(), Inbox(make_sessions(engine), Spent("key"), keeps_pictures=True))
    modes: tuple[Mode, ...] = ("plain", "safe", "compatible", "safe")
    accounts = [replace(Account(), mode=mode) for mode in modes]
    app = web.Application()
    for number, account in enumerate(accounts):
        inside = web.Application()
        inside.add_routes(routes(Callback(_settings(account), answers)))
        app.add_subapp(f"/{number}", inside)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield runner.addresses[0][1], accounts
    await runner.cleanup()


def _settings(account: Account) -> WechatSettings:
    key = None if account.mode == "plain" else account.aes_key
    values: dict[str, Any] = {
        "wechat_token": account.token,
        "wechat_appid": account.appid,
        "wechat_secret": account.secret,
        "wechat_encoding_aes_key": key,
        "wechat_encoding_aes_key_previous": "b" * 43 if key else None,
    }
    return WechatSettings(**values)


def _memory_mib() -> float:
    """Returns the largest memory this process has had."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Runs it; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz_callback")
    parser.add_argument("--inputs", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    logging.disable(logging.CRITICAL)
    started = time.monotonic()
    answers, wrong, growth = asyncio.run(fuzz(given.inputs, given.seed))
    seconds = time.monotonic() - started
    counts = ", ".join(f"{status}: {count}" for status, count in sorted(answers.items()))
    print(f"{given.inputs} inputs in {seconds:.0f} s; {counts}; memory grew by {growth:.1f} MiB")
    for line in wrong[:20]:
        print(line)
    return 1 if wrong or growth > GROWTH_MIB else 0


if __name__ == "__main__":
    sys.exit(main())
