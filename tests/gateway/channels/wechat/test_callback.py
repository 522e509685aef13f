"""Deliveries over real sockets: what is refused, what is answered, and by which path."""

import asyncio
import base64
import struct
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import ClientSession
from cryptography.hazmat.primitives.ciphers import Cipher as BlockCipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from sqlalchemy.exc import OperationalError
from wechatpy.crypto import PrpCrypto

from gateway.channels import Inbound, Reply, Turn
from gateway.channels.wechat.answering import Turns
from gateway.channels.wechat.crypto import decode_key
from gateway.channels.wechat.text import LIMIT, size
from gateway.channels.wechat.words import words
from gateway.errors import UnknownMessage
from tests.fakes.tencent import (
    TYPING,
    Account,
    Answer,
    FakeTencent,
    Mode,
    Seen,
    signed,
    to_xml,
)
from tests.gateway.channels.wechat.conftest import World, open_world
from tests.gateway.channels.wechat.engine import Engine, said

ME = "citizen-1"
LABEL = "（自动回复，仅供参考，不是律师意见）"
SUCCESS = [Answer(200, "success")]


def test_the_engine_of_these_tests_has_the_real_ones_methods() -> None:
    engine: Turns = Engine()
    assert engine


# The address check


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


# Modes


@pytest.mark.parametrize("mode", ["plain", "compatible", "safe"])
async def test_a_question_is_answered_in_every_mode(mode: Mode) -> None:
    async with open_world(mode) as world:
        world.engine.answer = said("您想问哪一种？", "工资", "工伤")
        await world.tencent.say(ME, "我想问问")
        choice = "1. 工资\n2. 工伤\n回复数字，或直接说。"
        expected = f"您想问哪一种？\n\n{choice}\n\n{LABEL}"
        assert world.tencent.seen[ME] == [Seen("passive", expected)]
        (inbound,) = world.engine.received
        assert (inbound.channel, inbound.citizen, inbound.text) == ("wechat", ME, "我想问问")


async def test_a_reply_is_encrypted_with_the_key_that_opened_the_delivery() -> None:
    keys: dict[str, Any] = {
        "wechat_encoding_aes_key": "b" * 43,
        "wechat_encoding_aes_key_previous": "a" * 43,
    }
    async with open_world(**keys) as world:
        for key in ("a" * 43, "b" * 43):
            world.tencent.account = replace(world.account, aes_key=key)
            await world.tencent.say(ME, "问题")
        assert [line.via for line in world.tencent.seen[ME]] == ["passive", "passive"]


async def test_in_compatible_mode_only_the_ciphertext_is_believed() -> None:
    async with open_world("compatible") as world:
        query, body = world.tencent.sign(world.tencent.message(ME, "text", Content="true"))
        forged = body.replace(b"<Content>true<", b"<Content>forged<")
        assert forged != body
        assert (await world.tencent.post(query, forged)).status == 200
        assert [inbound.text for inbound in world.engine.received] == ["true"]


async def test_plain_text_to_an_account_with_a_key_is_forbidden(world: World) -> None:
    body = to_xml(world.tencent.message(ME, "text", Content="x")).encode()
    answer = await world.tencent.post(world.tencent.sign_query(), body)
    assert answer == Answer(403, "forbidden")


async def test_ciphertext_to_an_account_without_a_key_is_a_bad_request() -> None:
    async with open_world("plain") as world:
        world.tencent.account = replace(world.account, mode="safe")
        answer = await world.tencent.attempt(world.tencent.message(ME, "text", Content="x"))
        assert answer == Answer(400, "bad request")


# Rejections

Spoil = Callable[[FakeTencent, dict[str, str], bytes], tuple[dict[str, str], bytes]]


def with_query(**changes: str) -> Spoil:
    """Changes the query."""
    return lambda _, query, body: (query | changes, body)


def upper(name: str) -> Spoil:
    """Makes a signature upper-case."""
    return lambda _, query, body: (query | {name: query[name].upper()}, body)


def without(name: str) -> Spoil:
    """Leaves a field of the query out."""
    return lambda _, query, body: ({k: v for k, v in query.items() if k != name}, body)


def with_encrypt(encrypted: str, resigned: bool) -> Spoil:
    """Replaces the ciphertext, with a signature that fits it or not."""

    def spoil(
        tencent: FakeTencent, query: dict[str, str], _: bytes
    ) -> tuple[dict[str, str], bytes]:
        if resigned:
            query = query | tencent.sign_encrypted(query, encrypted)
        return query, to_xml({"Encrypt": encrypted}).encode()

    return spoil


def with_plain(plain: str, appid: str | None = None) -> Spoil:
    """Encrypts any XML, perhaps for another account."""

    def spoil(
        tencent: FakeTencent, query: dict[str, str], _: bytes
    ) -> tuple[dict[str, str], bytes]:
        account = tencent.account
        crypto = PrpCrypto(decode_key(account.aes_key))
        encrypted = crypto.encrypt(plain, appid or account.appid).decode()
        return with_encrypt(encrypted, resigned=True)(tencent, query, b"")

    return spoil


def with_blocks(account: Account, padded: bytes) -> str:
    """Encrypts whole blocks as they are."""
    key = decode_key(account.aes_key)
    encryptor = BlockCipher(AES(key), CBC(key[:16])).encryptor()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def with_padding(last: int) -> Spoil:
    """Encrypts a good message whose padding says `last`, under good signatures."""

    def spoil(
        tencent: FakeTencent, query: dict[str, str], _: bytes
    ) -> tuple[dict[str, str], bytes]:
        account = tencent.account
        plain = b"r" * 16 + struct.pack(">I", len(GOOD)) + GOOD.encode() + account.appid.encode()
        blocks = plain + bytes([last]) * (64 - len(plain) % 32)
        encrypted = with_blocks(account, blocks)
        return with_encrypt(encrypted, resigned=True)(tencent, query, b"")

    return spoil


def with_length(length: int) -> Spoil:
    """Encrypts a message that says to be longer than it is, under good signatures."""

    def spoil(
        tencent: FakeTencent, query: dict[str, str], _: bytes
    ) -> tuple[dict[str, str], bytes]:
        account = tencent.account
        said = struct.pack(">i", length) if length < 0 else struct.pack(">I", length)
        plain = b"r" * 16 + said + GOOD.encode() + account.appid.encode()
        pad = 32 - len(plain) % 32
        encrypted = with_blocks(account, plain + bytes([pad]) * pad)
        return with_encrypt(encrypted, resigned=True)(tencent, query, b"")

    return spoil


def with_body(body: bytes) -> Spoil:
    """Replaces the body."""
    return lambda _, query, __: (query, body)


GOOD = to_xml({"ToUserName": "g", "FromUserName": "o", "MsgType": "text", "Content": "x"})
BOMB = "<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>"


@pytest.mark.parametrize(
    ("spoil", "status"),
    [
        pytest.param(with_query(signature="0" * 40), 403, id="wrong signature"),
        pytest.param(without("signature"), 403, id="missing signature"),
        pytest.param(upper("signature"), 403, id="upper-case signature"),
        pytest.param(with_query(signature="é"), 403, id="signature beyond ASCII"),
        pytest.param(with_query(msg_signature="0" * 40), 403, id="wrong msg_signature"),
        pytest.param(without("msg_signature"), 403, id="missing msg_signature"),
        pytest.param(upper("msg_signature"), 403, id="upper-case msg_signature"),
        pytest.param(without("encrypt_type"), 403, id="not said to be encrypted"),
        pytest.param(with_encrypt("AAAA", resigned=False), 403, id="tampered Encrypt"),
        pytest.param(with_plain(GOOD, "wx0000000000000000"), 403, id="another appid"),
        pytest.param(with_encrypt("*not base64*", resigned=True), 400, id="bad base64"),
        pytest.param(
            with_encrypt(base64.b64encode(b"abc").decode(), resigned=True), 400, id="3 bytes"
        ),
        pytest.param(
            with_encrypt(base64.b64encode(bytes(16)).decode(), resigned=True), 400, id="16 zeros"
        ),
        pytest.param(with_padding(0), 400, id="pad 0"),
        pytest.param(with_padding(33), 400, id="pad 33"),
        pytest.param(with_length(2**31), 400, id="length beyond the buffer"),
        pytest.param(with_length(-1), 400, id="length of 4 GiB"),
        pytest.param(with_body(b""), 400, id="no body"),
        pytest.param(with_body(b"{}"), 400, id="JSON"),
        pytest.param(with_body(BOMB.encode() + b"<xml>&b;</xml>"), 400, id="entities outside"),
        pytest.param(with_plain(BOMB + GOOD), 400, id="entities inside"),
        pytest.param(with_plain("<!DOCTYPE xml>" + GOOD), 400, id="DOCTYPE inside"),
        pytest.param(with_plain("<xml><MsgType>text</MsgType></xml>"), 400, id="nobody sent it"),
        pytest.param(with_plain("no xml"), 400, id="no XML inside"),
        pytest.param(with_body(b"x" * 65_537), 400, id="over 64 KiB"),
    ],
)
async def test_a_delivery_that_is_not_tencent_s_is_refused_in_plain_text(
    world: World, spoil: Spoil, status: int
) -> None:
    fields = world.tencent.message(ME, "text", Content="x")
    answer = await world.tencent.post(*spoil(world.tencent, *world.tencent.sign(fields)))
    assert answer == Answer(status, {403: "forbidden", 400: "bad request"}[status])
    assert world.engine.received == []


async def test_a_body_in_small_pieces_over_64_kib_is_refused(world: World) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(70):
            yield b"x" * 1024

    query, _ = world.tencent.sign(world.tencent.message(ME, "text", Content="x"))
    async with (
        ClientSession() as http,
        http.post(world.tencent.callback, params=query, data=pieces()) as response,
    ):
        assert (response.status, await response.text()) == (400, "bad request")


async def test_a_body_that_breaks_its_encoding_is_refused(world: World) -> None:
    query, _ = world.tencent.sign(world.tencent.message(ME, "text", Content="x"))
    async with (
        ClientSession() as http,
        http.post(
            world.tencent.callback,
            params=query,
            data=b"not gzip at all",
            headers={"Content-Encoding": "gzip"},
        ) as response,
    ):
        assert response.status == 400
        assert "Traceback" not in await response.text()


async def test_a_large_message_below_the_limit_is_read(world: World) -> None:
    await world.tencent.say(ME, "长" * 10_000)
    assert len(world.engine.received[0].text) == 10_000


# Five seconds


async def test_four_deliveries_at_once_are_one_turn_and_one_reply(world: World) -> None:
    world.engine.may_answer.clear()
    fields = world.tencent.message(ME, "text", Content="问题")
    attempts = [asyncio.create_task(world.tencent.attempt(fields)) for _ in range(4)]
    while len(world.engine.joined) < 4:
        await world.engine.has_joined.get()
    world.engine.may_answer.set()
    answers = await asyncio.gather(*attempts)
    texts = {world.tencent.open(answer.body)["Content"] for answer in answers}
    assert texts == {f"您可以申请劳动仲裁。\n\n{LABEL}"}
    assert len(world.engine.received) == 1
    assert list(world.engine.paths.values()) == ["passive"]


async def test_a_later_retry_gets_the_same_reply(world: World) -> None:
    fields = world.tencent.message(ME, "text", Content="问题")
    first = await world.tencent.attempt(fields)
    world.engine.answer = said("另一个回答。")
    again = await world.tencent.attempt(fields)
    assert world.tencent.open(first.body)["Content"] == world.tencent.open(again.body)["Content"]


async def test_a_late_reply_is_acknowledged_and_pushed_once() -> None:
    async with open_world(deadline=0) as world:
        world.engine.may_answer.clear()
        fields = world.tencent.message(ME, "text", Content="问题")
        assert await world.tencent.deliver(fields) == SUCCESS
        assert await world.tencent.wait_typed(1) == [ME]
        assert world.tencent.seen[ME] == []
        assert await world.tencent.attempt(fields) == SUCCESS[0]
        world.engine.may_answer.set()
        (line,) = await world.tencent.wait_seen(ME, 1)
        assert line == Seen("push", f"您可以申请劳动仲裁。\n\n{LABEL}")
        assert await world.tencent.attempt(fields) == SUCCESS[0]
        assert len(world.tencent.seen[ME]) == 1
        assert len(world.engine.received) == 1


async def test_once_pushed_a_retry_in_good_time_is_only_acknowledged(world: World) -> None:
    fields = world.tencent.message(ME, "text", Content="问题")
    key = f"wechat:{fields['MsgId']}"
    world.engine.paths[key] = "push"
    assert await world.tencent.deliver(fields) == SUCCESS
    await world.tencent.wait_seen(ME, 1)
    assert [line.via for line in world.tencent.seen[ME]] == ["push"]


async def test_a_late_retry_of_an_answered_message_gets_the_same_reply() -> None:
    async with open_world(deadline=0) as world:
        fields = world.tencent.message(ME, "text", Content="问题")
        world.engine.paths[f"wechat:{fields['MsgId']}"] = "passive"
        world.engine.may_answer.clear()
        world.engine.on_claim = world.engine.may_answer.set
        await world.tencent.deliver(fields)
        assert world.tencent.seen[ME] == [Seen("passive", f"您可以申请劳动仲裁。\n\n{LABEL}")]


async def test_the_platform_gives_up_on_a_silent_gateway_and_says_so() -> None:
    """The fake does what the real one does, else the other tests prove nothing."""
    gave_up: asyncio.Queue[None] = asyncio.Queue()
    for _ in range(3):
        gave_up.put_nowait(None)
    async with open_world(patience=gave_up.get) as world:
        world.engine.may_answer.clear()
        answers = await world.tencent.say(ME, "问题")
        assert [answer.status for answer in answers] == [0, 0, 0]
        assert [line.via for line in world.tencent.seen[ME]] == ["platform"]


async def test_a_slow_typing_call_delays_nobody() -> None:
    async with open_world(deadline=0) as world:
        world.tencent.hold(TYPING)
        world.engine.may_answer.clear()
        assert await world.tencent.say(ME, "问题") == SUCCESS


# What can go wrong behind


async def test_a_failing_engine_is_admitted(world: World) -> None:
    async def fail(_: Inbound) -> Turn:
        raise RuntimeError("broken")

    world.engine.answer = fail
    await world.tencent.say(ME, "问题")
    assert world.tencent.seen[ME] == [Seen("passive", words().trouble)]


async def test_a_turn_without_words_is_admitted(world: World) -> None:
    async def fail(inbound: Inbound) -> Turn:
        return Turn(inbound.dedup_key, "error", None)

    world.engine.answer = fail
    await world.tencent.say(ME, "问题")
    assert world.tencent.seen[ME] == [Seen("passive", words().trouble)]


async def test_an_error_with_words_is_answered_with_them(world: World) -> None:
    async def fail(inbound: Inbound) -> Turn:
        return Turn(inbound.dedup_key, "error", Reply("1", "现在答不了。", (), "system"))

    world.engine.answer = fail
    await world.tencent.say(ME, "问题")
    assert world.tencent.seen[ME] == [Seen("passive", "现在答不了。")]


@pytest.mark.parametrize("deadline", [0, 4])
async def test_a_path_that_cannot_be_claimed_is_admitted(deadline: float) -> None:
    async with open_world(deadline=deadline) as world:
        world.engine.claim_error = OperationalError("UPDATE", None, Exception("away"))
        await world.tencent.say(ME, "问题")
        assert world.tencent.seen[ME] == [Seen("passive", words().trouble)]


@pytest.mark.parametrize("deadline", [0, 4])
async def test_whoever_was_erased_meanwhile_is_not_answered(deadline: float) -> None:
    async with open_world(deadline=deadline) as world:
        world.engine.claim_error = UnknownMessage()
        await world.tencent.say(ME, "问题")
        assert world.tencent.seen[ME] == []


async def test_a_message_that_is_not_stored_in_time_is_delivered_again() -> None:
    """Words of trouble would be an answer beside the one that is still to come."""
    async with open_world(deadline=0) as world:
        world.engine.may_answer.clear()
        world.engine.claim_error = UnknownMessage()
        fields = world.tencent.message(ME, "text", Content="问题")
        assert (await world.tencent.attempt(fields)).status == 503
        world.engine.claim_error = None
        assert await world.tencent.attempt(fields) == SUCCESS[0]
        world.engine.may_answer.set()


async def test_a_database_that_hangs_is_admitted_in_time() -> None:
    async with open_world(deadline=0) as world:
        world.engine.may_claim.clear()
        await world.tencent.say(ME, "问题")
        assert world.tencent.seen[ME] == [Seen("passive", words().trouble)]


async def test_nothing_is_said_while_a_lawyer_owns_the_chat(world: World) -> None:
    async def keep_silent(inbound: Inbound) -> Turn:
        return Turn(inbound.dedup_key, "silent", None)

    world.engine.answer = keep_silent
    assert await world.tencent.say(ME, "在吗") == SUCCESS
    assert world.tencent.seen[ME] == []


# Length and characters


async def test_markup_in_a_reply_stays_text(world: World) -> None:
    text = "]]></Content></xml><b>&amp;\x00\x0b\ud800。"
    world.engine.answer = said(text)
    await world.tencent.say(ME, "问题")
    expected = f"]]></Content></xml><b>&amp;。\n\n{LABEL}"
    assert world.tencent.seen[ME] == [Seen("passive", expected)]


async def test_a_reply_of_exactly_the_limit_is_passive(world: World) -> None:
    room = LIMIT - size(f"\n\n{LABEL}")
    world.engine.answer = said("好" * (room // 3) + "a" * (room % 3))
    await world.tencent.say(ME, "问题")
    (line,) = world.tencent.seen[ME]
    assert (line.via, size(line.text)) == ("passive", LIMIT)


async def test_a_longer_reply_is_pushed_whole_in_numbered_parts(world: World) -> None:
    world.engine.answer = said("这是一句话。" * 150)
    assert await world.tencent.say(ME, "问题") == SUCCESS
    one, two = await world.tencent.wait_seen(ME, 2)
    assert (one.via, two.via) == ("push", "push")
    assert one.text.startswith("(1/2)\n")
    assert two.text.startswith("(2/2)\n")
    assert (one.text + two.text).count("这是一句话。") == 150
    assert LABEL in two.text


# Events and other kinds


async def test_whoever_leaves_is_erased(world: World) -> None:
    assert await world.tencent.event(ME, "unsubscribe") == SUCCESS
    assert world.engine.erased == [("wechat", ME)]


async def test_an_erasure_that_failed_is_delivered_again(world: World) -> None:
    world.engine.erase_error = RuntimeError("no database")
    answers = await world.tencent.event(ME, "unsubscribe")
    assert [answer.status for answer in answers] == [503, 503, 503]
    assert {answer.body for answer in answers} == {"try again"}


@pytest.mark.parametrize("key", ["ask_law", "apply_aid", "find_lawyer"])
async def test_a_menu_button_is_its_words(world: World, key: str) -> None:
    await world.tencent.event(ME, "CLICK", key)
    assert [inbound.text for inbound in world.engine.received] == [words().menu[key].says]
    assert [line.via for line in world.tencent.seen[ME]] == ["passive"]


async def test_a_menu_button_delivered_twice_is_one_turn(world: World) -> None:
    fields = world.tencent.message(ME, "event", Event="CLICK", EventKey="ask_law")
    await asyncio.gather(world.tencent.attempt(fields), world.tencent.attempt(fields))
    assert len(world.engine.received) == 1


async def test_an_unknown_menu_button_is_answered(world: World) -> None:
    await world.tencent.event(ME, "CLICK", "old_button")
    assert world.tencent.seen[ME] == [Seen("passive", words().not_understood.reply)]


@pytest.mark.parametrize("event", ["VIEW", "LOCATION", "TEMPLATESENDJOBFINISH", "new"])
async def test_other_events_are_acknowledged(world: World, event: str) -> None:
    assert await world.tencent.event(ME, event, "key") == SUCCESS
    assert world.engine.received == []


def test_the_fake_signs_as_wechatpy_does() -> None:
    assert signed("b", "a") == signed("a", "b")
