"""What is not Tencent's, or not a message, is refused in plain text."""

import base64
import struct
from collections.abc import AsyncIterator, Callable

import pytest
from aiohttp import ClientSession
from cryptography.hazmat.primitives.ciphers import Cipher as BlockCipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from wechatpy.crypto import PrpCrypto

from gateway.channels.wechat.crypto import decode_key
from tests.fakes.tencent import Account, Answer, FakeTencent, to_xml
from tests.gateway.channels.wechat.conftest import ME, World

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
        pytest.param(with_query(msg_signature="é"), 403, id="msg_signature beyond ASCII"),
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
