"""A gateway of one or more workers, a scripted Rasa, Tencent's stand-in, and many citizens.

Everything asynchronous runs on a thread of its own, so that a test can drive browsers meanwhile.
"""

from __future__ import annotations

import asyncio
import json
import os
import re
import secrets
import sqlite3
import subprocess
import threading
import urllib.request
from collections.abc import Coroutine, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import Any, Protocol, TypeVar

import aiohttp

from tests.desk.browser import hidden_fields
from tests.e2e.system import PASSWORD, PYTHON, ROOT, wait_until
from tests.fakes.rasa import FakeRasa, says
from tests.fakes.tencent import Account, FakeTencent
from tests.ports import free_ports

KEYS = {"INTERNAL_KEY": "internal", "REST_KEY": "rest", "SESSION_KEY": "0" * 64}
ENTRY = re.compile(r'class="entry (\w+)".*?<div class="text">(.*?)</div>', re.S)
T = TypeVar("T")


class Thread:
    """An event loop on a thread."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self.loop.run_forever, daemon=True)
        self._thread.start()

    def call(self, work: Coroutine[Any, Any, T], limit: float = 60.0) -> T:
        """Runs a coroutine there and returns its result."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result(limit)

    def close(self) -> None:
        """Stops the loop and waits for its thread."""
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()


@dataclass(frozen=True)
class Seen:
    """One line that a citizen sees; on WeChat who wrote it is told by its words."""

    author: str
    text: str


class Citizen(Protocol):
    """Somebody who writes and reads, on whatever channel."""

    name: str

    async def say(self, text: str) -> None:
        """Sends a message until it has arrived."""

    async def seen(self) -> list[Seen]:
        """Returns everything that came back, oldest first."""


@dataclass
class WebCitizen:
    """A browser's web chat without the browser: the same requests, a cookie of its own."""

    name: str
    url: str
    http: aiohttp.ClientSession

    async def say(self, text: str) -> None:
        body = {"id": secrets.token_hex(16), "text": text, "after": 0}
        while True:  # as the page's script does: the same id until the server has confirmed it
            try:
                async with self.http.post(f"{self.url}/chat/messages", json=body) as response:
                    if response.status == 200:
                        return
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)

    async def seen(self) -> list[Seen]:
        async with self.http.get(f"{self.url}/chat/messages?after=0") as response:
            messages = (await response.json())["messages"]
        entries = [ENTRY.search(message["html"]) for message in messages]
        return [
            Seen(entry[1], unescape(re.sub("<[^>]*>", "", entry[2]))) for entry in entries if entry
        ]


@dataclass
class WechatCitizen:
    """Somebody on WeChat."""

    name: str
    tencent: FakeTencent

    async def say(self, text: str) -> None:
        answers = await self.tencent.say(self.name, text)
        assert answers[-1].status == 200, f"WeChat gave up on {self.name}"

    async def seen(self) -> list[Seen]:
        return [Seen(line.via, line.text) for line in self.tencent.seen[self.name]]


@dataclass
class DutyLawyer:
    """A lawyer's browser without scripts, which tries again when a worker does not answer."""

    url: str
    http: aiohttp.ClientSession

    async def open(self, path: str) -> str:
        """Returns a page."""
        while True:
            try:
                async with self.http.get(f"{self.url}{path}") as response:
                    return await response.text()
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)

    async def submit(self, page: str, action: str, **fields: str) -> None:
        """Fills in the form with that action; a form sent twice is carried out once."""
        form = {**hidden_fields(await self.open(page), action), **fields}
        while True:
            try:
                async with self.http.post(f"{self.url}{action}", data=form) as response:
                    assert response.status == 200, await response.text()
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)

    async def sign_in(self, name: str) -> None:
        """Signs in."""
        await self.submit("/desk/login", "/desk/login", name=name, password=PASSWORD)

    async def pending(self) -> list[int]:
        """Returns the cases of the first page of the queue, in its order."""
        return cases_to_take(await self.open("/desk?show=pending"))

    async def take(self, case: int) -> None:
        """Takes a case."""
        await self.submit("/desk?show=pending", f"/desk/cases/{case}/claim")

    async def reply(self, case: int, text: str) -> None:
        """Replies to the citizen of a case."""
        await self.submit(f"/desk/cases/{case}", f"/desk/cases/{case}/reply", text=text)

    async def said(self, case: int) -> list[str]:
        """Returns what the citizen of a case has said, as the page shows it."""
        return said_by_citizen(await self.open(f"/desk/cases/{case}"))


def cases_to_take(page: str) -> list[int]:
    """Returns the cases that a page of the queue offers, in its order."""
    return [int(number) for number in re.findall(r'id="claim-(\d+)"', page)]


def said_by_citizen(page: str) -> list[str]:
    """Returns the citizen's lines on the page of a case."""
    lines = re.findall(r'<li class="line citizen">.*?<p class="text">(.*?)</p>', page, re.S)
    return [unescape(line) for line in lines]


@dataclass
class Town:
    """The running whole. Give it the citizens' words; look at what they see."""

    thread: Thread
    handoffs: Handoffs
    tencent: FakeTencent
    env: dict[str, str]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)
    _http: list[aiohttp.ClientSession] = field(default_factory=list)

    @property
    def url(self) -> str:
        """The public address."""
        return f"http://127.0.0.1:{self.env['PORT']}"

    def add_account(self, name: str, display: str, role: str = "lawyer") -> None:
        """Makes an account of the desk with the documented command."""
        command = [PYTHON, "-m", "gateway", "account", "add", name, "--display-name", display]
        subprocess.run(
            [*command, "--role", role, "--password-stdin"],
            cwd=ROOT,
            env=self.env,
            input=PASSWORD,
            text=True,
            check=True,
        )

    def on_the_web(self, name: str) -> WebCitizen:
        """Returns a new citizen of the web chat."""

        async def make() -> WebCitizen:
            http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
            self._http.append(http)
            return WebCitizen(name, self.url, http)

        return self.thread.call(make())

    def lawyer(self, name: str) -> DutyLawyer:
        """Returns somebody signed in at the desk."""

        async def make() -> DutyLawyer:
            http = aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
            self._http.append(http)
            somebody = DutyLawyer(self.url, http)
            await somebody.sign_in(name)
            return somebody

        return self.thread.call(make())

    def start_worker(self) -> None:
        """Starts one more gateway, as the supervisor does when one has died."""
        log = Path(self.env["VAR_DIR"], f"gateway-{secrets.token_hex(4)}.log")
        self.workers.append(_worker(self.env, log))

    def database(self) -> sqlite3.Connection:
        """Returns the gateway's database."""
        return sqlite3.connect(Path(self.env["VAR_DIR"], "mingbai.db"), timeout=30)

    def kill_worker(self) -> None:
        """Kills one gateway without a warning, and lets what it had leased run out at once."""
        worker = self.workers.pop(0)
        worker.kill()
        worker.wait()
        with self.database() as database:
            database.execute("UPDATE conversations SET turn_until = '2000-01-01 00:00:00.000000'")
            database.execute("UPDATE outbox SET leased_until = '2000-01-01 00:00:00.000000'")

    def on_wechat(self, name: str) -> WechatCitizen:
        """Returns a new citizen of WeChat."""
        return WechatCitizen(name, self.tencent)

    def at_once(self, *work: Coroutine[Any, Any, T], limit: float = 60.0) -> list[T]:
        """Does many things at the same time."""

        async def together() -> list[T]:
            return list(await asyncio.gather(*work))

        return self.thread.call(together(), limit)

    async def close(self) -> None:
        """Closes what the citizens held open."""
        for http in self._http:
            await http.close()


@contextmanager
def town(var: Path, workers: int = 1) -> Iterator[Town]:
    """Yields a running town with its files under `var`."""
    port, account = free_ports(4), Account()
    with ExitStack() as stopping:
        thread = Thread()
        stopping.callback(thread.close)
        rasa = FakeRasa(KEYS["INTERNAL_KEY"], port + 1)
        tencent = FakeTencent(account, f"http://127.0.0.1:{port}/wechat")
        fakes: list[FakeRasa | FakeTencent] = [rasa, tencent]
        for each in fakes:
            thread.call(each.start())
            stopping.callback(_stop_it, thread, each)
        env = {
            **os.environ,
            **KEYS,
            "VAR_DIR": str(var),
            "PORT": str(port),
            "RASA_URL": rasa.url,
            "ACTIONS_URL": rasa.url,
            "WECHAT_TOKEN": account.token,
            "WECHAT_APPID": account.appid,
            "WECHAT_SECRET": account.secret,
            "WECHAT_ENCODING_AES_KEY": account.aes_key,
            "WECHAT_API_BASE": tencent.url,
            "GATEWAY_WORKERS": str(workers),
            "SECOND_FACTOR_ROLES": "none",
        }
        running = Town(thread, Handoffs(f"http://127.0.0.1:{port + 3}"), tencent, env)
        stopping.callback(lambda: thread.call(running.close()))
        subprocess.run([PYTHON, "-m", "gateway", "migrate"], cwd=ROOT, env=env, check=True)
        rasa.answer = running.handoffs.answer
        for _ in range(workers):
            running.start_worker()
        stopping.callback(_stop, running.workers)
        wait_until(lambda: _healthy(running.url))
        yield running


def _stop_it(thread: Thread, fake: FakeRasa | FakeTencent) -> None:
    thread.call(fake.stop())


def _worker(env: dict[str, str], log: Path) -> subprocess.Popen[bytes]:
    with log.open("wb") as output:
        return subprocess.Popen(
            [PYTHON, "-m", "tests.gateway.workers"],  # without the knowledge, which is slow to load
            cwd=ROOT,
            env=env,
            stdout=output,
            stderr=subprocess.STDOUT,
        )


def _stop(workers: list[subprocess.Popen[bytes]]) -> None:
    for worker in workers:
        worker.terminate()
    for worker in workers:
        worker.wait(timeout=30)


def _healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=5) as response:
            return bool(response.status == 200)
    except OSError:
        return False


@dataclass(frozen=True)
class Handoffs:
    """What the scripted Rasa answers: "找律师…｜{json}" opens a case, other words are repeated.

    The answer to words in `held` waits for their event, while the case is open already.
    """

    internal: str
    held: dict[str, asyncio.Event] = field(default_factory=dict)

    async def answer(self, sender: str, text: str) -> dict[str, Any]:
        """Opens a case as the action server does, or says what was said, after a while."""
        if not text.startswith("找律师"):
            return says(f"自动答复：{text}")
        words, _, details = text.removeprefix("找律师").partition("｜")
        case = {
            "conversation": sender,
            "question": words,
            "reason": "asked",
            **(json.loads(details) if details else {}),
        }
        async with (
            aiohttp.ClientSession() as http,
            http.post(
                f"{self.internal}/v1/cases",
                json=case,
                headers={"X-Internal-Key": KEYS["INTERNAL_KEY"]},
            ) as response,
        ):
            assert response.status in (200, 201), await response.text()
        if words in self.held:
            await self.held[words].wait()
        return says("已经替您请律师，请稍等。")
