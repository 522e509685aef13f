"""One turn at a time in each conversation, in this process and in all the others.

Within a process a lock keeps turns apart. Between processes it is a lease in the database: taken by
a compare-and-set, renewed while the turn runs, gone by itself when its process dies. Whoever waits
looks at the row, and stops waiting as soon as somebody else has settled what it waits for.

Whoever asks the assistant stands in line (`gateway.line`) between the lock and the lease: many
messages of one citizen hold one place, and nobody renews a lease for a turn that has not begun.
"""

import asyncio
import uuid
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast
from weakref import WeakValueDictionary

import structlog
from sqlalchemy import ColumnElement, Table, Update, bindparam, or_, select, true, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway import record
from gateway.tables import Conversation, Message, now

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
        message: int | None = None,
        place: AbstractAsyncContextManager[None] | None = None,
    ) -> AsyncIterator[Sequence[Message] | None]:
        """Holds a conversation's lane; yields None, and holds nothing, once it is not wanted.

        For a message it yields what is unsettled in the conversation, oldest first.

        Args:
            conversation: whose lane.
            message: it is wanted while this message waits for its first turn; by default in any
                case.
            place: a place in line; by default nobody stands in line.
        """
        async with self._lock(conversation), place or nullcontext():
            unsettled = await self._taken(conversation, message)
            if unsettled is None:
                yield None
                return
            renewing = asyncio.create_task(self._keep(conversation))
            try:
                yield unsettled
            finally:
                renewing.cancel()
                with suppress(asyncio.CancelledError):
                    await renewing
                await self._give_back(conversation)

    async def held_elsewhere(self, conversation: str) -> bool:
        """Says whether another process has a turn of this conversation under way."""
        async with self._reading() as session:
            lease = await _lease(session, conversation, None)
        return lease is not None and lease.worker != self.worker and not lease.free

    def _lock(self, conversation: str) -> asyncio.Lock:
        lock = self._locks.get(conversation)
        if lock is None:
            lock = self._locks[conversation] = asyncio.Lock()
        return lock

    async def _taken(self, conversation: str, message: int | None) -> Sequence[Message] | None:
        unsettled = await self._take(conversation, message)
        while unsettled is None:
            async with self._reading() as session:
                lease = await _lease(session, conversation, message)
            if lease is None:  # erased: nothing left to keep apart
                return ()
            if not lease.wanted:
                return None
            unsettled = await self._take(conversation, message) if lease.free else None
            if unsettled is None:
                await asyncio.sleep(LOOK_S)
        return unsettled

    async def _take(self, conversation: str, message: int | None) -> Sequence[Message] | None:
        """Takes the lane if it is free and wanted; notes the turn and reads what is unsettled."""
        values = {"worker": self.worker, "until": now() + LEASE, "now": now()}
        async with self._sessions.begin() as session:
            if message is None:
                return () if await _written(session, _TAKE, conversation, values) else None
            values["message"] = message
            if not await _written(session, _TAKE_FOR, conversation, values):
                return None
            await (await session.connection()).execute(_BEGIN, {"message": message})
            return await record.unsettled(session, conversation)

    async def _give_back(self, conversation: str) -> None:
        try:
            await self._set(conversation, None, None)
        except DBAPIError as error:  # what the turn has stored stands; the lease runs out by itself
            log.warning("lane.not_given_back", error=type(error).__name__)

    async def _keep(self, conversation: str) -> None:
        while True:
            await asyncio.sleep(RENEW_S)
            try:
                await self._set(conversation, self.worker, now() + LEASE)
            except Exception as error:  # the next renewal may still be in time
                log.warning("lane.not_renewed", error=type(error).__name__)

    async def _set(self, conversation: str, worker: str | None, until: datetime | None) -> None:
        """Writes the lease where it is this process's."""
        values = {"by": self.worker, "worker": worker, "until": until}
        async with self._sessions.begin() as session:
            await _written(session, _KEEP, conversation, values)


def is_free() -> ColumnElement[bool]:
    """Selects conversations whose lane nobody holds."""
    return or_(Conversation.turn_until.is_(None), Conversation.turn_until < now())


async def _written(
    session: AsyncSession, lease: Update, conversation: str, values: Mapping[str, Any]
) -> bool:
    """Writes a lease if it may be written; says whether it was."""
    connection = await session.connection()
    done = await connection.execute(lease, {"conversation": conversation, **values})
    return done.rowcount > 0


async def _lease(session: AsyncSession, conversation: str, message: int | None) -> _Lease | None:
    wanted = true() if message is None else record.waits(message)
    found = await session.execute(
        select(Conversation.turn_worker, Conversation.turn_until, wanted).where(
            Conversation.id == conversation
        )
    )
    row = found.one_or_none()
    return None if row is None else _Lease(row[0], row[1], bool(row[2]))


# Made once: making them costs more than SQLite does for answering them.
_rows = cast(Table, Conversation.__table__)
_WRITE = (
    update(_rows)
    .where(_rows.c.id == bindparam("conversation"))
    .values(turn_worker=bindparam("worker"), turn_until=bindparam("until"))
)
_KEEP = _WRITE.where(_rows.c.turn_worker == bindparam("by"))
_TAKE = _WRITE.where(or_(_rows.c.turn_until.is_(None), _rows.c.turn_until < bindparam("now")))
_messages = cast(Table, Message.__table__)
_BEGIN = (
    update(_messages)
    .where(_messages.c.id == bindparam("message"), _messages.c.status == "received")
    .values(status="answering")
)
_TAKE_FOR = _TAKE.where(record.waits(bindparam("message")))
