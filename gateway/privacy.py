"""Erasing what is held about a person, and what has been untouched for too long.

Nothing of a person stays but what the desk must keep by law. ``erasures`` keeps the random id of
the conversation until Rasa has confirmed that its tracker is gone, and as proof afterwards.
"""

from collections.abc import Collection
from datetime import timedelta

import structlog
from sqlalchemy import ColumnElement, and_, delete, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gateway import record
from gateway.lawyers import Lawyers
from gateway.tables import Conversation, Erasure, Message, OutboxRow, PushWindow, Reminder, now

log = structlog.get_logger()

# The reply to "delete my data" stays for so long, so that a slow channel can still deliver it.
LAST_REPLY_KEPT = timedelta(minutes=10)
LAST_REPLY_PUSHED_WITHIN = timedelta(hours=48)


async def request(session: AsyncSession, lawyers: Lawyers, conversation: str) -> list[str]:
    """Erases the desk's part now and asks for the rest to go with the end of the turn."""
    found = await record.locked(session, conversation)
    if found is None:
        return []
    kept = await lawyers.erase(session, conversation)
    found.erase_requested_at = now()
    log.info("erasure.requested", conversation=conversation)
    return kept


async def erase(session: AsyncSession, lawyers: Lawyers, conversation: str) -> list[str]:
    """Erases a conversation at once; returns sentences on what the desk keeps."""
    found = await record.locked(session, conversation)
    if found is None:
        return []
    kept = await lawyers.erase(session, conversation)
    await _delete_messages(session, conversation)
    await _delete_rest(session, conversation)
    await session.delete(found)
    session.add(Erasure(conversation_id=conversation))
    log.info("erasure.done", conversation=conversation, kept=len(kept))
    return kept


async def erase_up_to(
    session: AsyncSession, conversation: Conversation, last: Message, reply: Message | None
) -> None:
    """Erases all but the last reply, and empties the message that asked.

    Messages that came after it are new and stay.
    """
    kept = [last.id] if reply is None else [last.id, reply.id]
    await _delete_messages(session, conversation.id, Message.id < last.id)
    await _delete_messages(session, conversation.id, Message.direction == "out", keep=kept)
    await session.execute(delete(Reminder).where(Reminder.conversation_id == conversation.id))
    last.text = ""
    conversation.erase_requested_at = None
    conversation.erased_at = now()
    conversation.owner = "bot"
    session.add(Erasure(conversation_id=conversation.id))
    log.info("erasure.done", conversation=conversation.id)


async def sweep(session: AsyncSession) -> None:
    """Erases last replies that have been delivered."""
    rows = await session.scalars(
        select(Conversation).where(Conversation.erased_at < now() - LAST_REPLY_KEPT)
    )
    for conversation in rows:
        erased_at = conversation.erased_at
        if erased_at is None or await _still_pushing(session, conversation):
            continue
        await _delete_messages(session, conversation.id, Message.created_at <= erased_at)
        conversation.erased_at = None
        rest = select(Message.id).where(Message.conversation_id == conversation.id).limit(1)
        if await session.scalar(rest) is None:
            await _delete_rest(session, conversation.id)
            await session.delete(conversation)


async def due(session: AsyncSession, days: int) -> list[str]:
    """Returns conversations to be erased: asked for and cut short, or untouched for so long."""
    rows = await session.scalars(select(Conversation.id).where(_is_due(days)).limit(100))
    return list(rows)


async def is_due(session: AsyncSession, conversation: str, days: int) -> bool:
    """Returns whether `due` still names a conversation."""
    found = select(Conversation.id).where(Conversation.id == conversation, _is_due(days))
    return await session.scalar(found) is not None


async def not_forgotten(session: AsyncSession) -> list[str]:
    """Returns conversations whose tracker Rasa has not confirmed to be gone."""
    rows = await session.scalars(
        select(Erasure.conversation_id).where(Erasure.forgotten_at.is_(None)).distinct()
    )
    return list(rows)


async def is_forgotten(session: AsyncSession, conversation: str) -> bool:
    """Returns whether Rasa has confirmed every erasure of a conversation."""
    return conversation not in await not_forgotten(session)


async def forgotten(session: AsyncSession, conversation: str) -> None:
    """Notes that Rasa has no tracker of a conversation any more."""
    await session.execute(
        update(Erasure)
        .where(Erasure.conversation_id == conversation, Erasure.forgotten_at.is_(None))
        .values(forgotten_at=now())
    )


async def remembered(session: AsyncSession, conversation: str) -> None:
    """Notes that Rasa has heard of an erased conversation again: a turn ended after the erasure."""
    await session.execute(
        update(Erasure).where(Erasure.conversation_id == conversation).values(forgotten_at=None)
    )


def _is_due(days: int) -> ColumnElement[bool]:
    untouched = and_(
        Conversation.updated_at < now() - timedelta(days=days), Conversation.owner == "bot"
    )
    return or_(Conversation.erase_requested_at.is_not(None), untouched)


async def _still_pushing(session: AsyncSession, conversation: Conversation) -> bool:
    waiting = await session.scalar(
        select(OutboxRow.id)
        .where(
            OutboxRow.conversation_id == conversation.id,
            OutboxRow.status.in_(("queued", "leased", "parked")),
            OutboxRow.created_at > now() - LAST_REPLY_PUSHED_WITHIN,
        )
        .limit(1)
    )
    return waiting is not None


async def _delete_rest(session: AsyncSession, conversation: str) -> None:
    """Deletes what hangs on a conversation besides its messages."""
    for table in (PushWindow, Reminder):
        await session.execute(delete(table).where(table.conversation_id == conversation))


async def _delete_messages(
    session: AsyncSession,
    conversation: str,
    *which: ColumnElement[bool],
    keep: Collection[int] = (),
) -> None:
    """Deletes messages with their outbox rows; replies go before what they reply to."""
    chosen = [Message.conversation_id == conversation, *which]
    if keep:
        chosen.append(Message.id.not_in(keep))
    ids = select(Message.id).where(*chosen)
    await session.execute(delete(OutboxRow).where(OutboxRow.message_id.in_(ids)))
    await session.execute(update(Message).where(Message.reply_to.in_(ids)).values(reply_to=None))
    await session.execute(delete(Message).where(*chosen))
