"""What is owed in the background: answers once Rasa is back, and erasures to finish."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta

import structlog
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway import metrics, privacy, spent
from gateway.bot import Bot
from gateway.conversation import Conversations
from gateway.logs import where
from gateway.reminders import Reminders
from gateway.tables import Message, now

log = structlog.get_logger()

POLL_S = 5.0
SWEEP_EVERY = 12  # polls


class Promises:
    """Keeps what the assistant has promised."""

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        conversations: Conversations,
        reminders: Reminders,
        bot: Bot,
        *,
        promise_hours: int,
        retention_days: int,
    ) -> None:
        self._sessions = sessions
        self._conversations = conversations
        self._reminders = reminders
        self._bot = bot
        self._age = timedelta(hours=promise_hours)
        self._retention_days = retention_days

    async def run(self) -> None:
        """Looks after promises, and what a dead process left, until it is cancelled.

        Neither waits for the other: after an hour without Rasa many promises are kept, one by one.
        """
        async with asyncio.TaskGroup() as both:  # ends when both have ended, also when cancelled
            both.create_task(self._resume())
            both.create_task(self._look_after())

    async def _resume(self) -> None:
        while True:
            await self._safely(self._conversations.resume)
            await asyncio.sleep(POLL_S)

    async def _look_after(self) -> None:
        polls = 0
        while True:
            await self._safely(self.keep)
            await self._safely(self._reminders.say_due)
            if polls % SWEEP_EVERY == 0:
                await self._safely(self.tidy)
            polls += 1
            await asyncio.sleep(POLL_S)

    async def keep(self) -> None:
        """Answers what is owed if Rasa and its actions are well; closes what is too old."""
        async with self._sessions.begin() as session:
            rows = await session.execute(
                select(Message.conversation_id, func.min(Message.created_at), func.count())
                .where(Message.status == "promised")
                .group_by(Message.conversation_id)
                .order_by(func.min(Message.id))
            )
            owed = [(conversation, oldest, count) for conversation, oldest, count in rows]
        metrics.PROMISED.set(sum(count for _, _, count in owed))
        if not owed:
            return
        well = await self._bot.healthy()
        for conversation, oldest, _ in owed:
            # Without Rasa only what has grown too old can be settled.
            if not well and now() - oldest <= self._age:
                continue
            if not await self._conversations.keep_promises(conversation):
                well = False

    async def tidy(self) -> None:
        """Finishes erasures, and erases what nobody has touched for too long."""
        async with self._sessions.begin() as session:
            await privacy.sweep(session)
            await spent.sweep(session)
            due = await privacy.due(session, self._retention_days)
        for conversation in due:
            await self._conversations.erasing.due(conversation, self._retention_days)
        await self._conversations.erasing.forget()
        await self._conversations.erasing.scrub()

    async def _safely(self, work: Callable[[], Awaitable[None]]) -> None:
        try:
            await work()
        except Exception as error:  # the next poll tries again
            log.error("promises.failed", error=type(error).__name__, where=where(error))
