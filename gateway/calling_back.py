"""Calling people back who may not be pushed to any more, although a person has written to them.

A parked reply of a lawyer has its citizen called back once until they write again: by the sender's
own notice, which says nothing of the case, else by a task for the desk to phone.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import Select, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway import metrics
from gateway.channels import Notifier, Outcome, Sender
from gateway.tables import Conversation, OutboxRow, now

log = structlog.get_logger()

Phone = Callable[[AsyncSession, str], Awaitable[None]]

LEASE = timedelta(seconds=90)
AGAIN_AFTER_S = 600.0
AT_ONCE = 16


async def nobody_phones(_session: AsyncSession, conversation: str) -> None:
    """Notes that nobody can be asked to phone."""
    log.warning("notice.nobody_phones", conversation=conversation)


@dataclass(frozen=True)
class _Notice:
    row: int
    conversation: str
    channel: str
    citizen: str
    until: datetime


@dataclass(frozen=True)
class CallingBack:
    """Calls people back.

    Attributes:
        sessions: the database.
        senders: one for each channel; one that is a `Notifier` is asked first.
        phone: makes a task for the desk, in the transaction that notes it.
    """

    sessions: async_sessionmaker[AsyncSession]
    senders: Mapping[str, Sender]
    phone: Phone

    async def run_once(self) -> None:
        """Calls back whoever is due."""
        async with self.sessions.begin() as session:
            rows = list(await session.scalars(_due()))
            notices = [await self._lease(session, row) for row in rows]
        await asyncio.gather(*(self._call(notice) for notice in notices))

    async def _call(self, notice: _Notice) -> None:
        outcome = await self._notify(notice)
        async with self.sessions.begin() as session:
            row = await session.get(OutboxRow, notice.row, with_for_update=True)
            # Else they wrote or were erased meanwhile, or another worker has taken it over.
            if row is not None and (row.notice, row.leased_until) == ("leased", notice.until):
                await self._store(session, row, notice, outcome)

    async def _lease(self, session: AsyncSession, row: OutboxRow) -> _Notice:
        conversation = await session.get_one(Conversation, row.conversation_id)
        until = now() + LEASE
        row.notice, row.leased_until = "leased", until
        return _Notice(row.id, conversation.id, conversation.channel, conversation.citizen, until)

    async def _notify(self, notice: _Notice) -> Outcome:
        sender = self.senders.get(notice.channel)
        if not isinstance(sender, Notifier):
            return Outcome("dead", "no notice")
        try:
            return await sender.notify(notice.citizen)
        except Exception as error:  # a fault of the sender must not keep people from being called
            return Outcome("dead", type(error).__name__)

    async def _store(
        self, session: AsyncSession, row: OutboxRow, notice: _Notice, outcome: Outcome
    ) -> None:
        row.leased_until = None
        if outcome.kind in ("retry", "stopped"):
            after = AGAIN_AFTER_S if outcome.after is None else outcome.after
            row.notice, row.next_at = "due", now() + timedelta(seconds=after)
        elif outcome.kind in ("sent", "unknown"):
            row.notice = "sent"
        else:
            row.notice = "phone"
            await self.phone(session, notice.conversation)
        metrics.NOTICES.labels(notice.channel, row.notice).inc()
        log.info("notice.given", row=row.id, notice=row.notice, detail=outcome.detail)


def _due() -> Select[OutboxRow]:
    return (
        select(OutboxRow)
        .where(
            OutboxRow.status == "parked",
            or_(
                and_(OutboxRow.notice == "due", OutboxRow.next_at <= now()),
                and_(OutboxRow.notice == "leased", OutboxRow.leased_until < now()),
            ),
        )
        .order_by(OutboxRow.id)
        .limit(AT_ONCE)
        .with_for_update(skip_locked=True)
    )
