"""The fake Tencent as people and other processes use it."""

import asyncio
import json
import sys
from typing import Any

import aiohttp

from tests.fakes.tencent import FAULT, Account, FakeTencent
from tests.gateway.channels.wechat.conftest import World, never

ME = "citizen-1"


async def test_a_person_can_talk_through_the_command(world: World) -> None:
    account = world.account
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.fakes.tencent", "--callback", world.tencent.callback),
        *("--token", account.token, "--appid", account.appid, "--aes-key", account.aes_key),
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout
    try:
        name, _, url = (await process.stdout.readline()).decode().strip().partition("=")
        assert name == "WECHAT_API_BASE"
        async with aiohttp.ClientSession() as http:
            said = await _json(http.post(f"{url}/say", json={"openid": ME, "text": "问题"}))
            joined = await _json(http.post(f"{url}/say", json={"openid": ME, "event": "subscribe"}))
            seen = await _json(http.get(f"{url}/seen", params={"openid": ME}))
    finally:
        process.terminate()
        await process.wait()
    assert said["attempts"] == [200]
    assert "申请劳动仲裁" in said["seen"][0]["text"]
    assert "12348" in joined["seen"][0]["text"]
    assert seen == {"seen": said["seen"] + joined["seen"], "faults": []}


async def _json(request: Any) -> Any:
    async with request as response:
        return json.loads(await response.text())


async def test_a_gateway_that_is_down_shows_the_platform_s_fault() -> None:
    async with FakeTencent(Account(), "http://127.0.0.1:9/wechat", patience=never) as tencent:
        answers = await tencent.say(ME, "问题")
        assert [answer.status for answer in answers] == [0, 0, 0]
        assert [line.text for line in tencent.seen[ME]] == [FAULT]
