"""Channels on which nothing goes out until somebody repairs something, for all workers."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.tables import PushStop, now

FORBIDDEN = "48001"
"""WeChat's word for an account without permission to push, which a retry does not change."""


async def stop(session: AsyncSession, channel: str, detail: str, seconds: float) -> None:
    """Stops a channel's pushes for so long."""
    until = now() + timedelta(seconds=seconds)
    await session.merge(PushStop(channel=channel, detail=detail, until=until))


async def reasons(session: AsyncSession) -> dict[str, str]:
    """Returns the channels that are stopped now, and the platform's word for why."""
    rows = await session.execute(
        select(PushStop.channel, PushStop.detail).where(PushStop.until > now())
    )
    return dict(rows.tuples().all())


async def stopped(session: AsyncSession) -> frozenset[str]:
    """Returns the channels that are stopped now."""
    return frozenset(await reasons(session))


async def forbidden(session: AsyncSession, channel: str) -> bool:
    """Says whether a channel's account was last found not to be allowed to push."""
    found = await session.get(PushStop, channel)
    return found is not None and found.detail == FORBIDDEN


async def lift(session: AsyncSession, channel: str) -> None:
    """Forgets a stop: something went out."""
    found = await session.get(PushStop, channel)
    if found is not None:
        await session.delete(found)
