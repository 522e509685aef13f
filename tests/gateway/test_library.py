"""While the knowledge is loading, or could not be loaded, everything else works."""

import asyncio

import pytest
from aiohttp import web

from gateway import app as wiring
from gateway.channels.web.pages import say
from gateway.channels.wechat.settings import WechatSettings
from gateway.library import Library, NotLoaded
from tests.gateway.conftest import World


class Loading(Library):
    """A library that takes for ever."""

    async def load(self) -> None:
        """Never ends."""
        await asyncio.Event().wait()


async def test_search_says_that_it_is_loading_and_the_chat_answers(world: World) -> None:
    await world.stop()
    world.app = await wiring.create_app(world.settings, WechatSettings(), Loading())
    world.runner = web.AppRunner(world.app, access_log=None)
    await world.runner.setup()
    await web.TCPSite(world.runner, "127.0.0.1", world.settings.port).start()
    async with world.http.get(f"{world.url}/lookup/?q=x") as page:
        assert page.status == 503
        assert say()["loading"] in await page.text()
        assert page.headers["Retry-After"]
    async with world.http.get(
        f"{world.internal}/v1/search?q=x", headers={"X-Internal-Key": "internal"}
    ) as found:
        assert found.status == 503
    async with world.http.get(f"{world.url}/health") as health:
        assert (health.status, (await health.json())["status"]) == (503, "starting")
    assert (await world.say("你好")).status == "ok"


def test_an_unloaded_library_is_no_searcher() -> None:
    with pytest.raises(NotLoaded):
        Library().search("x")
