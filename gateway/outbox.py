"""Pushing what cannot be answered in the request: leases, order, retries, and the fence.

A reply is leased, sent outside any transaction, and its outcome stored. Per conversation the
oldest unfinished reply goes first and the others wait for it. The bot's words from before a lawyer
took over are dropped at the last moment.
"""

import asyncio
import random
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import aliased

from gateway import metrics, record
from gateway.channels import Outcome, Reply, Sender
from gateway.logs import where
from gateway.tables import Conversation, Message, OutboxRow, now
from gateway.words import words

log = structlog.get_logger()

LEASE = timedelta(seconds=90)
FIRST_DELAY_S, LONGEST_DELAY_S = 2.0, 900.0
GIVEN_UP_AFTER = timedelta(hours=48)
AT_ONCE = 16
POLL_S = 1.0
LAST_MOMENT_S = 3.0

UNFINISHED = ("queued", "leased", "parked")


@dataclass(frozen=True)
class Parcel:
    """One leased reply on its way."""

    row: int
    channel: str
    citizen: str
    reply: Reply


class Outbox:
    """The worker. ``senders`` has one sender for each channel that can push."""

    def __init__(
        self, sessions: async_sessionmaker[AsyncSession], senders: Mapping[str, Sender]
    ) -> None:
        self._sessions = sessions
        self._senders = senders

    async def run(self) -> None:
        """Pushes what is due until it is cancelled."""
        sending: set[asyncio.Task[None]] = set()
        try:
            await self._run(sending)
        finally:  # what is on its way at a stop gets a moment to arrive and be noted
            if sending:
                await asyncio.wait(sending, timeout=LAST_MOMENT_S)

    async def _run(self, sending: set[asyncio.Task[None]]) -> None:
        while True:
            try:
                for parcel in await self.lease(AT_ONCE - len(sending)):
                    task = asyncio.create_task(self.deliver(parcel))
                    sending.add(task)
                    task.add_done_callback(sending.discard)
            except Exception as error:  # the database is busy or away: the rows are still there
                log.error("outbox.failed", error=type(error).__name__, where=where(error))
            await asyncio.sleep(POLL_S)

    async def run_once(self) -> int:
        """Pushes what is due now; returns how many replies that were."""
        parcels = await self.lease(AT_ONCE)
        await asyncio.gather(*(self.deliver(parcel) for parcel in parcels))
        return len(parcels)

    async def lease(self, limit: int) -> list[Parcel]:
        """Leases the oldest due reply of each conversation; returns what has to be sent."""
        if limit <= 0:
            return []
        async with self._sessions.begin() as session:
            waiting = select(func.count()).where(OutboxRow.status.in_(UNFINISHED))
            metrics.OUTBOX.set(await session.scalar(waiting) or 0)
            rows = list(await session.scalars(_due().limit(limit)))
            parcels = [await self._lease_one(session, row) for row in rows]
            return [parcel for parcel in parcels if parcel]

    async def deliver(self, parcel: Parcel) -> None:
        """Sends one leased reply and stores what became of it."""
        try:
            sender = self._senders[parcel.channel]
            async with asyncio.timeout(LEASE.total_seconds() / 2):
                outcome = await sender.send(parcel.citizen, parcel.reply)
        except Exception as error:  # a fault of the sender must not stop the others
            outcome = Outcome("unknown", type(error).__name__)
        async with self._sessions.begin() as session:
            row = await session.get(OutboxRow, parcel.row, with_for_update=True)
            if row is not None:  # else it was erased meanwhile
                _store(row, parcel.reply, outcome)
        metrics.PUSHES.labels(parcel.channel, outcome.kind).inc()
        log.info("outbox.sent", row=parcel.row, outcome=outcome.kind, detail=outcome.detail)

    async def _lease_one(self, session: AsyncSession, row: OutboxRow) -> Parcel | None:
        conversation = await session.get_one(Conversation, row.conversation_id)
        message = await session.get_one(Message, row.message_id)
        reply = record.as_reply(message)
        if row.status == "leased":  # its worker died: it may have arrived
            _store(row, reply, Outcome("unknown", "lease expired"))
        if reply.author == "bot" and row.epoch != conversation.epoch:
            row.status, row.detail = "dropped", "a lawyer took over"
        if row.status != "queued":
            return None
        if conversation.channel not in self._senders:
            row.next_at = now() + timedelta(seconds=LONGEST_DELAY_S)
            row.detail = "no sender"
            return None
        row.status, row.leased_until, row.attempts = "leased", now() + LEASE, row.attempts + 1
        if row.resent:
            reply = replace(reply, text=f"{words().resent}{reply.text}")
        return Parcel(row.id, conversation.channel, conversation.citizen, reply)


def _due() -> Select[OutboxRow]:
    """Selects due replies that no unfinished older one of their conversation holds back."""
    older = aliased(OutboxRow)
    held_back = exists().where(
        older.conversation_id == OutboxRow.conversation_id,
        older.id < OutboxRow.id,
        older.status.in_(UNFINISHED),
    )
    due = or_(
        and_(OutboxRow.status == "queued", OutboxRow.next_at <= now()),
        and_(OutboxRow.status == "leased", OutboxRow.leased_until < now()),
    )
    return (
        select(OutboxRow)
        .where(due, ~held_back)
        .order_by(OutboxRow.id)
        .with_for_update(skip_locked=True)
    )


def _store(row: OutboxRow, reply: Reply, outcome: Outcome) -> None:
    """Moves a row on by one outcome."""
    row.leased_until, row.detail = None, outcome.detail[:100]
    if outcome.kind == "retry" and now() - row.created_at < GIVEN_UP_AFTER:
        row.status = "queued"
        row.next_at = now() + timedelta(seconds=_delay(row.attempts, outcome.after))
    elif outcome.kind == "retry":
        row.status = "dead"
    elif outcome.kind == "unknown" and reply.author != "bot" and not row.resent:
        row.status, row.resent, row.next_at = "queued", True, now()
    else:
        row.status = outcome.kind


def _delay(attempts: int, after: float | None) -> float:
    """Returns the seconds before the next attempt: doubled each time, with jitter."""
    if after is not None:
        return after
    longest: float = min(LONGEST_DELAY_S, FIRST_DELAY_S * 2 ** min(attempts, 16))
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 (no secret)
