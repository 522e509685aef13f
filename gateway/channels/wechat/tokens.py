"""The account's access token, kept in the database so that all workers use one.

Whoever wins the lease asks Tencent; the others look until the new token is there. An expired lease
(its worker died) is free again.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway.annexes import AccessToken
from gateway.channels.wechat.errors import Unreachable

MARGIN = timedelta(seconds=300)
"""How long before its end a token is renewed; old and new overlap that long."""
LEASE = timedelta(seconds=40)
FORCED_EVERY = timedelta(minutes=10)
"""Tencent allows few forced replacements; a token refused again sooner is not the cause."""
LOOK_AGAIN_S = 0.1


@dataclass(frozen=True)
class Granted:
    """A token as Tencent gave it; ``lifetime`` is in seconds."""

    token: str
    lifetime: float


Ask = Callable[[bool], Awaitable[Granted]]


class Tokens:
    """One account's token.

    Args:
        sessions: the database that all workers share.
        appid: the account.
        ask: asks Tencent for a token, by force or not.
        clock: Unix seconds.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        appid: str,
        ask: Ask,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._sessions = sessions
        self._appid = appid
        self._ask = ask
        self._clock = clock
        self._known = ("", self._now())

    async def get(self, refused: str = "") -> str:
        """Returns a token that is not `refused`; raises what asking for one raises.

        Raises:
            Unreachable: another worker has been asking for too long.
        """
        if refused != self._known[0] and self._now() < self._known[1]:
            return self._known[0]
        end = time.monotonic() + 2 * LEASE.total_seconds()
        while time.monotonic() < end:
            row = await self._row()
            if row.token and row.token != refused and self._now() < row.expires_at:
                self._known = (row.token, row.expires_at)
                return row.token
            if await self._lease(row.token):
                return await self._renew(row, refused)
            await asyncio.sleep(LOOK_AGAIN_S)
        raise Unreachable("stable_token: another worker has it")

    def _now(self) -> datetime:
        return datetime.fromtimestamp(self._clock(), UTC)

    async def _row(self) -> AccessToken:
        async with self._sessions() as session:
            row = await session.get(AccessToken, self._appid)
        if row is not None:
            return row
        try:
            async with self._sessions.begin() as session:
                session.add(AccessToken(appid=self._appid, expires_at=self._now()))
        except IntegrityError:
            pass  # another worker was first
        async with self._sessions() as session:
            found: AccessToken = (
                await session.scalars(select(AccessToken).where(AccessToken.appid == self._appid))
            ).one()
            return found

    async def _lease(self, token: str) -> bool:
        """Says whether it is ours to renew: compare-and-set on a free lease and the same token."""
        free = or_(AccessToken.leased_until.is_(None), AccessToken.leased_until < self._now())
        async with self._sessions.begin() as session:
            done = await session.execute(
                update(AccessToken)
                .where(AccessToken.appid == self._appid, AccessToken.token == token, free)
                .values(leased_until=self._now() + LEASE)
            )
            return bool(done.rowcount)  # type: ignore[attr-defined]

    async def _renew(self, row: AccessToken, refused: str) -> str:
        values: dict[str, object] = {"leased_until": None}
        try:
            granted = await self._ask(False)
            if granted.token == refused and self._may_force(row):
                granted = await self._ask(True)  # Tencent holds it valid, yet refuses it
                values["forced_at"] = self._now()
            ends = self._now() + timedelta(seconds=granted.lifetime) - MARGIN
            values |= {"token": granted.token, "expires_at": ends}
            self._known = (granted.token, ends)
            return granted.token
        finally:
            async with self._sessions.begin() as session:
                await session.execute(
                    update(AccessToken).where(AccessToken.appid == self._appid).values(values)
                )

    def _may_force(self, row: AccessToken) -> bool:
        return row.forced_at is None or self._now() - row.forced_at > FORCED_EVERY
