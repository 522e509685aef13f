"""The cryptography agrees with wechatpy's and refuses everything else."""

import base64
import struct

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher as BlockCipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC
from hypothesis import given
from hypothesis import strategies as st
from wechatpy.crypto import PrpCrypto

from gateway.channels.wechat.crypto import Cipher, check_signature, decode_key, sign
from gateway.channels.wechat.errors import Rejected
from tests.fakes.tencent import Account, signed

ACCOUNT = Account()
OURS = Cipher(ACCOUNT.aes_key, ACCOUNT.appid)
KEY = decode_key(ACCOUNT.aes_key)
THEIRS = PrpCrypto(KEY)


def encrypt_raw(padded: bytes) -> str:
    """Encrypts blocks as they are."""
    encryptor = BlockCipher(AES(KEY), CBC(KEY[:16])).encryptor()
    return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()


def framed(message: bytes, appid: str = ACCOUNT.appid, length: int | None = None) -> bytes:
    """Returns the plaintext before padding."""
    size = len(message) if length is None else length
    return b"r" * 16 + struct.pack(">I", size) + message + appid.encode()


def padded(plain: bytes) -> bytes:
    """Returns the plaintext with correct padding."""
    pad = 32 - len(plain) % 32
    return plain + bytes([pad]) * pad


@given(st.text(min_size=1).filter(lambda text: text.encode("utf-8", "ignore").decode() == text))
def test_wechatpy_reads_what_we_encrypt_and_we_read_what_it_encrypts(text: str) -> None:
    assert THEIRS.decrypt(OURS.encrypt(text.encode()), ACCOUNT.appid) == text
    assert OURS.decrypt(THEIRS.encrypt(text, ACCOUNT.appid).decode()) == text.encode()


@pytest.mark.parametrize("size", range(33))
def test_every_length_of_padding_is_read(size: int) -> None:
    message = b"x" * size
    assert OURS.decrypt(encrypt_raw(padded(framed(message)))) == message


@pytest.mark.parametrize(
    ("encrypted", "reason"),
    [
        ("这不是base64", "base64"),
        ("!!!!", "base64"),
        ("AAA", "base64"),
        ("", "ciphertext length"),
        (base64.b64encode(b"abc").decode(), "ciphertext length"),
        (base64.b64encode(bytes(16)).decode(), "ciphertext length"),
        (base64.b64encode(bytes(32)).decode(), "padding"),
        (encrypt_raw(framed(b"<xml/>") + b"r" * 19 + bytes([0])), "padding"),
        (encrypt_raw(bytes(31) + bytes([33])), "padding"),
        (encrypt_raw(b"r" * 60 + bytes([1, 2, 3, 4])), "padding"),
        (encrypt_raw(bytes([32]) * 32), "plaintext length"),
        (encrypt_raw(padded(b"r" * 19)), "plaintext length"),
        (encrypt_raw(padded(framed(b"<xml/>", length=7_000))), "message length"),
        (encrypt_raw(padded(framed(b"<xml/>", length=2**32 - 1))), "message length"),
        (encrypt_raw(padded(framed(b"<xml/>", appid="wx0000000000000000"))), "appid"),
        (encrypt_raw(padded(framed(b"<xml/>", appid=""))), "appid"),
        (encrypt_raw(padded(framed(b"<xml/>", length=5))), "appid"),
    ],
)
def test_a_bad_ciphertext_is_rejected_by_name(encrypted: str, reason: str) -> None:
    with pytest.raises(Rejected) as caught:
        OURS.decrypt(encrypted)
    assert caught.value.reason == reason
    assert caught.value.status == (403 if reason == "appid" else 400)


@given(st.binary(max_size=300))
def test_random_bytes_raise_nothing_but_rejected(data: bytes) -> None:
    with pytest.raises(Rejected):
        OURS.decrypt(base64.b64encode(data).decode())


@pytest.mark.parametrize("key", ["a" * 42, "a" * 44, "", "a" * 42 + "=", "钥" * 43, "a" * 42 + "-"])
def test_a_key_that_is_not_43_base64_characters_is_refused(key: str) -> None:
    with pytest.raises(ValueError, match="must"):
        Cipher(key, "wx1")


def test_every_last_character_of_a_key_gives_32_bytes() -> None:
    """The last of 43 characters holds two bits too many; consoles hand out any of them."""
    for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789":
        assert len(decode_key("a" * 42 + last)) == 32


@given(st.text(), st.text(), st.text())
def test_signatures_agree_with_wechatpy(token: str, timestamp: str, nonce: str) -> None:
    assert sign(token, timestamp, nonce) == signed(token, timestamp, nonce)


@pytest.mark.parametrize("spoil", [str.upper, lambda _: None, lambda _: "", lambda s: s + "é"])
def test_a_wrong_missing_or_upper_case_signature_is_rejected(spoil) -> None:  # type: ignore[no-untyped-def]
    good = sign("token", "1", "2")
    check_signature(good, "token", "1", "2")
    with pytest.raises(Rejected):
        check_signature(spoil(good), "token", "1", "2")
