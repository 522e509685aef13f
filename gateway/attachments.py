"""Pictures that citizens send: fetched from the channel, kept encrypted, erased with the message.

A stored message names the picture. A keeper in each worker fetches what is named and not kept yet,
so that nothing is lost by a restart; who leases a row fetches it. Nobody but the lawyer of the
case is shown a picture (`of`, `content`).
"""

import asyncio
import secrets
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import and_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway import record
from gateway.annexes import AttachmentRow
from gateway.errors import AttachmentGone, UnknownAttachment
from gateway.logs import where
from gateway.record import Draft
from gateway.tables import Conversation, Message, now

LARGEST = 10 * 1024 * 1024
POLL_S = 2.0
AT_ONCE = 4
LEASE = timedelta(seconds=120)
GIVEN_UP_AFTER = timedelta(hours=70)
"""Tencent keeps a picture for three days."""
_FIRST_DELAY_S, _LONGEST_DELAY_S = 5.0, 3600.0
_NONCE = 12
_SIGNS = {
    b"\xff\xd8\xff": "image/jpeg",
    b"\x89PNG\r\n\x1a\n": "image/png",
    b"GIF8": "image/gif",
}

Fetch = Callable[[str], Awaitable[bytes]]
log = structlog.get_logger()


@dataclass(frozen=True)
class Picture:
    """What is known of one picture. ``status`` is "waiting", "kept" or "lost"; size in bytes."""

    message: int
    at: datetime
    status: str
    media_type: str | None
    size: int | None


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


async def of(session: AsyncSession, conversation: str) -> list[Picture]:
    """Returns the pictures of a conversation, oldest first."""
    rows = await session.execute(
        select(Message, AttachmentRow)
        .outerjoin(AttachmentRow, AttachmentRow.message_id == Message.id)
        .where(
            Message.conversation_id == conversation,
            Message.kind == "image",
            Message.attachment.is_not(None),
        )
        .order_by(Message.id)
    )
    return [_picture(message, row) for message, row in rows]


async def content(
    session: AsyncSession, vault: Vault, conversation: str, message: int
) -> tuple[bytes, str]:
    """Returns a picture and its media type.

    Raises:
        UnknownAttachment: this conversation has no such picture, or it is not kept.
    """
    found = await session.execute(
        select(AttachmentRow.content, AttachmentRow.media_type)
        .join(Message, Message.id == AttachmentRow.message_id)
        .where(Message.conversation_id == conversation, Message.id == message)
    )
    row = found.one_or_none()
    if row is None or row[0] is None or row[1] is None:
        raise UnknownAttachment(str(message))
    return vault.open(row[0], conversation, message), row[1]


class Keeper:
    """Fetches the pictures of one channel.

    Args:
        sessions: the database.
        vault: encrypts.
        channel: whose messages.
        fetch: returns a picture by the channel's own name of it; raises AttachmentGone when it
            never will.
        lost: what a citizen is told whose picture could not be kept.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        vault: Vault,
        channel: str,
        fetch: Fetch,
        lost: str,
    ) -> None:
        self._sessions = sessions
        self._vault = vault
        self._channel = channel
        self._fetch = fetch
        self._lost = lost

    async def run(self) -> None:
        """Keeps what is due until it is cancelled."""
        while True:
            try:
                await self.keep_due()
            except Exception as error:  # the database is busy or away: the rows are still there
                log.error("attachments.failed", error=type(error).__name__, where=where(error))
            await asyncio.sleep(POLL_S)

    async def keep_due(self) -> int:
        """Fetches what is due now; returns how many pictures that were."""
        await self._note_new()
        leased = await self._lease()
        await asyncio.gather(*(self._keep(message, media) for message, media in leased))
        return len(leased)

    async def _note_new(self) -> None:
        """Gives each new picture its row; of two workers one succeeds."""
        async with self._sessions() as session:
            found = await session.scalars(
                select(Message.id)
                .join(Conversation, Conversation.id == Message.conversation_id)
                .outerjoin(AttachmentRow, AttachmentRow.message_id == Message.id)
                .where(
                    Conversation.channel == self._channel,
                    Message.kind == "image",
                    Message.attachment.is_not(None),
                    AttachmentRow.message_id.is_(None),
                )
                .limit(AT_ONCE * 4)
            )
            new = list(found)
        for message in new:
            try:
                async with self._sessions.begin() as session:
                    session.add(AttachmentRow(message_id=message))
            except IntegrityError:
                log.info("attachment.noted_elsewhere", message=message)

    async def _lease(self) -> Sequence[tuple[int, str]]:
        due = and_(AttachmentRow.status.in_(("waiting", "leased")), AttachmentRow.next_at <= now())
        async with self._sessions.begin() as session:
            rows = await session.execute(
                select(AttachmentRow, Message.attachment)
                .join(Message, Message.id == AttachmentRow.message_id)
                .join(Conversation, Conversation.id == Message.conversation_id)
                .where(due, Conversation.channel == self._channel)
                .limit(AT_ONCE)
                .with_for_update(of=AttachmentRow, skip_locked=True)
            )
            leased = []
            for row, media in rows.all():
                row.status, row.next_at, row.attempts = "leased", now() + LEASE, row.attempts + 1
                leased.append((row.message_id, str(media)))
            return leased

    async def _keep(self, message: int, media: str) -> None:
        try:
            fetched = await self._fetch(media)
            media_type = _media_type(fetched)
        except AttachmentGone as error:
            await self._give_up(message, str(error))
        except Exception as error:
            await self._later(message, type(error).__name__)
        else:
            await self._store(message, fetched, media_type)

    async def _store(self, message: int, fetched: bytes, media_type: str) -> None:
        async with self._sessions.begin() as session:
            conversation = await session.scalar(
                select(Message.conversation_id).where(Message.id == message)
            )
            if conversation is None:
                return  # erased meanwhile
            await session.execute(
                update(AttachmentRow)
                .where(AttachmentRow.message_id == message)
                .values(
                    status="kept",
                    detail="",
                    media_type=media_type,
                    size=len(fetched),
                    content=self._vault.seal(fetched, conversation, message),
                )
            )
        log.info("attachment.kept", message=message, size=len(fetched))

    async def _later(self, message: int, detail: str) -> None:
        async with self._sessions.begin() as session:
            row = await session.get(AttachmentRow, message)
            found = await session.get(Message, message)
            if row is None or found is None:
                return
            if now() - found.created_at < GIVEN_UP_AFTER:
                delay = min(_LONGEST_DELAY_S, _FIRST_DELAY_S * 2 ** min(row.attempts, 16))
                row.status, row.detail = "waiting", detail[:100]
                row.next_at = now() + timedelta(seconds=delay)
                return
        await self._give_up(message, detail)

    async def _give_up(self, message: int, detail: str) -> None:
        """Notes that a picture is lost and says so to whoever sent it, once."""
        async with self._sessions.begin() as session:
            row = await session.get(AttachmentRow, message, with_for_update=True)
            found = await session.get(Message, message)
            if row is None or found is None or row.status == "lost":
                return
            row.status, row.detail = "lost", detail[:100]
            conversation = await record.locked(session, found.conversation_id)
            if conversation is not None:
                draft = Draft(self._lost, "system")
                await record.store_reply(session, conversation, draft, reply_to=None, push=True)
        log.warning("attachment.lost", message=message, detail=detail)


def _media_type(fetched: bytes) -> str:
    """Returns the type by the first bytes; raises AttachmentGone for what is no picture we know."""
    for sign, media_type in _SIGNS.items():
        if fetched.startswith(sign):
            return media_type
    if fetched[:4] == b"RIFF" and fetched[8:12] == b"WEBP":
        return "image/webp"
    raise AttachmentGone("not a picture")


def _picture(message: Message, row: AttachmentRow | None) -> Picture:
    if row is None:
        return Picture(message.id, message.created_at, "waiting", None, None)
    status = "waiting" if row.status == "leased" else row.status
    return Picture(message.id, message.created_at, status, row.media_type, row.size)


def _bound(conversation: str, message: int) -> bytes:
    return f"{conversation}:{message}".encode()
