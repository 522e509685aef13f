"""The console's check of our address: echoed to whoever knows the token."""

import pytest
from aiohttp import ClientSession

from tests.gateway.channels.wechat.conftest import World


async def test_the_console_s_check_is_echoed_as_plain_text(world: World) -> None:
    query = world.tencent.sign_query() | {"echostr": "<b>1"}
    async with ClientSession() as http, http.get(world.tencent.callback, params=query) as response:
        assert response.status == 200
        assert response.content_type == "text/plain"
        assert await response.text() == "<b>1"


@pytest.mark.parametrize(
    "spoil", [{"signature": "0" * 40}, {"signature": ""}, {"nonce": "other"}, {"timestamp": "1"}]
)
async def test_a_check_with_a_wrong_signature_is_forbidden(
    world: World, spoil: dict[str, str]
) -> None:
    query = world.tencent.sign_query() | {"echostr": "1"} | spoil
    async with ClientSession() as http, http.get(world.tencent.callback, params=query) as response:
        assert (response.status, await response.text()) == (403, "forbidden")


async def test_a_check_without_an_echo_is_a_bad_request(world: World) -> None:
    query = world.tencent.sign_query()
    async with ClientSession() as http, http.get(world.tencent.callback, params=query) as response:
        assert (response.status, await response.text()) == (400, "bad request")
