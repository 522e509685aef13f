"""The published examples, and wechatpy as a second opinion, on every mode and key.

The examples are Tencent's own: 消息加解密说明,
https://developers.weixin.qq.com/doc/service/guide/dev/push/encryption.html
"""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException, InvalidSignatureException

from gateway.channels.wechat.crypto import Cipher, sign
from gateway.channels.wechat.envelope import Envelope
from gateway.channels.wechat.errors import Rejected
from gateway.channels.wechat.message import parse
from gateway.channels.wechat.text import clean
from tests.fakes.tencent import Account, FakeTencent, Mode, to_xml
from tests.gateway.channels.wechat.conftest import settings_of

TOKEN, KEY, APPID = "AAAAA", "A" * 43, "wxba5fad812f8e6fb9"
DELIVERED = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcv"
    "ZqzDpVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3F"
    "n2Pede2IuQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSe"
    "OBrebufAlr7F9mFUPAJGj04="
)
REPLIED = "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
ACCOUNT = replace(Account(), token=TOKEN, aes_key=KEY, appid=APPID)
QUERY = {
    "timestamp": "1714112445",
    "nonce": "415670741",
    "encrypt_type": "aes",
    "msg_signature": "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3",
}
OLD_KEY = "b" * 43


def envelope(account: Account = ACCOUNT, **more: Any) -> Envelope:
    """Returns our side of an account."""
    return Envelope(settings_of(account, **more))


def published() -> bytes:
    """Returns the body of the published delivery."""
    return to_xml({"ToUserName": "gh_97417a04a28d", "Encrypt": DELIVERED}).encode()


# Tencent's examples


def test_the_published_address_check_is_accepted() -> None:
    query = {"timestamp": "1714037059", "nonce": "486452656"}
    signature = "899cf89e464efb63f54ddac96b0a0a235f53aa78"
    envelope().check(query | {"signature": signature})
    with pytest.raises(Rejected):
        envelope().check(query | {"signature": signature.upper()})


@pytest.mark.parametrize(
    "signature", [{}, {"signature": "6c5c811b55cc85e0e1b54100749188c20beb3f5d"}, {"signature": "x"}]
)
def test_the_published_delivery_is_opened_by_its_msg_signature(signature: dict[str, str]) -> None:
    """不要使用 signature 验证: it does not cover the body."""
    plain, cipher = envelope().open(QUERY | signature, published())
    assert b'"debug_str":"hello world"' in plain.replace(b'": "', b'":"')
    assert cipher is not None


@pytest.mark.parametrize("changed", [{"timestamp": "1714112446"}, {"nonce": "1"}])
def test_a_signature_for_another_moment_is_forbidden(changed: dict[str, str]) -> None:
    with pytest.raises(Rejected) as caught:
        envelope().open(QUERY | changed, published())
    assert caught.value.status == 403


def test_the_published_reply_is_read_and_signed_as_published() -> None:
    assert Cipher(KEY, APPID).decrypt(REPLIED) == b'{"demo_resp":"good luck"}'
    signature = sign(TOKEN, "1713424427", "415670741", REPLIED)
    assert signature == "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"


def test_an_old_delivery_is_opened() -> None:
    """The specification sets no age; a repetition is recognised by its MsgId."""
    assert envelope().open(QUERY, published())


# The second opinion

TEXTS = st.text(min_size=1).map(clean).filter(bool)


@pytest.mark.parametrize("mode", ["compatible", "safe"])
@pytest.mark.parametrize("key", [KEY, OLD_KEY])
@given(text=TEXTS)
def test_what_wechatpy_opens_we_open_to_the_same(mode: Mode, key: str, text: str) -> None:
    account = replace(ACCOUNT, mode=mode, aes_key=key)
    tencent = FakeTencent(account)
    query, body = tencent.sign(tencent.message("o1", "text", Content=text))
    current = settings_of(replace(ACCOUNT, aes_key=KEY), wechat_encoding_aes_key_previous=OLD_KEY)
    plain, cipher = Envelope(current).open(query, body)
    theirs = WeChatCrypto(TOKEN, key, APPID).decrypt_message(
        body, query["msg_signature"], query["timestamp"], query["nonce"]
    )
    assert plain.decode() == theirs
    assert parse(plain).text == (parse_message(theirs).content or "").strip()
    sealed = Envelope(current).seal("<xml>答</xml>", cipher, 1_714_112_445)
    assert tencent_reads(account, sealed) == "<xml>答</xml>"


def tencent_reads(account: Account, sealed: str) -> str:
    """Returns a sealed reply as wechatpy opens it."""
    fields = {name: sealed.split(f"<{name}>")[1].split("<")[0] for name in ("TimeStamp",)}
    for name in ("MsgSignature", "Nonce"):
        fields[name] = sealed.split(f"<{name}><![CDATA[")[1].split("]]>")[0]
    crypto = WeChatCrypto(account.token, account.aes_key, account.appid)
    return str(
        crypto.decrypt_message(sealed, fields["MsgSignature"], fields["TimeStamp"], fields["Nonce"])
    )


@pytest.mark.parametrize(
    ("spoil", "theirs", "status"),
    [
        ({"appid": "wx0000000000000000"}, InvalidAppIdException, 403),
        ({"token": "another"}, InvalidSignatureException, 403),
    ],
)
def test_what_wechatpy_refuses_we_refuse(
    spoil: dict[str, str], theirs: type[Exception], status: int
) -> None:
    tencent = FakeTencent(replace(ACCOUNT, **spoil))  # type: ignore[arg-type]
    query, body = tencent.sign(tencent.message("o1", "text", Content="x"))
    with pytest.raises(theirs):
        WeChatCrypto(TOKEN, KEY, APPID).decrypt_message(
            body, query["msg_signature"], query["timestamp"], query["nonce"]
        )
    with pytest.raises(Rejected) as caught:
        envelope().open(query, body)
    assert caught.value.status == status


@pytest.mark.parametrize("key", ["c" * 43])
def test_a_key_that_is_neither_the_current_nor_the_previous_opens_nothing(key: str) -> None:
    tencent = FakeTencent(replace(ACCOUNT, aes_key=key))
    query, body = tencent.sign(tencent.message("o1", "text", Content="x"))
    with pytest.raises(Rejected):
        envelope(wechat_encoding_aes_key_previous=OLD_KEY).open(query, body)


# Shapes that XML allows


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<![CDATA[]]>", ""),
        ("<![CDATA[a]]]]><![CDATA[>b]]>", "a]]>b"),
        ("a<![CDATA[<b>]]>c", "a<b>c"),
        ("<![CDATA[a]]>\n", "a"),
        ("<![CDATA[第一行\n第二行]]>", "第一行\n第二行"),
        ("&lt;xml&gt;&#128512;", "<xml>😀"),
        ("a<!-- c -->b<?p i?>", "ab"),
        ("<![CDATA[👨‍👩‍👧‍👦𠮷]]>", "👨‍👩‍👧‍👦𠮷"),
    ],
)
def test_a_text_is_read_in_whatever_way_it_is_written(content: str, text: str) -> None:
    body = f"""<?xml version="1.0" encoding="UTF-8"?>
        <xml> <ToUserName><![CDATA[g]]></ToUserName><FromUserName><![CDATA[o]]></FromUserName>
        <CreateTime>1348831860</CreateTime><MsgType><![CDATA[text]]></MsgType>
        <Content>{content}</Content><MsgId>1234567890123456</MsgId> </xml>"""
    message = parse(body.strip().encode())
    assert (message.text, message.dedup_key) == (text, "wechat:1234567890123456")
    assert message.created == 1_348_831_860


@pytest.mark.parametrize("created", ["", "x", "-1", "９", "1" * 11, " 1348831860 "])
def test_a_time_that_is_none_is_no_reason_to_refuse(created: str) -> None:
    fields = {"ToUserName": "g", "FromUserName": "o", "MsgType": "text", "CreateTime": created}
    assert parse(to_xml(fields).encode()).created in (0, 1_348_831_860)


def test_space_around_a_field_is_no_part_of_it() -> None:
    """As wechatpy reads it; a delivery that somebody has indented is still Tencent's."""
    body = f"<xml>\n <Encrypt>\n  <![CDATA[{DELIVERED}]]>\n </Encrypt>\n</xml>".encode()
    assert envelope().open(QUERY, body)
    fields = {"ToUserName": " g ", "FromUserName": "\no\n", "MsgType": " text ", "MsgId": " 7 "}
    message = parse(to_xml(fields | {"Content": " 您好 "}).encode())
    assert (message.openid, message.kind, message.text) == ("o", "text", "您好")
    assert message.dedup_key == "wechat:7"
