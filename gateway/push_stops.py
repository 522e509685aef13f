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


async def stopped(session: AsyncSession) -> frozenset[str]:
    """Returns the channels that are stopped now."""
    rows = await session.scalars(select(PushStop.channel).where(PushStop.until > now()))
    return frozenset(rows)


async def forbidden(session: AsyncSession, channel: str) -> bool:
    """Says whether a channel's account was last found not to be allowed to push."""
    found = await session.get(PushStop, channel)
    return found is not None and found.detail == FORBIDDEN


async def lift(session: AsyncSession, channel: str) -> None:
    """Forgets a stop: something went out."""
    found = await session.get(PushStop, channel)
    if found is not None:
        await session.delete(found)
