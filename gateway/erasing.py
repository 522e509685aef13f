"""Erasing conversations, in their lane, so that no turn puts back what has just been erased."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway import privacy, record
from gateway.lanes import Lanes
from gateway.lawyers import Lawyers
from gateway.spent import Spent
from gateway.turns import Turns


class Erasing:
    """Erases what is held about people.

    Args:
        sessions: the database.
        reading: the database for reading only.
        lawyers: the desk, which says what it must keep.
        lanes: the lanes of this process.
        turns: knows which conversations Rasa is being asked about, and has it forget others.
        scrub: has the database drop what it still keeps of erased rows.
        spent: knows the deliveries of what has been erased.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        reading: async_sessionmaker[AsyncSession],
        lawyers: Lawyers,
        lanes: Lanes,
        turns: Turns,
        scrub: Callable[[], Awaitable[None]],
        spent: Spent,
    ) -> None:
        self._sessions, self._reading = sessions, reading
        self._lawyers = lawyers
        self._lanes = lanes
        self._turns = turns
        self.scrub = scrub
        self._spent = spent

    async def within_turn(self, conversation: str) -> list[str]:
        """Erases at the wish of the bot's own action; returns sentences on what is kept.

        The reply of the turn still has to reach the person: the rest goes when that reply has been
        stored. Which worker has the turn is not known to the action, nor need it be this one.
        """
        if conversation in self._turns.asking or await self._lanes.held_elsewhere(conversation):
            return await self._request(conversation)
        async with self._lanes.hold(conversation):
            return await self._erase(conversation)

    async def whole(self, conversation: str) -> list[str]:
        """Erases everything, after the turn that is under way; returns what is kept.

        The wish is noted first, so that it outlives this process.
        """
        kept = await self._request(conversation)
        async with self._lanes.hold(conversation):
            await self._erase(conversation)
        return kept

    async def leave(self, channel: str, citizen: str, delivery: str, at: datetime) -> bool:
        """Notes that somebody left, and the wish to be erased; False when nothing is to be done.

        Whoever comes back after having left is not erased by a late repetition.
        """
        async with self._sessions.begin() as session:
            if not await self._spent.once(session, "leaving", delivery):
                return False
            await self._spent.note_left(session, channel, citizen, at)
            conversation = await record.conversation_of(session, channel, citizen)
            if conversation is not None:
                await privacy.request(session, self._lawyers, conversation.id)
        return conversation is not None

    async def due(self, conversation: str, days: int) -> None:
        """Erases a conversation that `privacy.due` named, unless a turn has settled it since."""
        async with self._lanes.hold(conversation):
            async with self._reading() as session:
                due = await privacy.is_due(session, conversation, days)
            if due:
                await self._erase(conversation)

    async def forget(self) -> None:
        """Asks Rasa again to forget trackers that it could not be asked to forget before."""
        async with self._reading() as session:
            waiting = await privacy.not_forgotten(session)
        for conversation in waiting:
            async with self._lanes.hold(conversation):
                async with self._reading() as session:
                    done = await privacy.is_forgotten(session, conversation)
                if not done:
                    await self._turns.forget(conversation)

    async def _request(self, conversation: str) -> list[str]:
        async with self._sessions.begin() as session:
            return await privacy.request(session, self._lawyers, conversation)

    async def _erase(self, conversation: str) -> list[str]:
        async with self._sessions.begin() as session:
            await self._spent.note_erased(session, conversation)
            kept = await privacy.erase(session, self._lawyers, conversation)
        await self._turns.forget(conversation)
        await self.scrub()
        return kept
