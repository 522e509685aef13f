"""Encryption of pictures."""

import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from gateway.errors import UnknownAttachment

_NONCE = 12


class Vault:
    """Encrypts with AES-256-GCM; what is sealed for one message opens for no other."""

    def __init__(self, key: str) -> None:
        """Takes 64 hexadecimal characters; raises ValueError for anything else."""
        raw = bytes.fromhex(key)
        if len(raw) != 32:
            raise ValueError("must be 64 hexadecimal characters")
        self._aes = AESGCM(raw)

    def seal(self, content: bytes, conversation: str, message: int) -> bytes:
        """Returns a random nonce and the ciphertext."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._aes.encrypt(nonce, content, _bound(conversation, message))

    def open(self, sealed: bytes, conversation: str, message: int) -> bytes:
        """Returns the content; raises UnknownAttachment when it is not of this message or key."""
        try:
            bound = _bound(conversation, message)
            return self._aes.decrypt(sealed[:_NONCE], sealed[_NONCE:], bound)
        except (InvalidTag, ValueError) as error:
            raise UnknownAttachment(str(message)) from error


def _bound(conversation: str, message: int) -> bytes:
    return f"{conversation}:{message}".encode()
