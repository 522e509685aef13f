"""Pictures that citizens send: kept encrypted, for the lawyer of the case, erased with the message.

A stored message names the picture; `keeper.Keeper` fetches it; `of` and `content` read it.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.annexes import AttachmentRow
from gateway.attachments.vault import Vault
from gateway.errors import UnknownAttachment
from gateway.tables import Message


@dataclass(frozen=True)
class Picture:
    """What is known of one picture. ``status`` is "waiting", "kept" or "lost"; size in bytes."""

    message: int
    at: datetime
    status: str
    media_type: str | None
    size: int | None


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


def _picture(message: Message, row: AttachmentRow | None) -> Picture:
    if row is None:
        return Picture(message.id, message.created_at, "waiting", None, None)
    status = "waiting" if row.status == "leased" else row.status
    return Picture(message.id, message.created_at, status, row.media_type, row.size)
