"""What Tencent delivers, as one frozen record, and the passive text reply to it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from gateway.channels.wechat import flat_xml
from gateway.channels.wechat.errors import Rejected

_LONGEST_OPENID = 64  # they have 28 characters
_LONGEST_ID = 64  # they have up to 20 digits
_LONGEST_MEDIA = 200  # they have 64 characters
_LONGEST_TIME = 10
_SCENE = "qrscene_"


@dataclass(frozen=True)
class Message:
    """One message or event.

    Attributes:
        account: our account's own id, the sender of any reply.
        openid: the citizen.
        kind: Tencent's MsgType: text, image, voice, location, link, event, …
        text: what the citizen wrote or, where Tencent recognised it, said; "" when neither.
        event: subscribe, SCAN, unsubscribe, CLICK, VIEW, …; "" for a message.
        event_key: the menu key or QR scene; "" when there is none.
        dedup_key: the same for every delivery of the same message.
        media: Tencent's id of a picture or recording; "" when there is none.
        place: the address that goes with a location, as the phone's map wrote it.
        created: when it was sent, in Tencent's Unix seconds; 0 when that is not said.
        tapped: an item of a msgmenu was tapped; Tencent then allows as little as after a menu.
    """

    account: str
    openid: str
    kind: str
    text: str
    event: str
    event_key: str
    dedup_key: str
    media: str = ""
    place: str = ""
    created: int = 0
    tapped: bool = False

    @property
    def sent_at(self) -> datetime | None:
        """When it was sent, by Tencent's clock."""
        return datetime.fromtimestamp(self.created, UTC) if self.created else None

    @property
    def scene(self) -> str:
        """The QR code that was scanned; "" when none was."""
        match self.event.lower():
            case "scan":
                return self.event_key
            case "subscribe" if self.event_key.startswith(_SCENE):
                return self.event_key.removeprefix(_SCENE)
        return ""


def parse(body: bytes) -> Message:
    """Returns the message in a plain (already decrypted) delivery.

    Raises:
        Rejected: it is not a safe, complete message.
    """
    fields = flat_xml.read(body)
    if not all(fields.get(name) for name in ("ToUserName", "FromUserName", "MsgType")):
        raise Rejected(400, "missing field")
    longest = {"FromUserName": _LONGEST_OPENID, "MsgId": _LONGEST_ID, "MediaId": _LONGEST_MEDIA}
    if any(len(fields.get(name, "")) > limit for name, limit in longest.items()):
        raise Rejected(400, "overlong field")
    kind = fields["MsgType"]
    spoken = fields.get("Recognition", "") if kind == "voice" else ""
    return Message(
        account=fields["ToUserName"],
        openid=fields["FromUserName"],
        kind=kind,
        text=fields.get("Content", "") if kind == "text" else spoken,
        event=fields.get("Event", "") if kind == "event" else "",
        event_key=fields.get("EventKey", ""),
        dedup_key=_dedup_key(fields),
        media=fields.get("MediaId", ""),
        place=fields.get("Label", "") if kind == "location" else "",
        created=_seconds(fields.get("CreateTime", "")),
        tapped=bool(fields.get("bizmsgmenuid")),
    )


def _seconds(text: str) -> int:
    return int(text) if len(text) <= _LONGEST_TIME and text.isascii() and text.isdigit() else 0


def _dedup_key(fields: Mapping[str, str]) -> str:
    """MsgId, or a digest of what identifies an event (events have no MsgId)."""
    if fields.get("MsgId"):
        return f"wechat:{fields['MsgId']}"
    names = ("FromUserName", "CreateTime", "MsgType", "Event", "EventKey", "Content", "MediaId")
    identity = "\0".join(fields.get(name, "") for name in names)
    return f"wechat:{hashlib.sha256(identity.encode()).hexdigest()}"


def text_reply(message: Message, text: str, created: int) -> str:
    """Returns the passive answer to `message`; `created` is in Unix seconds."""
    return (
        "<xml>"
        f"<ToUserName>{flat_xml.cdata(message.openid)}</ToUserName>"
        f"<FromUserName>{flat_xml.cdata(message.account)}</FromUserName>"
        f"<CreateTime>{created}</CreateTime>"
        "<MsgType><![CDATA[text]]></MsgType>"
        f"<Content>{flat_xml.cdata(text)}</Content>"
        "</xml>"
    )
