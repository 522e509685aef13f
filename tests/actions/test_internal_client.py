"""Actions call the gateway over one connection, and over a new one after it was restarted."""

from __future__ import annotations

import pytest
from aiohttp import web

from actions.clients.internal import call
from tests.fakes.connections import Counting


async def shown_key(request: web.Request) -> web.Response:
    """Answer with the key that was shown."""
    return web.json_response({"key": request.headers["X-Internal-Key"]})


async def test_calls_share_a_connection_and_each_shows_its_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    server = Counting(shown_key)
    runner = await server.start()
    monkeypatch.setenv("INTERNAL_URL", f"http://127.0.0.1:{server.port}")
    for key in ("one", "two"):
        monkeypatch.setenv("INTERNAL_KEY", key)
        assert await call("GET", "/") == {"key": key}
    assert len(set(server.connections)) == 1
    await runner.cleanup()


async def test_a_restarted_gateway_is_called_again(monkeypatch: pytest.MonkeyPatch) -> None:
    server = Counting(shown_key)
    runner = await server.start()
    monkeypatch.setenv("INTERNAL_URL", f"http://127.0.0.1:{server.port}")
    monkeypatch.setenv("INTERNAL_KEY", "key")
    await call("GET", "/")
    await runner.cleanup()
    runner = await server.start()
    await call("GET", "/")
    assert len(set(server.connections)) == 2
    await runner.cleanup()
