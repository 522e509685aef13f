"""The API client against a strict fake: errors, and what reached Tencent."""

import aiohttp
import pytest
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway.channels.wechat.client import WechatClient, connect
from gateway.channels.wechat.errors import ApiError, TooLarge, Unanswered, Unreachable
from tests.fakes.tencent import QR, SEND, TYPING, Account, FakeTencent, Seen
from tests.gateway.channels.wechat.conftest import ME, settings_of

Sessions = async_sessionmaker[AsyncSession]


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Calls are repeated at once."""
    monkeypatch.setattr("gateway.channels.wechat.client.FIRST_DELAY_S", 0)


async def test_chinese_and_emoji_arrive_as_written(
    tencent: FakeTencent, client: WechatClient
) -> None:
    await client.send_text(ME, '您好"😀"\n\\u4e2d')
    assert tencent.seen[ME] == [Seen("push", '您好"😀"\n\\u4e2d')]


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


async def test_a_refused_connection_is_unreachable(
    tencent: FakeTencent, sessions: Sessions
) -> None:
    async with connect(settings_of(Account(), wechat_api_base=tencent.url), sessions) as client:
        await tencent.stop()
        with pytest.raises(Unreachable):
            await client.send_text(ME, "1")


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
