"""One turn at a time in each conversation, in this process and in all the others.

Within a process a lock keeps turns apart. Between processes it is a lease in the database: taken by
a compare-and-set, renewed while the turn runs, gone by itself when its process dies. Whoever waits
looks at the row, and stops waiting as soon as somebody else has settled what it waits for.
"""

import asyncio
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

import structlog
from sqlalchemy import ColumnElement, or_, select, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway.tables import Conversation, now

log = structlog.get_logger()

LEASE = timedelta(seconds=10)
RENEW_S = 3.0
LOOK_S = 0.1


@dataclass(frozen=True)
class _Lease:
    worker: str | None
    until: datetime | None

    @property
    def free(self) -> bool:
        return self.until is None or self.until < now()


async def _never() -> bool:
    return False


class Lanes:
    """The lanes of one process.

    Args:
        sessions: the database; a lease need not outlive the machine.
        reading: the database for reading only.

    Attributes:
        worker: this process's name in the leases.
    """

    def __init__(
        self, sessions: async_sessionmaker[AsyncSession], reading: async_sessionmaker[AsyncSession]
    ) -> None:
        self.worker = uuid.uuid4().hex
        self._sessions, self._reading = sessions, reading
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @asynccontextmanager
    async def hold(
        self, conversation: str, settled: Callable[[], Awaitable[bool]] = _never
    ) -> AsyncIterator[bool]:
        """Holds a conversation's lane; yields False, and holds nothing, once `settled` is true."""
        async with self._lock(conversation):
            if not await self._taken(conversation, settled):
                yield False
                return
            renewing = asyncio.create_task(self._keep(conversation))
            try:
                yield True
            finally:
                renewing.cancel()
                with suppress(asyncio.CancelledError):
                    await renewing
                await self._give_back(conversation)

    async def held_elsewhere(self, conversation: str) -> bool:
        """Says whether another process has a turn of this conversation under way."""
        async with self._reading() as session:
            lease = await _lease(session, conversation)
        return lease is not None and lease.worker != self.worker and not lease.free

    def _lock(self, conversation: str) -> asyncio.Lock:
        lock = self._locks.get(conversation)
        if lock is None:
            lock = self._locks[conversation] = asyncio.Lock()
        return lock

    async def _taken(self, conversation: str, settled: Callable[[], Awaitable[bool]]) -> bool:
        while not await settled():
            async with self._reading() as session:
                lease = await _lease(session, conversation)
            if lease is None:  # erased: nothing left to keep apart
                return True
            if lease.free and await self._set(conversation, is_free()):
                return True
            await asyncio.sleep(LOOK_S)
        return False

    async def _give_back(self, conversation: str) -> None:
        try:
            await self._set(conversation, Conversation.turn_worker == self.worker, free=True)
        except DBAPIError as error:  # what the turn has stored stands; the lease runs out by itself
            log.warning("lane.not_given_back", error=type(error).__name__)

    async def _keep(self, conversation: str) -> None:
        while True:
            await asyncio.sleep(RENEW_S)
            try:
                await self._set(conversation, Conversation.turn_worker == self.worker)
            except Exception as error:  # the next renewal may still be in time
                log.warning("lane.not_renewed", error=type(error).__name__)

    async def _set(
        self, conversation: str, allowed: ColumnElement[bool], *, free: bool = False
    ) -> bool:
        """Writes the lease if it is `allowed`; says whether it was."""
        values = {"turn_worker": self.worker, "turn_until": now() + LEASE}
        async with self._sessions.begin() as session:
            done = await session.execute(
                update(Conversation)
                .where(Conversation.id == conversation, allowed)
                .values(dict.fromkeys(values) if free else values)
                .execution_options(synchronize_session=False)
            )
        return bool(done.rowcount)  # type: ignore[attr-defined]


def is_free() -> ColumnElement[bool]:
    """Selects conversations whose lane nobody holds."""
    return or_(Conversation.turn_until.is_(None), Conversation.turn_until < now())


async def _lease(session: AsyncSession, conversation: str) -> _Lease | None:
    found = await session.execute(
        select(Conversation.turn_worker, Conversation.turn_until).where(
            Conversation.id == conversation
        )
    )
    row = found.one_or_none()
    return None if row is None else _Lease(row[0], row[1])
