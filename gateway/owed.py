"""What is owed to one citizen: answers that could not be given when they were asked for."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway import record
from gateway.tables import Message, now
from gateway.turns import Turns
from gateway.words import words

TRIES = 5
FIRST_RETRY_AFTER = timedelta(seconds=30)


class Owed:
    """Keeps promises, in a lane that the caller holds.

    Args:
        reading: the database.
        turns: takes a message through its turn.
        hours: the age at which a promise is closed with a note instead.
    """

    def __init__(self, reading: async_sessionmaker[AsyncSession], turns: Turns, hours: int) -> None:
        self._reading = reading
        self._turns = turns
        self._hours = hours

    async def keep(self, conversation: str) -> bool:
        """Answers what is owed, in order; returns False when Rasa cannot be reached."""
        async with self._reading() as session:
            unsettled = await record.unsettled(session, conversation)
        return await self.settle(unsettled)

    async def settle(self, unsettled: Iterable[Message]) -> bool:
        """Answers those of some messages that are owed, as `keep` does."""
        for message in unsettled:
            if message.status != "promised":
                continue
            if now() - message.created_at > timedelta(hours=self._hours):
                closing = words().promise_closed.format(hours=self._hours)
                await self._turns.close(message.id, closing)
            elif message.attempts >= TRIES:
                await self._turns.close(message.id, words().promise_failed)
            elif now() >= _due(message) and not await self._turns.answer(message.id):
                return False
        return True


def _due(message: Message) -> datetime:
    """Returns when an owed message may be tried again: at once unless it failed before."""
    if message.attempts == 0:
        return message.updated_at
    doubled: int = 2 ** (message.attempts - 1)
    return message.updated_at + FIRST_RETRY_AFTER * doubled
