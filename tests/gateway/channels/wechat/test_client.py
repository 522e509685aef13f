"""The API client against a strict fake: tokens, errors, and what reached Tencent."""

import asyncio
from collections.abc import AsyncIterator

import aiohttp
import pytest

from gateway.channels.wechat.client import WechatClient, connect
from gateway.channels.wechat.errors import ApiError, Unanswered, Unreachable
from tests.fakes.tencent import SEND, TOKEN, TYPING, Account, FakeTencent, Seen
from tests.gateway.channels.wechat.conftest import settings_of

ME = "citizen-1"


@pytest.fixture
async def tencent() -> AsyncIterator[FakeTencent]:
    """A Tencent to whom one citizen has just written."""
    async with FakeTencent(Account()) as fake:
        fake.note(fake.message(ME, "text", Content="x"))
        yield fake


@pytest.fixture
async def client(tencent: FakeTencent) -> AsyncIterator[WechatClient]:
    """A client of that Tencent."""
    async with connect(settings_of(Account(), wechat_api_base=tencent.url)) as opened:
        yield opened


async def test_chinese_and_emoji_arrive_as_written(
    tencent: FakeTencent, client: WechatClient
) -> None:
    await client.send_text(ME, '您好"😀"\n\\u4e2d')
    assert tencent.seen[ME] == [Seen("push", '您好"😀"\n\\u4e2d')]


async def test_one_token_serves_many_messages(tencent: FakeTencent, client: WechatClient) -> None:
    await asyncio.gather(*(client.send_text(ME, str(number)) for number in range(5)))
    assert tencent.calls == {TOKEN: 1, SEND: 5}


async def test_a_token_is_renewed_before_it_ends(tencent: FakeTencent) -> None:
    clock = iter([0.0, 0.0, 6_899.0, 6_901.0, 6_901.0])
    settings = settings_of(Account(), wechat_api_base=tencent.url)
    async with aiohttp.ClientSession() as http:
        client = WechatClient(settings, http, clock=lambda: next(clock))
        await client.send_text(ME, "1")
        await client.send_text(ME, "2")
        assert tencent.calls[TOKEN] == 1
        await client.send_text(ME, "3")
        assert tencent.calls[TOKEN] == 2


async def test_an_expired_token_is_renewed_once_for_all(
    tencent: FakeTencent, client: WechatClient
) -> None:
    await client.send_text(ME, "0")
    tencent.expire_token()
    await asyncio.gather(*(client.send_text(ME, str(number)) for number in range(1, 4)))
    assert sorted(line.text for line in tencent.seen[ME]) == ["0", "1", "2", "3"]
    assert tencent.calls[TOKEN] == 2


@pytest.mark.parametrize("errcode", [40001, 40014, 41001, 42001])
async def test_a_refused_token_is_replaced_and_the_call_repeated_once(
    tencent: FakeTencent, client: WechatClient, errcode: int
) -> None:
    tencent.refuse(SEND, errcode)
    await client.send_text(ME, "1")
    assert [line.text for line in tencent.seen[ME]] == ["1"]
    assert tencent.calls[SEND] == 2


async def test_a_token_that_stays_refused_ends_in_an_error(
    tencent: FakeTencent, client: WechatClient
) -> None:
    tencent.refuse(SEND, 40001, times=100)
    with pytest.raises(ApiError) as caught:
        await client.send_text(ME, "1")
    assert caught.value.errcode == 40001
    assert tencent.calls[SEND] == 2
    assert tencent.calls[TOKEN] <= 3


async def test_a_token_that_tencent_holds_valid_but_refuses_is_replaced_by_force(
    tencent: FakeTencent, client: WechatClient
) -> None:
    await client.send_text(ME, "1")
    tencent.spoil_token()
    await client.send_text(ME, "2")
    assert [line.text for line in tencent.seen[ME]] == ["1", "2"]
    assert tencent.calls == {TOKEN: 3, SEND: 3}


async def test_other_refusals_are_not_repeated(tencent: FakeTencent, client: WechatClient) -> None:
    tencent.refuse(SEND, 45015)
    with pytest.raises(ApiError):
        await client.send_text(ME, "1")
    assert tencent.calls[SEND] == 1


async def test_a_lost_answer_is_told_apart_from_a_message_never_sent(
    tencent: FakeTencent, client: WechatClient
) -> None:
    tencent.lose_answers(SEND)
    with pytest.raises(Unanswered):
        await client.send_text(ME, "1")
    assert [line.text for line in tencent.seen[ME]] == ["1"]
    tencent.fail(SEND, 502)
    with pytest.raises(Unreachable):
        await client.send_text(ME, "2")
    assert len(tencent.seen[ME]) == 1


async def test_a_slow_answer_is_a_lost_one(
    tencent: FakeTencent, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = aiohttp.ClientTimeout(total=0.3)
    monkeypatch.setattr("gateway.channels.wechat.client.TIMEOUT", limit)
    async with connect(settings_of(Account(), wechat_api_base=tencent.url)) as client:
        tencent.hold(SEND)
        with pytest.raises(Unanswered):
            await client.send_text(ME, "1")


async def test_without_a_token_nothing_was_sent(tencent: FakeTencent, client: WechatClient) -> None:
    tencent.lose_answers(TOKEN)
    with pytest.raises(Unreachable):
        await client.send_text(ME, "1")
    await client.send_text(ME, "2")
    assert [line.text for line in tencent.seen[ME]] == ["2"]


async def test_a_refused_connection_is_unreachable(tencent: FakeTencent) -> None:
    async with connect(settings_of(Account(), wechat_api_base=tencent.url)) as client:
        await tencent.stop()
        with pytest.raises(Unreachable):
            await client.send_text(ME, "1")


async def test_wrong_credentials_are_named_by_their_errcode(tencent: FakeTencent) -> None:
    settings = settings_of(Account(), wechat_api_base=tencent.url, wechat_secret="wrong")
    async with connect(settings) as client:
        with pytest.raises(ApiError) as caught:
            await client.send_text(ME, "1")
    assert caught.value.errcode == 40125


async def test_errors_hold_neither_token_nor_secret(
    tencent: FakeTencent, client: WechatClient
) -> None:
    tencent.fail(SEND, 500)
    with pytest.raises(Unreachable) as caught:
        await client.send_text(ME, "1")
    assert str(caught.value) == f"{SEND}: HTTP 500"


async def test_typing_never_fails(tencent: FakeTencent, client: WechatClient) -> None:
    await client.typing(ME)
    tencent.refuse(TYPING, 45080)
    await client.typing(ME)
    await tencent.stop()
    await client.typing(ME)
    assert tencent.typed == [ME, ME][: len(tencent.typed)]
