"""Opening deliveries and sealing replies, in plain, compatible and safe mode.

Without an AES key the account is in plain mode, and ``signature`` says that Tencent sent it. With
one, only the ciphertext and its ``msg_signature`` are trusted, as Tencent's specification says
(消息加解密说明: 不要使用 signature 验证): ``signature`` does not cover the body. The plaintext that
compatible mode sends beside it is never read, and a delivery without ciphertext is refused.
"""

import secrets
from collections.abc import Mapping

from gateway.channels.wechat import flat_xml
from gateway.channels.wechat.crypto import Cipher, check_signature, sign
from gateway.channels.wechat.errors import Rejected
from gateway.channels.wechat.settings import WechatSettings


class Envelope:
    """Checks, opens and seals for one account."""

    def __init__(self, settings: WechatSettings) -> None:
        """Takes the token and the keys, the current one first, from enabled settings."""
        self._token = settings.token
        self._ciphers = [Cipher(key, settings.appid) for key in settings.aes_keys]

    def check(self, query: Mapping[str, str]) -> None:
        """Raises Rejected unless the query carries Tencent's signature of an address check."""
        timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        check_signature(query.get("signature"), self._token, timestamp, nonce)

    def open(self, query: Mapping[str, str], body: bytes) -> tuple[bytes, Cipher | None]:
        """Returns the plain XML and the cipher that opened it, None in plain mode.

        Raises:
            Rejected: the signature, ciphertext or mode is not what it must be.
        """
        encrypted = query.get("encrypt_type", "raw") == "aes"
        if not self._ciphers:
            self.check(query)
            if encrypted:
                raise Rejected(400, "encrypted, but WECHAT_ENCODING_AES_KEY is not set")
            return body, None
        if not encrypted:
            raise Rejected(403, "not encrypted, but WECHAT_ENCODING_AES_KEY is set")
        return self._decrypt(query, flat_xml.read(body).get("Encrypt", ""))

    def _decrypt(self, query: Mapping[str, str], encrypted: str) -> tuple[bytes, Cipher]:
        timestamp, nonce = query.get("timestamp", ""), query.get("nonce", "")
        check_signature(query.get("msg_signature"), self._token, timestamp, nonce, encrypted)
        refusal = Rejected(400, "ciphertext")
        for cipher in self._ciphers:
            try:
                return cipher.decrypt(encrypted), cipher
            except Rejected as rejected:
                refusal = rejected
        raise refusal

    def seal(self, reply: str, cipher: Cipher | None, timestamp: int) -> str:
        """Returns the reply ready to send, encrypted with the key that opened the delivery."""
        if cipher is None:
            return reply
        encrypted = cipher.encrypt(reply.encode())
        nonce = secrets.token_hex(8)
        signature = sign(self._token, str(timestamp), nonce, encrypted)
        return (
            "<xml>"
            f"<Encrypt>{flat_xml.cdata(encrypted)}</Encrypt>"
            f"<MsgSignature>{flat_xml.cdata(signature)}</MsgSignature>"
            f"<TimeStamp>{timestamp}</TimeStamp>"
            f"<Nonce>{flat_xml.cdata(nonce)}</Nonce>"
            "</xml>"
        )
