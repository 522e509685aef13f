"""The launcher says which part is missing, also which of several gateways."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest

from launch.watching import answers, missing, watch

WELL = {"gateway": "ok", "database": "ok", "rasa": "ok", "actions": "ok", "knowledge": "ready"}


class Gateway(ThreadingHTTPServer):
    """Answers /health as it is told, the last answer again and again."""

    states: list[tuple[int, dict[str, str]]]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/health"


class Answer(BaseHTTPRequestHandler):
    server: Gateway

    def do_GET(self) -> None:
        states = self.server.states
        status, components = states.pop(0) if len(states) > 1 else states[0]
        self.send_response(status)
        self.end_headers()
        self.wfile.write(json.dumps({"components": components}).encode())

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    with Gateway(("127.0.0.1", 0), Answer) as server:
        server.states = [(200, WELL)]
        Thread(target=server.serve_forever, args=(0.01,)).start()
        yield server
        server.shutdown()


def test_nothing_is_missing_when_all_is_well(gateway: Gateway) -> None:
    assert missing(gateway.url) == []
    assert answers(gateway.url)


def test_a_gateway_that_is_one_of_two_is_missing(gateway: Gateway) -> None:
    gateway.states = [(200, WELL | {"gateway": "1/2", "rasa": "down"})]
    assert missing(gateway.url) == ["网关（1/2）", "对话引擎（down）"]
    assert missing(gateway.url, only="gateway") == ["网关（1/2）"]


def test_a_gateway_that_is_still_starting_is_missing(gateway: Gateway) -> None:
    gateway.states = [(503, WELL | {"knowledge": "loading"})]
    assert missing(gateway.url, only="gateway") == ["网关"]
    assert not answers(gateway.url)


def test_a_gateway_that_does_not_answer_is_missing(gateway: Gateway) -> None:
    gateway.shutdown()
    gateway.server_close()
    assert missing(gateway.url) == ["网关"]


def test_what_goes_away_and_comes_back_is_said_once(
    gateway: Gateway, capsys: pytest.CaptureFixture[str]
) -> None:
    lame = (200, WELL | {"gateway": "1/2"})
    gateway.states = [(200, WELL), lame, lame, (200, WELL), (200, WELL)]
    waiting = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    supervisor = subprocess.Popen(waiting, stdin=subprocess.PIPE)
    watching = Thread(target=watch, args=(gateway.url, supervisor, 0.02))
    watching.start()
    while len(gateway.states) > 1:
        watching.join(0.02)
    assert supervisor.stdin
    supervisor.stdin.close()
    watching.join()
    assert capsys.readouterr().out.splitlines() == ["✘ 现在不行：网关（1/2）", "✔ 都恢复了"]
