"""The action server is called over one connection, and over a new one after it was restarted."""

from __future__ import annotations

import pytest
from aiohttp import web
from rasa.utils.endpoints import EndpointConfig

from bot.action_connections import keep_connections
from tests.fakes.connections import Counting


async def echo(request: web.Request) -> web.Response:
    """Answer with what was sent."""
    return web.json_response(await request.json())


@pytest.fixture(autouse=True)
def _kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EndpointConfig, "session", EndpointConfig.session)
    keep_connections()


async def test_calls_share_a_connection() -> None:
    server = Counting(echo)
    runner = await server.start()
    endpoint = EndpointConfig(f"http://127.0.0.1:{server.port}/webhook")
    for number in range(3):
        assert await endpoint.request(json={"call": number}) == {"call": number}
    assert len(set(server.connections)) == 1
    await runner.cleanup()


async def test_a_restarted_server_is_called_again() -> None:
    server = Counting(echo)
    runner = await server.start()
    endpoint = EndpointConfig(f"http://127.0.0.1:{server.port}/webhook")
    assert await endpoint.request(json={"call": 1}) == {"call": 1}
    await runner.cleanup()
    runner = await server.start()
    assert await endpoint.request(json={"call": 2}) == {"call": 2}
    assert len(set(server.connections)) == 2
    await runner.cleanup()
