"""What becomes of each kind of message and event: words for the turn engine, or a fixed answer."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway import ratings
from gateway.annexes import SceneCount
from gateway.channels import Grant, Inbound, Kind
from gateway.channels.wechat.message import Message
from gateway.channels.wechat.places import county_in
from gateway.channels.wechat.rendering import can_be_marked
from gateway.channels.wechat.words import Unread, words
from gateway.spent import Spent
from gateway.tables import Message as Row
from gateway.tables import now

CHANNEL = "wechat"
_KINDS: dict[str, Kind] = {
    "image": "image",
    "voice": "voice",
    "location": "location",
    "link": "link",
}
_MARKS_END = " \t。.！!~，,"
_NUMBER = re.compile(r"^\d{1,2}\. ")


@dataclass(frozen=True)
class Inbox:
    """Reads one account's messages.

    Attributes:
        sessions: the database.
        spent: knows which events have been counted.
        keeps_pictures: whether pictures are kept; otherwise they are said not to be.
    """

    sessions: async_sessionmaker[AsyncSession]
    spent: Spent
    keeps_pictures: bool = False

    async def read(self, message: Message) -> Inbound | str | None:
        """Returns what the turn engine gets, or what is answered without it; None: nothing."""
        if message.kind == "event":
            return await self._event(message)
        if message.kind == "text" or message.text:
            return await self._words(message)
        if message.kind == "image" and message.media and self.keeps_pictures:
            return _noticed(message, words().picture, attachment=message.media)
        if message.kind == "location":
            return _location(message)
        return _noticed(message, words().unread.get(message.kind, words().not_understood))

    async def age(self, dedup_key: str) -> float:
        """Returns the seconds since a message first came in; 0 for one that has not."""
        async with self.sessions() as session:
            first = await session.scalar(select(Row.created_at).where(Row.dedup_key == dedup_key))
        return (now() - first).total_seconds() if first else 0.0

    async def _words(self, message: Message) -> Inbound:
        text = _NUMBER.sub("", message.text) if message.tapped else message.text
        return _inbound(
            message,
            text,
            kind="voice" if message.kind == "voice" else "text",
            grant="menu" if message.tapped else "message",
            notice=await self._thanks(message.openid, text),
        )

    async def _event(self, message: Message) -> Inbound | str | None:
        match message.event.lower():
            case "subscribe":
                await self._count(message, "follows")
                return words().welcome
            case "scan":
                await self._count(message, "scans")
                return _noticed(message, Unread(note="", reply=words().welcome_back), grant="scan")
            case "click" if message.event_key in words().menu:
                return _inbound(message, words().menu[message.event_key].says, grant="menu")
            case "click":
                return _noticed(message, words().not_understood, grant="menu")
        return None

    async def _thanks(self, openid: str, text: str) -> str | None:
        """Keeps a mark for the answer that stands last, and returns the thanks for it."""
        say = words().rating
        word = text.strip(_MARKS_END)
        value = "useful" if word in say.useful else "useless" if word in say.useless else ""
        if not value:
            return None
        async with self.sessions.begin() as session:
            reply = await ratings.last_said(session, CHANNEL, openid)
            if reply is None or not can_be_marked(reply):
                return None
            await ratings.mark(session, reply.message_id, value)
        return say.thanks_useful if value == "useful" else say.thanks_useless

    async def _count(self, message: Message, what: Literal["follows", "scans"]) -> None:
        """Counts one follower or scan of a code, however often it is delivered; nothing about who
        it was.
        """
        if not message.scene:
            return
        key = {"scene": message.scene[:64], "day": datetime.now(UTC).date()}
        with suppress(IntegrityError):  # another worker was first
            async with self.sessions.begin() as session:
                if await session.get(SceneCount, tuple(key.values())) is None:
                    session.add(SceneCount(**key, follows=0, scans=0))
        with suppress(IntegrityError):  # another worker has counted this delivery
            await self._count_once(message, tuple(key.values()), what)

    async def _count_once(
        self, message: Message, key: tuple[object, ...], what: Literal["follows", "scans"]
    ) -> None:
        async with self.sessions.begin() as session:
            if not await self.spent.once(session, "counted", message.dedup_key):
                return
            found = await session.get(SceneCount, key, with_for_update=True)
            if found is not None:
                setattr(found, what, getattr(found, what) + 1)


def _location(message: Message) -> Inbound:
    place = county_in(message.place)
    if place is None:
        return _noticed(message, words().place.unknown)
    asked = words().place.asks.format(place=place)
    return _inbound(message, asked, kind="location")


def _noticed(
    message: Message, say: Unread, *, grant: Grant = "message", attachment: str | None = None
) -> Inbound:
    """Returns what is stored as a note in the transcript and answered by the channel itself."""
    return _inbound(
        message,
        say.note,
        kind=_KINDS.get(message.kind, "event"),
        attachment=attachment,
        grant=grant,
        notice=say.reply,
    )


def _inbound(
    message: Message,
    text: str,
    *,
    kind: Kind = "text",
    grant: Grant = "message",
    attachment: str | None = None,
    notice: str | None = None,
) -> Inbound:
    return Inbound(
        CHANNEL,
        message.openid,
        text,
        message.dedup_key,
        kind=kind,
        attachment=attachment,
        grant=grant,
        notice=notice,
        sent_at=message.sent_at,
    )
