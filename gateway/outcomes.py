"""What becomes of a reply after an attempt to push it."""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gateway import metrics, push_stops, quota
from gateway.channels import Outcome, Reply
from gateway.tables import Message, OutboxRow, now

log = structlog.get_logger()

FIRST_DELAY_S, LONGEST_DELAY_S = 2.0, 900.0
GIVEN_UP_AFTER = timedelta(hours=48)
STOPPED_S = 600.0
TAKEN_OVER = "a lawyer took over"


@dataclass(frozen=True)
class Parcel:
    """One leased reply on its way: ``start`` of its messages have gone out before.

    ``automatic``: nobody wrote it, it answers what a citizen sent.
    """

    row: int
    channel: str
    citizen: str
    reply: Reply
    until: datetime
    start: int
    at_most: int | None = None
    automatic: bool = False


async def store(session: AsyncSession, row: OutboxRow, parcel: Parcel, outcome: Outcome) -> None:
    """Moves a row on by one outcome, and takes from the quota what has been used."""
    row.leased_until, row.detail = None, outcome.detail[:100]
    row.parts += outcome.parts
    used = outcome.parts + 1 if outcome.kind == "unknown" else outcome.parts
    used = max(used, outcome.kind == "sent")
    author = "bot" if parcel.automatic else parcel.reply.author
    await quota.spend(session, row.conversation_id, author, used)
    match outcome.kind:
        case "parked":
            if outcome.detail:  # the platform counts differently: it is right
                await quota.exhaust(session, row.conversation_id)
            await park(session, row, parcel, outcome.detail)
        case "stopped":
            await _stop(session, row, parcel, outcome)
        case "retry" if now() - row.created_at < GIVEN_UP_AFTER:
            row.status = "queued"
            row.next_at = now() + timedelta(seconds=_delay(row.attempts, outcome.after))
        case "retry":
            row.status = "dead"
        case "unknown" if not parcel.automatic and not row.resent:
            row.status, row.resent, row.parts, row.next_at = "queued", True, 0, now()
        case _:
            row.status = outcome.kind
    if outcome.kind == "sent":
        await push_stops.lift(session, parcel.channel)


async def park(session: AsyncSession, row: OutboxRow, parcel: Parcel, detail: str) -> None:
    """Keeps a reply for the citizen's next message; people's words have them called back, once."""
    row.status, row.detail = "parked", detail[:100]
    if parcel.automatic:
        return
    called = select(OutboxRow.id).where(
        OutboxRow.conversation_id == row.conversation_id,
        OutboxRow.status == "parked",
        OutboxRow.notice != "",
    )
    if await session.scalar(called.limit(1)) is None:
        row.notice, row.next_at = "due", now()


async def drop_bot(session: AsyncSession, conversation: str) -> None:
    """Drops the bot's replies that wait: a lawyer took over."""
    bots = select(Message.id).where(
        Message.conversation_id == conversation, Message.author == "bot"
    )
    await session.execute(
        update(OutboxRow)
        .where(
            OutboxRow.conversation_id == conversation,
            OutboxRow.status.in_(("queued", "parked")),
            OutboxRow.message_id.in_(bots),
        )
        .values(status="dropped", detail=TAKEN_OVER)
        .execution_options(synchronize_session=False)
    )


async def _stop(session: AsyncSession, row: OutboxRow, parcel: Parcel, outcome: Outcome) -> None:
    """Stops the channel; without permission to push, the bot's reply waits to be asked for."""
    seconds = STOPPED_S if outcome.after is None else outcome.after
    log.error("outbox.stopped", channel=parcel.channel, detail=outcome.detail, seconds=seconds)
    metrics.STOPS.labels(parcel.channel, outcome.detail).inc()
    await push_stops.stop(session, parcel.channel, outcome.detail[:100], seconds)
    row.status, row.next_at = "queued", now()
    if outcome.detail != push_stops.FORBIDDEN:
        return
    if parcel.reply.author != "bot":
        await park(session, row, parcel, outcome.detail)
        return
    reply = await session.get_one(Message, row.message_id)
    asked = await session.get(Message, reply.reply_to) if reply.reply_to else None
    if asked is not None:
        asked.reply_path, row.status = "held", "dropped"


def _delay(attempts: int, after: float | None) -> float:
    """Returns the seconds before the next attempt: doubled each time, with jitter."""
    if after is not None:
        return after
    longest: float = min(LONGEST_DELAY_S, FIRST_DELAY_S * 2 ** min(attempts, 16))
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 (no secret)
