"""Limits on guessing: per name, per address and per account, counted in the database.

Names that do not exist are counted and locked like those that do, so that a lock tells nothing.
"""

import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.ext.asyncio import AsyncSession

from desk.clock import utc_now
from desk.tables import LoginLimit

WINDOW = timedelta(minutes=15)
LOCKED_FOR = timedelta(minutes=15)
FAILURES_BEFORE_LOCK = 5
# An office shares one address, so there are more of them.
FAILURES_OF_ADDRESS = 30


@dataclass(frozen=True)
class Limit:
    """What is counted: `kind` is name, address or code."""

    kind: str
    value: str
    most: int = FAILURES_BEFORE_LOCK

    def key(self, secret: str) -> str:
        """Returns the digest under which it is kept."""
        text = f"{self.kind}\0{self.value}".encode()
        return hmac.new(b"desk limit\0" + secret.encode(), text, hashlib.sha256).hexdigest()


@dataclass(frozen=True)
class Standing:
    """Whether an attempt may be looked at, and until when the next ones are refused."""

    allowed: bool
    locked_until: datetime | None


async def count(session: AsyncSession, secret: str, limit: Limit) -> Standing:
    """Counts an attempt before it is looked at, so that guesses sent side by side count too.

    The last allowed attempt locks already; if it is right, the lock is taken back.
    """
    now = utc_now()
    await session.execute(delete(LoginLimit).where(LoginLimit.since < now - WINDOW - LOCKED_FOR))
    row = await _row(session, limit.key(secret), now)
    if row.locked_until and row.locked_until > now:
        return Standing(False, row.locked_until)
    if row.locked_until or row.since < now - WINDOW:
        row.failures, row.since, row.locked_until = 0, now, None
    row.failures += 1
    if row.failures >= limit.most:
        row.locked_until = now + LOCKED_FOR
    return Standing(True, row.locked_until)


async def forgive(session: AsyncSession, secret: str, limit: Limit) -> None:
    """Takes back the count of an attempt that was right."""
    row = await session.get(LoginLimit, limit.key(secret), with_for_update=True)
    if row and row.failures > 0:
        row.failures, row.locked_until = row.failures - 1, None


async def forget(session: AsyncSession, secret: str, limit: Limit) -> None:
    """Drops what was counted, and a lock."""
    await session.execute(delete(LoginLimit).where(LoginLimit.key == limit.key(secret)))


async def _row(session: AsyncSession, key: str, now: datetime) -> LoginLimit:
    """Returns the locked row, made if need be; two workers make one."""
    dialect = session.get_bind().dialect.name
    insert = postgresql_insert if dialect == "postgresql" else sqlite_insert
    await session.execute(
        insert(LoginLimit).values(key=key, failures=0, since=now).on_conflict_do_nothing()
    )
    return await session.get_one(LoginLimit, key, with_for_update=True, populate_existing=True)
