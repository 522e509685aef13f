"""What goes over the wire between Tencent and an account, by wechatpy's hand."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from typing import Any, Literal
from xml.sax.saxutils import escape

import xmltodict  # type: ignore[import-untyped]
from wechatpy.crypto import PrpCrypto, WeChatCrypto
from wechatpy.utils import WeChatSigner

Mode = Literal["plain", "compatible", "safe"]


@dataclass(frozen=True)
class Account:
    """An official account as its console has it."""

    token: str = "token-for-tests"
    appid: str = "wx1234567890abcdef"
    secret: str = "secret-for-tests"
    aes_key: str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
    mode: Mode = "safe"
    original_id: str = "gh_1234567890ab"


@dataclass(frozen=True)
class Seen:
    """One line in a citizen's chat: a passive reply, a push, a notice, or the platform's own words.

    ``items`` are the choices of a msgmenu, to be tapped.
    """

    via: Literal["passive", "push", "notice", "platform"]
    text: str
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Answer:
    """What the callback answered to one attempt; status 0 when it was too late or unreachable."""

    status: int
    body: str


def sign_query(account: Account, now: float) -> dict[str, str]:
    """Returns a signed query without anything about a body."""
    timestamp, nonce = str(int(now)), str(secrets.randbelow(10**10))
    signature = signed(account.token, timestamp, nonce)
    return {"signature": signature, "timestamp": timestamp, "nonce": nonce}


def sign_encrypted(account: Account, query: dict[str, str], encrypted: str) -> dict[str, str]:
    """Returns what a query carries besides when the body is encrypted."""
    parts = (account.token, query["timestamp"], query["nonce"], encrypted)
    return {"encrypt_type": "aes", "msg_signature": signed(*parts)}


def sign_xml(account: Account, now: float, plain: str, openid: str) -> tuple[dict[str, str], bytes]:
    """Returns the query and body that deliver any plain XML in the account's mode."""
    query = sign_query(account, now) | {"openid": openid}
    if account.mode == "plain":
        return query, plain.encode()
    encrypted = PrpCrypto(_crypto(account).key).encrypt(plain, account.appid).decode()
    body = to_xml({"ToUserName": account.original_id, "Encrypt": encrypted})
    if account.mode == "compatible":
        body = plain.replace("</xml>", f"<Encrypt>{encrypted}</Encrypt></xml>")
    return query | sign_encrypted(account, query, encrypted), body.encode()


def open_reply(account: Account, body: str) -> dict[str, str]:
    """Returns the fields of a passive reply; raises when the account's mode forbids it."""
    if account.mode != "plain":
        sealed = xmltodict.parse(body)["xml"]
        body = _crypto(account).decrypt_message(
            body, sealed["MsgSignature"], sealed["TimeStamp"], sealed["Nonce"]
        )
    fields: dict[str, str] = xmltodict.parse(body)["xml"]
    return fields


def _crypto(account: Account) -> Any:
    return WeChatCrypto(account.token, account.aes_key, account.appid)


def to_xml(fields: dict[str, str]) -> str:
    """Returns the flat XML of a delivery."""
    children = (f"<{tag}>{escape(text)}</{tag}>" for tag, text in fields.items())
    return "<xml>" + "".join(children) + "</xml>"


def signed(*parts: str) -> str:
    """Returns wechatpy's signature of the parts."""
    signer = WeChatSigner()
    signer.add_data(*parts)
    return str(signer.signature)
