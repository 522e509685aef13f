"""The API client against a strict fake: tokens, errors, and what reached Tencent."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import aiohttp
import pytest
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway.annexes import AccessToken
from gateway.channels.wechat.client import WechatClient, connect
from gateway.channels.wechat.errors import ApiError, TooLarge, Unanswered, Unreachable
from tests.fakes.tencent import QR, SEND, TOKEN, TYPING, Account, FakeTencent, Seen
from tests.gateway.channels.wechat.conftest import settings_of

ME = "citizen-1"
Sessions = async_sessionmaker[AsyncSession]


@pytest.fixture
async def tencent() -> AsyncIterator[FakeTencent]:
    """A Tencent to whom one citizen has just written."""
    async with FakeTencent(Account()) as fake:
        fake.note(fake.message(ME, "text", Content="x"))
        yield fake


@pytest.fixture
async def client(tencent: FakeTencent, sessions: Sessions) -> AsyncIterator[WechatClient]:
    """A client of that Tencent."""
    async with connect(settings_of(Account(), wechat_api_base=tencent.url), sessions) as opened:
        yield opened


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls are repeated at once."""
    monkeypatch.setattr("gateway.channels.wechat.client.FIRST_DELAY_S", 0)


async def test_chinese_and_emoji_arrive_as_written(
    tencent: FakeTencent, client: WechatClient
) -> None:
    await client.send_text(ME, '您好"😀"\n\\u4e2d')
    assert tencent.seen[ME] == [Seen("push", '您好"😀"\n\\u4e2d')]


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
    tencent: FakeTencent, sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    limit = aiohttp.ClientTimeout(total=0.3)
    monkeypatch.setattr("gateway.channels.wechat.transport.TIMEOUT", limit)
    async with connect(settings_of(Account(), wechat_api_base=tencent.url), sessions) as client:
        tencent.hold(SEND)
        with pytest.raises(Unanswered):
            await client.send_text(ME, "1")


async def test_without_a_token_nothing_was_sent(tencent: FakeTencent, client: WechatClient) -> None:
    tencent.lose_answers(TOKEN)
    with pytest.raises(Unreachable):
        await client.send_text(ME, "1")
    await client.send_text(ME, "2")
    assert [line.text for line in tencent.seen[ME]] == ["2"]


async def test_a_refused_connection_is_unreachable(
    tencent: FakeTencent, sessions: Sessions
) -> None:
    async with connect(settings_of(Account(), wechat_api_base=tencent.url), sessions) as client:
        await tencent.stop()
        with pytest.raises(Unreachable):
            await client.send_text(ME, "1")


async def test_wrong_credentials_are_named_by_their_errcode(
    tencent: FakeTencent, sessions: Sessions
) -> None:
    settings = settings_of(Account(), wechat_api_base=tencent.url, wechat_secret="wrong")
    async with connect(settings, sessions) as client:
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


# Other calls


async def test_choices_and_cards_arrive(tencent: FakeTencent, client: WechatClient) -> None:
    await client.send_menu(ME, "哪一种？", ["1. 工资", "2. 工伤"], "回复数字")
    await client.send_news(ME, "题目", "说明", "https://example.org")
    menu, card = tencent.seen[ME]
    assert menu.items == ("1. 工资", "2. 工伤")
    assert card.text == "题目\nhttps://example.org"


@pytest.mark.parametrize("trouble", ["refuse", "fail", "lose"])
async def test_what_may_be_asked_twice_is_asked_again(
    tencent: FakeTencent, client: WechatClient, trouble: str, quick: None
) -> None:
    tencent.media["m"] = b"\xff\xd8\xff picture"
    match trouble:
        case "refuse":
            tencent.refuse(QR, -1, times=2)
        case "fail":
            tencent.fail(QR, 503, times=2)
        case "lose":
            tencent.lose_answers(QR, times=2)
    code = await client.qr("village-7", 0)
    assert code.url.startswith("http://weixin.qq.com/q/")
    assert tencent.calls[QR] == 3


async def test_asking_again_ends(tencent: FakeTencent, client: WechatClient, quick: None) -> None:
    tencent.fail(QR, 503, times=100)
    with pytest.raises(Unreachable):
        await client.qr("village-7", 0)
    assert tencent.calls[QR] == 3


@pytest.mark.parametrize(("seconds", "name"), [(0, "QR_LIMIT_STR_SCENE"), (86_400, "QR_STR_SCENE")])
async def test_a_code_lasts_as_long_as_asked(
    tencent: FakeTencent, client: WechatClient, seconds: int, name: str
) -> None:
    code = await client.qr("village-7", seconds)
    request = tencent.scenes[code.ticket]
    assert request["action_name"] == name
    assert request.get("expire_seconds", 0) == seconds
    assert request["action_info"] == {"scene": {"scene_str": "village-7"}}


async def test_a_picture_is_fetched_and_a_larger_one_is_not(
    tencent: FakeTencent, client: WechatClient
) -> None:
    tencent.media["m"] = b"\xff\xd8\xff" + bytes(300_000)
    assert await client.media("m", 1_000_000) == tencent.media["m"]
    with pytest.raises(TooLarge):
        await client.media("m", 100_000)
    with pytest.raises(ApiError) as caught:
        await client.media("another", 100_000)
    assert caught.value.errcode == 40007


async def test_the_menu_is_made_read_and_taken_away(
    tencent: FakeTencent, client: WechatClient
) -> None:
    button = {"type": "click", "name": "问法律", "key": "ask_law"}
    await client.create_menu([button])
    assert await client.menu() == [button]
    await client.delete_menu()
    with pytest.raises(ApiError) as caught:
        await client.menu()
    assert caught.value.errcode == 46003
    assert tencent.menu == []


@pytest.mark.parametrize("answer", ["[]", "not json", '{"errcode": "x"}', "[" * 5_000])
async def test_an_answer_that_is_none_is_a_lost_one(
    tencent: FakeTencent, client: WechatClient, answer: str
) -> None:
    tencent.garble(SEND, answer)
    with pytest.raises(Unanswered):
        await client.send_text(ME, "x")
