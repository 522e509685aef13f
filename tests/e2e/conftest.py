"""One running system for all end-to-end tests, with a fake Tencent server beside it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.system import PYTHON, ROOT, System, start, stop, wait_until
from tests.ports import free_ports

SCREENS = ROOT / "var/test-reports/screens"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"


@dataclass
class Tencent:
    """The fake Tencent server, driven over its control address."""

    port: int

    def say(self, openid: str, text: str) -> None:
        """Delivers a signed, encrypted message to the callback as Tencent would."""
        self._call("/say", {"openid": openid, "text": text})

    def leave(self, openid: str) -> None:
        """Has a citizen unfollow the account."""
        self._call("/say", {"openid": openid, "event": "unsubscribe"})

    def seen(self, openid: str) -> list[str]:
        """Returns all that this person has been shown, in order."""
        query = urllib.parse.urlencode({"openid": openid})
        answer = self._call(f"/seen?{query}")
        assert answer["faults"] == []
        return [line["text"] for line in answer["seen"]]

    def _call(self, path: str, body: dict[str, Any] | None = None) -> Any:
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}{path}",
            data=json.dumps(body).encode() if body is not None else None,
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=60) as response:
            return json.load(response)


@pytest.fixture(scope="session")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[System, Tencent]]:
    var = tmp_path_factory.mktemp("var")
    port = free_ports(5)
    tencent = Tencent(port + 4)
    account = {"token": "tokentoken", "appid": "wx0123456789abcdef", "secret": "secret"}
    account["aes-key"] = AES_KEY
    with ExitStack() as stopping:
        system = start(
            var,
            port,
            WECHAT_TOKEN=account["token"],
            WECHAT_APPID=account["appid"],
            WECHAT_SECRET=account["secret"],
            WECHAT_ENCODING_AES_KEY=account["aes-key"],
            WECHAT_API_BASE=f"http://127.0.0.1:{tencent.port}",
        )
        stopping.callback(
            shutil.copytree, var / "log", ROOT / "var/test-reports/log", dirs_exist_ok=True
        )
        stopping.callback(stop, system)
        arguments = [f"--port={tencent.port}", f"--callback={system.url}/wechat"]
        arguments += [f"--{name}={value}" for name, value in account.items()]
        fake = subprocess.Popen([PYTHON, "-m", "tests.fakes.tencent", *arguments], cwd=ROOT)
        stopping.callback(fake.wait)
        stopping.callback(fake.terminate)
        wait_until(lambda: _listening(tencent))
        system.add_lawyer("lawyer", "值班律师甲")
        yield system, tencent


def _listening(tencent: Tencent) -> bool:
    try:
        tencent.seen("nobody")
    except OSError:
        return False
    return True


@pytest.fixture(scope="session")
def system(running: tuple[System, Tencent]) -> System:
    return running[0]


@pytest.fixture(scope="session")
def tencent(running: tuple[System, Tencent]) -> Tencent:
    return running[1]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A real Chromium."""
    found = subprocess.run(
        ["sh", "launch/find_browser.sh"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    SCREENS.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found.stdout.split()[0],
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="session")
def screens() -> Path:
    """Where screenshots are kept for a person to look at."""
    SCREENS.mkdir(parents=True, exist_ok=True)
    return SCREENS


def statutes_given() -> bool:
    """Whether the system under test has the statute texts."""
    path = os.environ.get("STATUTES_PATH", "../shared/laws/statutes.jsonl.gz")
    return bool(path) and (ROOT / path).exists()
