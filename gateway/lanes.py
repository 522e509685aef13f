"""One turn at a time in each conversation, in this process and in all the others.

Within a process a lock keeps turns apart. Between processes it is a lease in the database: taken by
a compare-and-set, renewed while the turn runs, gone by itself when its process dies. Whoever waits
looks at the row, and stops waiting as soon as somebody else has settled what it waits for.

Whoever asks the assistant stands in line (`gateway.line`) between the lock and the lease: many
messages of one citizen hold one place, and nobody renews a lease for a turn that has not begun.
"""

import asyncio
import uuid
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from weakref import WeakValueDictionary

import structlog
from sqlalchemy import ColumnElement, and_, or_, select, true, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway.tables import Conversation, now

log = structlog.get_logger()

LEASE = timedelta(seconds=10)
RENEW_S = 3.0
LOOK_S = 0.1


@dataclass(frozen=True)
class _Lease:
    """A lane as it is in the database; ``wanted`` while what somebody waits for is not settled."""

    worker: str | None
    until: datetime | None
    wanted: bool

    @property
    def free(self) -> bool:
        return self.until is None or self.until < now()


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
        self,
        conversation: str,
        wanted: ColumnElement[bool] | None = None,
        place: AbstractAsyncContextManager[None] | None = None,
    ) -> AsyncIterator[bool]:
        """Holds a conversation's lane; yields False, and holds nothing, once it is not wanted.

        Args:
            conversation: whose lane.
            wanted: what must be so in the database; by default it is wanted in any case.
            place: a place in line; by default nobody stands in line.
        """
        async with self._lock(conversation), place or nullcontext():
            if not await self._taken(conversation, true() if wanted is None else wanted):
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
            lease = await _lease(session, conversation, true())
        return lease is not None and lease.worker != self.worker and not lease.free

    def _lock(self, conversation: str) -> asyncio.Lock:
        lock = self._locks.get(conversation)
        if lock is None:
            lock = self._locks[conversation] = asyncio.Lock()
        return lock

    async def _taken(self, conversation: str, wanted: ColumnElement[bool]) -> bool:
        allowed = and_(is_free(), wanted)
        if await self._set(conversation, allowed):
            return True
        while True:
            async with self._reading() as session:
                lease = await _lease(session, conversation, wanted)
            if lease is None:  # erased: nothing left to keep apart
                return True
            if not lease.wanted:
                return False
            if lease.free and await self._set(conversation, allowed):
                return True
            await asyncio.sleep(LOOK_S)

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


async def _lease(
    session: AsyncSession, conversation: str, wanted: ColumnElement[bool]
) -> _Lease | None:
    found = await session.execute(
        select(Conversation.turn_worker, Conversation.turn_until, wanted).where(
            Conversation.id == conversation
        )
    )
    row = found.one_or_none()
    return None if row is None else _Lease(row[0], row[1], bool(row[2]))
