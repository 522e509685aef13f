"""Reminders: a sentence for a day to come, said at nine in the morning in China.

A reminder is no message until its day. Then one transaction takes it away and stores the message
with its outbox row, so that two workers never send it twice.
"""

from datetime import UTC, date, datetime, time, timedelta, timezone

import structlog
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway import record
from gateway.database import in_transaction
from gateway.errors import UnknownConversation
from gateway.record import Draft
from gateway.tables import Reminder, now

log = structlog.get_logger()

CHINA = timezone(timedelta(hours=8))
AT = time(9, tzinfo=CHINA)
AT_ONCE = 50


class Reminders:
    """Keeps and says reminders.

    Args:
        sessions: the database.
        push_channels: channels that have a sender.
    """

    def __init__(
        self, sessions: async_sessionmaker[AsyncSession], push_channels: frozenset[str]
    ) -> None:
        self._sessions = sessions
        self._push_channels = push_channels

    async def schedule(self, conversation: str, on: date, text: str, key: str) -> datetime:
        """Keeps a reminder, instead of the one with the same key; returns when it will be said.

        Raises:
            UnknownConversation: it has been erased, or never was.
        """
        due_at = datetime.combine(on, AT).astimezone(UTC)

        async def keep(session: AsyncSession) -> None:
            if await record.locked(session, conversation) is None:
                raise UnknownConversation(conversation)
            await _drop(session, conversation, key)
            new = Reminder(conversation_id=conversation, key=key, on=on, text=text, due_at=due_at)
            session.add(new)

        await in_transaction(self._sessions, keep)
        return due_at

    async def cancel(self, conversation: str, key: str | None = None) -> int:
        """Drops a conversation's reminders, or the one with a key; returns how many."""
        return await in_transaction(
            self._sessions, lambda session: _drop(session, conversation, key)
        )

    async def say_due(self) -> None:
        """Makes messages of the reminders whose time has come."""
        count = await in_transaction(
            self._sessions, lambda session: _say_due(session, self._push_channels)
        )
        if count:
            log.info("reminders.said", count=count)


async def _drop(session: AsyncSession, conversation: str, key: str | None) -> int:
    chosen = delete(Reminder).where(Reminder.conversation_id == conversation)
    if key is not None:
        chosen = chosen.where(Reminder.key == key)
    done = await session.execute(chosen)
    return int(done.rowcount)  # type: ignore[attr-defined]


async def _say_due(session: AsyncSession, push_channels: frozenset[str]) -> int:
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
