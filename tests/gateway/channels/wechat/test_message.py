"""Deliveries become one record each; replies are XML that cannot be broken out of."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wechatpy import parse_message

from gateway.channels.wechat.errors import Rejected
from gateway.channels.wechat.message import Message, parse, text_reply
from gateway.channels.wechat.text import clean
from tests.fakes.tencent import Account, FakeTencent, to_xml

TENCENT = FakeTencent(Account(), clock=lambda: 1_790_000_000)


def parsed(kind: str, **fields: str) -> Message:
    """Returns what we make of a delivery."""
    return parse(to_xml(TENCENT.message("o1", kind, **fields)).encode())


@given(st.text().map(clean))
def test_a_text_is_read_as_wechatpy_reads_it(text: str) -> None:
    body = to_xml(TENCENT.message("o1", "text", Content=text))
    theirs: Any = parse_message(body)
    ours = parse(body.encode())
    assert (ours.openid, ours.account) == (theirs.source, theirs.target)
    assert ours.text == (theirs.content or "").strip()
    assert ours.dedup_key == f"wechat:{theirs.id}"


WORDS = st.text(max_size=40).map(clean)
KEYS = st.text(alphabet="abcXYZ_-019", min_size=1, max_size=30)


@given(
    kind=st.sampled_from(["text", "image", "voice", "video", "location", "link"]), data=st.data()
)
def test_every_kind_is_read_as_wechatpy_reads_it(kind: str, data: st.DataObject) -> None:
    fields = {
        "text": {"Content": data.draw(WORDS)},
        "image": {"PicUrl": "http://x.cn/a", "MediaId": data.draw(KEYS)},
        "voice": {"MediaId": data.draw(KEYS), "Format": "amr", "Recognition": data.draw(WORDS)},
        "video": {"MediaId": data.draw(KEYS), "ThumbMediaId": "t"},
        "location": {
            "Location_X": "40.8",
            "Location_Y": "111.6",
            "Scale": "20",
            "Label": data.draw(WORDS),
        },
        "link": {"Title": data.draw(WORDS), "Description": "d", "Url": "http://x.cn"},
    }[kind]
    body = to_xml(TENCENT.message("o1", kind, **fields))
    theirs: Any = parse_message(body)
    ours = parse(body.encode())
    assert (ours.kind, ours.openid, ours.account) == (theirs.type, theirs.source, theirs.target)
    assert ours.dedup_key == f"wechat:{theirs.id}"
    if kind in ("image", "voice", "video"):
        assert ours.media == theirs.media_id
    if kind in ("text", "voice"):
        spoken = theirs.content if kind == "text" else theirs.recognition
        assert ours.text == (spoken or "").strip()
    if kind == "location":
        assert ours.place == (theirs.label or "").strip()


@pytest.mark.parametrize(
    ("event", "key", "theirs_name", "scene"),
    [
        ("subscribe", "", "subscribe", ""),
        ("subscribe", "qrscene_village-7", "subscribe_scan", "village-7"),
        ("SCAN", "village-7", "scan", "village-7"),
        ("unsubscribe", "", "unsubscribe", ""),
        ("CLICK", "ask_law", "click", ""),
        ("VIEW", "http://x.cn", "view", ""),
    ],
)
def test_every_event_is_read_as_wechatpy_reads_it(
    event: str, key: str, theirs_name: str, scene: str
) -> None:
    fields = TENCENT.message("o1", "event", Event=event, EventKey=key)
    if scene:
        fields["Ticket"] = "t"
    theirs: Any = parse_message(to_xml(fields))
    ours = parse(to_xml(fields).encode())
    assert theirs.event == theirs_name
    assert (ours.event, ours.scene) == (event, scene)
    if scene:
        assert theirs.scene_id == scene


def test_voice_is_text_when_tencent_recognised_it_and_nothing_otherwise() -> None:
    assert parsed("voice", MediaId="m", Recognition="老板不给钱").text == "老板不给钱"
    assert parsed("voice", MediaId="m", Recognition="").text == ""
    assert parsed("voice", MediaId="m").text == ""


def test_a_tapped_menu_item_is_a_text() -> None:
    assert parsed("text", Content="1", bizmsgmenuid="101").text == "1"


@pytest.mark.parametrize("kind", ["image", "location", "link", "video", "hologram"])
def test_other_kinds_have_no_text(kind: str) -> None:
    message = parsed(kind, Content="x")
    assert (message.kind, message.text) == (kind, "")


def test_an_event_is_told_apart_by_who_when_what_and_key() -> None:
    event = {"ToUserName": "gh", "FromUserName": "o1", "CreateTime": "1", "MsgType": "event"}
    click = event | {"Event": "CLICK", "EventKey": "ask_law"}
    changes = [
        {},
        {"FromUserName": "o2"},
        {"CreateTime": "2"},
        {"Event": "VIEW"},
        {"EventKey": "other"},
    ]
    keys = [parse(to_xml(click | change).encode()).dedup_key for change in changes]
    assert len(set(keys)) == len(changes)
    assert parse(to_xml(click).encode()).dedup_key == keys[0]
    assert max(map(len, keys)) < 100


def test_a_message_without_an_id_is_not_mistaken_for_another() -> None:
    fields = {"ToUserName": "gh", "FromUserName": "o1", "CreateTime": "1", "MsgType": "text"}
    one = parse(to_xml(fields | {"Content": "a"}).encode())
    two = parse(to_xml(fields | {"Content": "b"}).encode())
    assert one.dedup_key != two.dedup_key


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"not xml",
        b"<xml>",
        b"<xml><MsgType>text</MsgType></xml>",
        b"<html></html>",
        b"\xff\xfe\x00",
        b"<?xml version='1.0' encoding='no-such'?><xml/>",
        b"<!DOCTYPE xml><xml/>",
        b"<!DOCTYPE x [<!ENTITY e 'v'>]><xml><Content>&e;</Content></xml>",
        b"<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><xml><Content>&e;</Content></xml>",
        to_xml(TENCENT.message("o" * 65, "text", Content="x")).encode(),
        to_xml(TENCENT.message("o1", "text", Content="x") | {"MsgId": "1" * 65}).encode(),
        to_xml(TENCENT.message("o1", "image", MediaId="m" * 201)).encode(),
    ],
)
def test_what_is_no_safe_complete_message_is_rejected(body: bytes) -> None:
    with pytest.raises(Rejected) as caught:
        parse(body)
    assert caught.value.status == 400


@given(st.binary(max_size=200))
def test_random_bytes_raise_nothing_but_rejected(body: bytes) -> None:
    with pytest.raises(Rejected):
        parse(body)


@given(st.text(alphabet=st.sampled_from("]>[<&'\"!CDATA 好\x00\x0b\ud800\ufffe😀")))
def test_any_text_comes_out_of_a_reply_as_it_went_in(text: str) -> None:
    text = clean(text)
    message = parsed("text", Content="x")
    reply = parse(text_reply(message, text, 1_790_000_000).encode())
    assert (reply.openid, reply.account, reply.kind) == ("gh_1234567890ab", "o1", "text")
    assert reply.text == text


def test_a_reply_cannot_add_fields() -> None:
    evil = "]]></Content><MsgType>image</MsgType><Content>"
    reply = parse(text_reply(parsed("text", Content="x"), evil, 1).encode())
    assert (reply.kind, reply.text) == ("text", evil)
