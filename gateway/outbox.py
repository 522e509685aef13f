"""Pushing what cannot be answered in the request: leases, order, and the fence.

A reply is leased, sent outside any transaction, and its outcome stored (`gateway.outcomes`). Per
conversation the oldest unfinished reply goes first and the others wait for it. The bot's words from
before a lawyer took over are dropped at the last moment. Any number of workers may run.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta

import structlog
from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import aliased

from gateway import metrics, outcomes, push_stops, quota, record
from gateway.calling_back import CallingBack, Phone, nobody_phones
from gateway.channels import Capabilities, Outcome, Reply, Sender
from gateway.database import in_transaction
from gateway.logs import where
from gateway.outcomes import Parcel
from gateway.tables import Conversation, Message, OutboxRow, now
from gateway.words import words

log = structlog.get_logger()

LEASE = timedelta(seconds=60)
"""How long a reply whose worker died waits for another one."""
NO_SENDER = timedelta(minutes=15)
AT_ONCE = 16
POLL_S = 1.0
LAST_MOMENT_S = 3.0

UNFINISHED = ("queued", "leased", "parked")


class Outbox:
    """The worker.

    Args:
        sessions: the database.
        senders: one for each channel that can push.
        channels: what those channels can do.
        phone: how the desk learns that somebody can only be reached by phone.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        senders: Mapping[str, Sender],
        channels: Mapping[str, Capabilities] | None = None,
        phone: Phone = nobody_phones,
    ) -> None:
        self._sessions = sessions
        self._senders = senders
        self._channels = channels or {}
        self._calling_back = CallingBack(sessions, senders, phone)

    async def run(self) -> None:
        """Pushes what is due and calls people back until it is cancelled."""
        sending: set[asyncio.Task[None]] = set()
        calling = asyncio.create_task(self._call_back())
        try:
            await self._run(sending)
        finally:  # what is on its way at a stop gets a moment to arrive and be noted
            calling.cancel()
            await asyncio.gather(calling, return_exceptions=True)
            if sending:
                await asyncio.wait(sending, timeout=LAST_MOMENT_S)

    async def _run(self, sending: set[asyncio.Task[None]]) -> None:
        while True:
            leased = 0
            try:
                parcels = await self.lease(AT_ONCE - len(sending))
                leased = len(parcels)
                for parcel in parcels:
                    task = asyncio.create_task(self.deliver(parcel))
                    sending.add(task)
                    task.add_done_callback(sending.discard)
            except Exception as error:  # the database is busy or away: the rows are still there
                log.error("outbox.failed", error=type(error).__name__, where=where(error))
            if leased and sending:  # more may be waiting: go on as soon as there is room
                await asyncio.wait(sending, timeout=POLL_S, return_when=asyncio.FIRST_COMPLETED)
            else:
                await asyncio.sleep(POLL_S)

    async def _call_back(self) -> None:
        """Calls people back beside the pushing: a slow notice holds up no reply."""
        while True:
            try:
                await self._calling_back.run_once()
            except Exception as error:  # the database is busy or away: the rows are still there
                log.error("notices.failed", error=type(error).__name__, where=where(error))
            await asyncio.sleep(POLL_S)

    async def run_once(self) -> int:
        """Pushes what is due now, then calls people back; returns how many replies went."""
        parcels = await self.lease(AT_ONCE)
        await asyncio.gather(*(self.deliver(parcel) for parcel in parcels))
        await self._calling_back.run_once()
        return len(parcels)

    async def lease(self, limit: int) -> list[Parcel]:
        """Leases the oldest due reply of each conversation; returns what has to be sent."""
        if limit <= 0:
            return []
        async with self._sessions.begin() as session:
            waiting = select(func.count()).where(OutboxRow.status.in_(UNFINISHED))
            metrics.OUTBOX.set(await session.scalar(waiting) or 0)
            stopped = await push_stops.stopped(session)
            rows = list(await session.scalars(_due(stopped).limit(limit)))
            parcels = [await self._lease_one(session, row) for row in rows]
            return [parcel for parcel in parcels if parcel]

    async def deliver(self, parcel: Parcel) -> None:
        """Sends one leased reply and stores what became of it."""
        try:
            if not await self._begun(parcel):
                return
        except DBAPIError as error:  # nothing has left: the lease runs out, and it goes again
            log.error("outbox.not_begun", row=parcel.row, error=type(error).__name__)
            return
        try:
            sender = self._senders[parcel.channel]
            async with asyncio.timeout(LEASE.total_seconds() / 2):
                outcome = await sender.send(
                    parcel.citizen, parcel.reply, parcel.start, parcel.at_most
                )
        except Exception as error:  # a fault of the sender must not stop the others
            outcome = Outcome("unknown", type(error).__name__)

        async def note(session: AsyncSession) -> None:
            row = await session.get(OutboxRow, parcel.row, with_for_update=True)
            # Else it was erased meanwhile, or the lease ran out and another worker has it.
            if row is not None and row.leased_until == parcel.until:
                await outcomes.store(session, row, parcel, outcome)

        try:
            await in_transaction(self._sessions, note)
        except DBAPIError as error:  # the lease runs out: it counts as one that may have arrived
            log.error("outbox.not_noted", row=parcel.row, error=type(error).__name__)
            return
        metrics.PUSHES.labels(parcel.channel, outcome.kind).inc()
        log.info("outbox.sent", row=parcel.row, outcome=outcome.kind, detail=outcome.detail)

    async def _begun(self, parcel: Parcel) -> bool:
        """Notes that from now on it may have arrived; says whether the lease is still ours."""

        async def begin(session: AsyncSession) -> bool:
            row = await session.get(OutboxRow, parcel.row, with_for_update=True)
            if row is None or row.leased_until != parcel.until:
                return False
            conversation = await session.get_one(Conversation, row.conversation_id)
            if _stale(parcel.reply, row, conversation):
                row.status, row.detail = "dropped", outcomes.TAKEN_OVER
                return False
            row.begun = True
            return True

        return await in_transaction(self._sessions, begin)

    async def _lease_one(self, session: AsyncSession, row: OutboxRow) -> Parcel | None:
        conversation = await session.get_one(Conversation, row.conversation_id)
        message = await session.get_one(Message, row.message_id)
        until = now() + LEASE
        parcel = Parcel(
            row.id,
            conversation.channel,
            conversation.citizen,
            record.as_reply(message),
            until,
            row.parts,
            automatic=message.author == "bot" or message.reply_to is not None,
        )
        if row.status == "leased" and not row.begun:  # its worker died before it sent anything
            row.status = "queued"
        if row.status == "leased":  # its worker died: it may have arrived
            await outcomes.store(session, row, parcel, Outcome("unknown", "lease expired"))
        if _stale(parcel.reply, row, conversation):
            row.status, row.detail = "dropped", outcomes.TAKEN_OVER
        if row.status != "queued":
            return None
        if parcel.channel not in self._senders:
            row.next_at, row.detail = now() + NO_SENDER, "no sender"
            return None
        at_most = await self._allowed(session, parcel, conversation)
        if at_most == 0:
            await outcomes.park(session, row, parcel, "quota")
            return None
        row.status, row.leased_until, row.attempts = "leased", until, row.attempts + 1
        row.begun = False
        if row.resent:
            marked = replace(parcel.reply, text=f"{words().resent}{parcel.reply.text}")
            parcel = replace(parcel, reply=marked)
        return replace(parcel, at_most=at_most)

    async def _allowed(
        self, session: AsyncSession, parcel: Parcel, conversation: Conversation
    ) -> int | None:
        """Returns how many messages may go out now, None for as many as it takes."""
        if self._channels.get(parcel.channel, Capabilities()).quota is None:
            return None
        return await quota.left(session, conversation.id, parcel.reply.author)


def _stale(reply: Reply, row: OutboxRow, conversation: Conversation) -> bool:
    """Says whether these are the bot's words from before a lawyer took over."""
    return reply.author == "bot" and row.epoch != conversation.epoch


def _due(stopped: frozenset[str]) -> Select[OutboxRow]:
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
    on_stopped = exists().where(
        Conversation.id == OutboxRow.conversation_id, Conversation.channel.in_(stopped)
    )
    return (
        select(OutboxRow)
        .where(due, ~held_back, ~on_stopped)
        .order_by(OutboxRow.id)
        .with_for_update(skip_locked=True)
    )
