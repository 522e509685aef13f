"""Keeping a checklist under an address nobody can guess, until a day or until it is deleted."""

from __future__ import annotations

import asyncio
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import delete, func, select, update
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from aid.errors import AidError
from aid.tables import CarriedFacts, Checklist
from eligibility import FactError, Facts

log = structlog.get_logger()

TOKEN_BYTES = 24
LARGEST_COUNT = 100_000  # rows; more would be somebody's script
MOST_TICKS = 100
PURGE_EVERY_S = 3600


class TooManyKept(AidError):
    """There is no room for one more checklist."""


@dataclass(frozen=True)
class Kept:
    """A checklist as it was kept."""

    token: str
    facts: Facts
    at_hand: frozenset[str]
    expires_at: datetime


def utc_now() -> datetime:
    """Return the current time in UTC."""
    return datetime.now(UTC)


class Saved:
    """The kept checklists.

    Args:
        sessions: makes sessions on the database.
        keep_days: how long a checklist stays after it was kept.
        now: the clock.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        keep_days: int,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._sessions = sessions
        self._keep = timedelta(days=keep_days)
        self._now = now

    async def keep(self, facts: Facts, at_hand: frozenset[str]) -> str:
        """Keep a checklist and return the secret part of its address.

        Raises:
            TooManyKept: the table is full.
        """
        token = secrets.token_urlsafe(TOKEN_BYTES)
        row = Checklist(
            link=link_of(token),
            facts=facts.to_dict(),
            at_hand=_ticks(at_hand),
            expires_at=self._now() + self._keep,
        )
        async with self._sessions.begin() as session:
            if (await session.scalar(select(func.count(Checklist.link))) or 0) >= LARGEST_COUNT:
                raise TooManyKept
            session.add(row)
        return token

    async def find(self, token: str) -> Kept | None:
        """Return a checklist; None where there is none any more, or it cannot be read any more."""
        async with self._sessions() as session:
            row = await session.get(Checklist, link_of(token))
        if row is None or row.expires_at <= self._now():
            return None
        try:
            facts = Facts.from_dict(row.facts)
        except FactError:  # kept under rules that have changed since
            return None
        return Kept(token, facts, frozenset(row.at_hand), row.expires_at)

    async def tick(self, token: str, at_hand: frozenset[str]) -> None:
        """Replace what is at hand; the day on which it goes stays."""
        async with self._sessions.begin() as session:
            await session.execute(
                update(Checklist)
                .where(Checklist.link == link_of(token))
                .values(at_hand=_ticks(at_hand))
            )

    async def forget(self, token: str) -> None:
        """Delete a checklist, if it is there."""
        async with self._sessions.begin() as session:
            await session.execute(delete(Checklist).where(Checklist.link == link_of(token)))

    async def purge(self) -> None:
        """Delete every checklist, and all facts on their way from a chat, whose time is over."""
        async with self._sessions.begin() as session:
            for table in (Checklist, CarriedFacts):
                await session.execute(delete(table).where(table.expires_at <= self._now()))

    async def purge_for_ever(self) -> None:
        """Delete what is over, now and every hour, until cancelled."""
        while True:
            try:
                await self.purge()
            except SQLAlchemyError as error:
                log.error("aid.purge_failed", error=type(error).__name__)
            await asyncio.sleep(PURGE_EVERY_S)


def link_of(token: str) -> str:
    """Return what the tables hold of a secret: nobody who reads them can open its page."""
    return hashlib.sha256(token.encode()).hexdigest()


def _ticks(at_hand: frozenset[str]) -> list[str]:
    return sorted(at_hand)[:MOST_TICKS]
