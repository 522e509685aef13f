"""The access token: one for many calls and for all workers, renewed when it must be."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway.annexes import AccessToken
from gateway.channels.wechat.client import WechatClient, connect
from gateway.channels.wechat.errors import ApiError, Unreachable
from gateway.database import make_engine, make_sessions
from tests.fakes.tencent import SEND, TOKEN, Account, FakeTencent
from tests.gateway.channels.wechat.conftest import ME, settings_of

Sessions = async_sessionmaker[AsyncSession]


async def test_one_token_serves_many_messages(tencent: FakeTencent, client: WechatClient) -> None:
    await asyncio.gather(*(client.send_text(ME, str(number)) for number in range(5)))
    assert tencent.calls == {TOKEN: 1, SEND: 5}


async def test_a_token_is_renewed_before_it_ends(tencent: FakeTencent, sessions: Sessions) -> None:
    time = [1_790_000_000.0]
    settings = settings_of(Account(), wechat_api_base=tencent.url)
    async with connect(settings, sessions, clock=lambda: time[0]) as client:
        await client.send_text(ME, "1")
        time[0] += 7_200 - 300 - 2
        await client.send_text(ME, "2")
        assert tencent.calls[TOKEN] == 1
        time[0] += 4
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


async def test_without_a_token_nothing_was_sent(tencent: FakeTencent, client: WechatClient) -> None:
    tencent.lose_answers(TOKEN)
    with pytest.raises(Unreachable):
        await client.send_text(ME, "1")
    await client.send_text(ME, "2")
    assert [line.text for line in tencent.seen[ME]] == ["2"]


async def test_wrong_credentials_are_named_by_their_errcode(
    tencent: FakeTencent, sessions: Sessions
) -> None:
    settings = settings_of(Account(), wechat_api_base=tencent.url, wechat_secret="wrong")
    async with connect(settings, sessions) as client:
        with pytest.raises(ApiError) as caught:
            await client.send_text(ME, "1")
    assert caught.value.errcode == 40125


# Two workers


@asynccontextmanager
async def two_workers(
    tencent: FakeTencent, sessions: Sessions
) -> AsyncIterator[tuple[WechatClient, WechatClient]]:
    """Gives two clients that share nothing but the database."""
    settings = settings_of(Account(), wechat_api_base=tencent.url)
    async with connect(settings, sessions) as one, connect(settings, sessions) as two:
        yield one, two


async def test_two_workers_share_one_token(tencent: FakeTencent, sessions: Sessions) -> None:
    async with two_workers(tencent, sessions) as workers:
        await asyncio.gather(*(worker.send_text(ME, "x") for worker in workers))
    assert tencent.calls == {TOKEN: 1, SEND: 2}


async def test_two_workers_who_meet_an_expired_token_at_once_renew_it_once(
    tencent: FakeTencent, sessions: Sessions
) -> None:
    async with two_workers(tencent, sessions) as workers:
        await asyncio.gather(*(worker.send_text(ME, "x") for worker in workers))
        tencent.expire_token()
        answer = tencent.hold(TOKEN)
        sending = [asyncio.create_task(worker.send_text(ME, "y")) for worker in workers]
        await tencent.wait_calls(SEND, 4)
        await tencent.wait_calls(TOKEN, 2)
        answer.set()
        await asyncio.gather(*sending)
    assert tencent.calls[TOKEN] == 2
    assert [line.text for line in tencent.seen[ME]] == ["x", "x", "y", "y"]


async def test_a_token_outlives_a_restart(tencent: FakeTencent, sessions: Sessions) -> None:
    settings = settings_of(Account(), wechat_api_base=tencent.url)
    for _ in range(2):
        async with connect(settings, sessions) as client:
            await client.send_text(ME, "x")
    assert tencent.calls[TOKEN] == 1


async def test_a_worker_that_died_while_asking_holds_nobody_up(
    tencent: FakeTencent, sessions: Sessions
) -> None:
    time = 1_790_000_000.0
    async with sessions.begin() as session:
        long_ago = datetime.fromtimestamp(time - 1, UTC)
        session.add(AccessToken(appid=Account().appid, leased_until=long_ago))
    settings = settings_of(Account(), wechat_api_base=tencent.url)
    async with connect(settings, sessions, clock=lambda: time) as client:
        await client.send_text(ME, "x")
    assert tencent.calls[TOKEN] == 1


async def test_a_token_refused_for_good_is_replaced_by_force_only_once(
    tencent: FakeTencent, sessions: Sessions
) -> None:
    tencent.refuse(SEND, 40001, times=100)
    async with two_workers(tencent, sessions) as workers:
        for worker in workers * 5:
            with pytest.raises(ApiError):
                await worker.send_text(ME, "x")
    assert tencent.tokens.forced == 1


async def test_a_long_token_is_kept_whole(tencent: FakeTencent, sessions: Sessions) -> None:
    settings = settings_of(Account(), wechat_api_base=tencent.url)
    async with connect(settings, sessions) as client:
        await client.check_token()
    async with sessions() as session:
        row = await session.get(AccessToken, Account().appid)
    assert row
    assert len(row.token) >= 512


async def test_without_the_database_nothing_was_sent(tencent: FakeTencent, tmp_path: Path) -> None:
    engine = make_engine(f"sqlite+aiosqlite:///{tmp_path}/without-tables.db")
    settings = settings_of(Account(), wechat_api_base=tencent.url)
    async with connect(settings, make_sessions(engine)) as client:
        with pytest.raises(Unreachable):
            await client.send_text(ME, "x")
    await engine.dispose()
    assert tencent.calls[SEND] == 0
