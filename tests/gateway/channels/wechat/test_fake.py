"""The fake Tencent as people and other processes use it."""

import asyncio
import json
import sys
from typing import Any

import aiohttp
import pytest

from gateway.channels import Outcome, Reply
from tests.fakes.tencent import FAULT, SEND, Account, FakeTencent
from tests.fakes.tencent.api import body_error
from tests.gateway.channels.wechat.conftest import World, never

ME = "citizen-1"
LAWYER = Reply("1", "请带上合同来。", (), "lawyer")


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


async def test_another_process_can_make_trouble_and_move_time(world: World) -> None:
    tencent = world.tencent
    await tencent.say(ME, "问题")
    async with aiohttp.ClientSession() as http:

        async def order(address: str, wanted: dict[str, object]) -> None:
            await _json(http.post(f"{tencent.url}{address}", json=wanted))

        await order("/faults", {"path": SEND, "errcode": 45047, "times": 2})
        for _ in range(2):
            assert await world.sender.send(ME, LAWYER) == Outcome("parked", "45047")
        await order("/faults", {"path": SEND, "status": 502})
        assert (await world.sender.send(ME, LAWYER)).kind == "retry"
        await order("/faults", {"path": SEND, "lose": True})
        assert (await world.sender.send(ME, LAWYER)).kind == "unknown"
        await order("/faults", {"path": SEND, "seconds": 0.01})
        assert (await world.sender.send(ME, LAWYER)).kind == "sent"
        await order("/faults", {"token": "expire"})
        assert (await world.sender.send(ME, LAWYER)).kind == "sent"
        await order("/clock", {"advance": 48 * 3600 + 1})
        assert await world.sender.send(ME, LAWYER) == Outcome("parked", "45015")
        calls = await _json(http.get(f"{tencent.url}/calls"))
    assert calls == dict(tencent.calls)


async def test_spaced_deliveries_come_as_far_apart_as_the_platform_s_patience() -> None:
    patience: asyncio.Queue[None] = asyncio.Queue()
    callback = "http://127.0.0.1:9/wechat"
    async with FakeTencent(Account(), callback, patience=patience.get, spaced=True) as tencent:
        saying = asyncio.create_task(tencent.say(ME, "问题"))
        for _ in range(2):
            patience.put_nowait(None)
        done, _ = await asyncio.wait({saying}, timeout=0.2)
        assert not done  # the third attempt still waits
        patience.put_nowait(None)
        assert len(await saying) == 3


async def test_the_token_before_lasts_five_minutes_more(world: World) -> None:
    old, _ = world.tencent.tokens.give(force=False)
    new, seconds = world.tencent.tokens.give(force=True)
    assert (new == old, seconds) == (False, 7200)
    assert [world.tencent.tokens.error(token) for token in (old, new, None)] == [0, 0, 41001]
    world.tencent.advance(301)
    assert [world.tencent.tokens.error(token) for token in (old, new)] == [40001, 0]


@pytest.mark.parametrize(
    ("body", "errcode"),
    [
        (rb'{"touser":"c","msgtype":"text","text":{"content":"\u4e2d"}}', 40033),
        (b'{"touser":"c","msgtype":"text","text":{"content":""}}', 44004),
        (b"not json", 47001),
        (b'{"touser":"c","msgtype":"text"}', 47001),
        (
            b'{"touser":"c","msgtype":"msgmenu","msgmenu":'
            b'{"head_content":"h","list":[],"tail_content":"t"}}',
            40033,
        ),
        (b'{"touser":"c","msgtype":"text","text":{"content":"%s"}}' % (b"x" * 2049), 45002),
    ],
)
def test_a_message_that_the_real_one_refuses_is_refused(body: bytes, errcode: int) -> None:
    assert body_error(body) == errcode


async def _json(request: Any) -> Any:
    async with request as response:
        return json.loads(await response.text())


async def test_a_gateway_that_is_down_shows_the_platform_s_fault() -> None:
    async with FakeTencent(Account(), "http://127.0.0.1:9/wechat", patience=never) as tencent:
        answers = await tencent.say(ME, "问题")
        assert [answer.status for answer in answers] == [0, 0, 0]
        assert [line.text for line in tencent.seen[ME]] == [FAULT]
