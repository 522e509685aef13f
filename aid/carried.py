"""Taking what was told in a chat to the papers page, over a link that opens once and expires."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from aid.saved import LARGEST_COUNT, TOKEN_BYTES, TooManyKept, link_of, utc_now
from aid.tables import CarriedFacts
from eligibility import FactError, Facts

HOURS = 2


class Carried:
    """The facts on their way.

    Args:
        sessions: makes sessions on the database.
        now: the clock.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._sessions = sessions
        self._now = now

    async def put(self, facts: Facts) -> str:
        """Keep facts for `HOURS`; return the secret part of the link.

        Raises:
            TooManyKept: the table is full.
        """
        token = secrets.token_urlsafe(TOKEN_BYTES)
        row = CarriedFacts(
            link=link_of(token),
            facts=facts.to_dict(),
            expires_at=self._now() + timedelta(hours=HOURS),
        )
        async with self._sessions.begin() as session:
            if (await session.scalar(select(func.count(CarriedFacts.link))) or 0) >= LARGEST_COUNT:
                raise TooManyKept
            session.add(row)
        return token

    async def waiting(self, token: str) -> bool:
        """Return whether a link can still be opened; looking at it does not use it up."""
        async with self._sessions() as session:
            row = await session.get(CarriedFacts, link_of(token))
        return row is not None and row.expires_at > self._now()

    async def take(self, token: str) -> Facts | None:
        """Return the facts and delete them; None where they are gone or cannot be read any more."""
        async with self._sessions.begin() as session:
            taken = await session.execute(
                delete(CarriedFacts)
                .where(CarriedFacts.link == link_of(token), CarriedFacts.expires_at > self._now())
                .returning(CarriedFacts.facts)
            )
            facts = taken.scalar_one_or_none()
        try:
            return None if facts is None else Facts.from_dict(facts)
        except FactError:  # told under rules that have changed since
            return None
