"""Reminders: a sentence for a day to come, said at nine in the morning in China.

A reminder is no message until its day. Then one transaction takes it away and stores the message
with its outbox row, so that two workers never send it twice.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway import record
from gateway.errors import UnknownConversation
from gateway.record import Draft
from gateway.tables import Reminder, now

CHINA = timezone(timedelta(hours=8))
AT = time(9, tzinfo=CHINA)
AT_ONCE = 50


async def schedule(
    session: AsyncSession, conversation: str, on: date, text: str, key: str
) -> datetime:
    """Keeps a reminder, instead of the one with the same key; returns when it will be said.

    Raises:
        UnknownConversation: it has been erased, or never was.
    """
    if await record.locked(session, conversation) is None:
        raise UnknownConversation(conversation)
    await cancel(session, conversation, key)
    due_at = datetime.combine(on, AT).astimezone(UTC)
    session.add(Reminder(conversation_id=conversation, key=key, on=on, text=text, due_at=due_at))
    await session.flush()
    return due_at


async def cancel(session: AsyncSession, conversation: str, key: str | None = None) -> int:
    """Drops a conversation's reminders, or the one with a key; returns how many."""
    chosen = delete(Reminder).where(Reminder.conversation_id == conversation)
    if key is not None:
        chosen = chosen.where(Reminder.key == key)
    done = await session.execute(chosen)
    return int(done.rowcount)  # type: ignore[attr-defined]


async def say_due(session: AsyncSession, push_channels: frozenset[str]) -> int:
    """Makes messages of the reminders whose time has come; returns how many."""
    due = await session.scalars(
        select(Reminder)
        .where(Reminder.due_at <= now())
        .order_by(Reminder.due_at)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
    reminders = due.all()
    for reminder in reminders:
        conversation = await record.locked(session, reminder.conversation_id)
        if conversation is not None:
            await record.store_reply(
                session,
                conversation,
                Draft(reminder.text, "system"),
                reply_to=None,
                push=conversation.channel in push_channels,
            )
        await session.delete(reminder)
    return len(reminders)
