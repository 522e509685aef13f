"""Signatures and encryption of the official-account protocol.

Messages are AES-256-CBC with the key's first 16 bytes as IV, padded in the manner of PKCS7 to
blocks of 32 bytes. The plaintext is 16 random bytes, the message's length as a big-endian uint32,
the message, and the account's appid.
"""

import base64
import hashlib
import hmac
import re
import secrets
import struct

from cryptography.hazmat.primitives.ciphers import Cipher as BlockCipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CBC

from gateway.channels.wechat.errors import Rejected

_BLOCK = 32
_RANDOM = 16
_HEADER = _RANDOM + 4
_KEY = re.compile("[A-Za-z0-9+/]{43}")


def sign(*parts: str) -> str:
    """Returns the lower-case hex SHA-1 of the sorted, joined parts."""
    joined = "".join(sorted(parts)).encode("utf-8", "replace")
    return hashlib.sha1(joined, usedforsecurity=False).hexdigest()


def check_signature(given: str | None, *parts: str) -> None:
    """Raises Rejected unless `given` is exactly `sign(*parts)`; takes constant time."""
    if not hmac.compare_digest((given or "").encode("utf-8", "replace"), sign(*parts).encode()):
        raise Rejected(403, "signature")


def decode_key(encoding_aes_key: str) -> bytes:
    """Returns the 32-byte AES key of an EncodingAESKey.

    Raises:
        ValueError: it is not 43 base64 characters.
    """
    if not _KEY.fullmatch(encoding_aes_key):
        raise ValueError(f"must be 43 base64 characters, not these {len(encoding_aes_key)}")
    return base64.b64decode(encoding_aes_key + "=")


class Cipher:
    """Encrypts and decrypts for one account with one key."""

    def __init__(self, encoding_aes_key: str, appid: str) -> None:
        """Raises ValueError when the key is not 43 base64 characters."""
        key = decode_key(encoding_aes_key)
        self._aes = BlockCipher(AES(key), CBC(key[:16]))
        self._appid = appid.encode()

    def encrypt(self, message: bytes) -> str:
        """Returns the base64 text that goes into `<Encrypt>`."""
        header = secrets.token_bytes(_RANDOM) + struct.pack(">I", len(message))
        plain = header + message + self._appid
        pad = _BLOCK - len(plain) % _BLOCK
        encryptor = self._aes.encryptor()
        data = encryptor.update(plain + bytes([pad]) * pad) + encryptor.finalize()
        return base64.b64encode(data).decode()

    def decrypt(self, encrypted: str) -> bytes:
        """Returns the message.

        Raises:
            Rejected: bad base64, length, padding or message length, or another account's appid.
        """
        try:
            data = base64.b64decode(encrypted, validate=True)
        except ValueError:
            raise Rejected(400, "base64") from None
        if not data or len(data) % _BLOCK:
            raise Rejected(400, "ciphertext length")
        decryptor = self._aes.decryptor()
        plain = _unpad(decryptor.update(data) + decryptor.finalize())
        if len(plain) < _HEADER:
            raise Rejected(400, "plaintext length")
        (length,) = struct.unpack(">I", plain[_RANDOM:_HEADER])
        end = _HEADER + length
        if end > len(plain):
            raise Rejected(400, "message length")
        if not hmac.compare_digest(plain[end:], self._appid):
            raise Rejected(403, "appid")
        return plain[_HEADER:end]


def _unpad(plain: bytes) -> bytes:
    pad = plain[-1]
    if not 1 <= pad <= _BLOCK or plain[-pad:] != bytes([pad]) * pad:
        raise Rejected(400, "padding")
    return plain[:-pad]
