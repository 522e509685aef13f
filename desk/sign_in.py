"""Signing in and out, with a password and, where it is on or required, a second factor."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from desk import audit, limits, passwords, second_factor
from desk.accounts import Lawyer, lawyer_of, login_of
from desk.clock import CHINA, utc_now
from desk.errors import DeskError
from desk.limits import FAILURES_OF_ADDRESS, LOCKED_FOR, Limit
from desk.tables import Account, RecoveryCode

log = structlog.get_logger()


class SignInRefused(DeskError):
    """The attempt failed; the sentence is the same whether the name exists or not."""

    status = 403


class Locked(SignInRefused):
    """Too many attempts; none is looked at for a while."""

    status = 429

    def __init__(self, key: str, until: datetime) -> None:
        minutes = int(LOCKED_FOR.total_seconds() // 60)
        super().__init__(key, minutes=minutes, time=until.astimezone(CHINA).strftime("%H:%M"))


@dataclass(frozen=True)
class SignIns:
    """The door of the desk.

    Attributes:
        sessions: where the accounts are.
        key: secret for digests and for the sealed second factors.
        required: roles that must have a second factor.
    """

    sessions: async_sessionmaker[AsyncSession]
    key: str
    required: frozenset[str] = frozenset()

    async def password(self, name: str, password: str, address: str | None = None) -> Lawyer:
        """Returns whose name and password these are; the second factor is not looked at.

        Args:
            name: as it was typed.
            password: as it was typed.
            address: where the attempt comes from; None when that is not known.

        Raises:
            SignInRefused: wrong name or password, or a disabled account.
            Locked: too many failures for the name or the address.
        """
        asked = [Limit("name", login_of(name))]
        if address:
            asked.append(Limit("address", address, FAILURES_OF_ADDRESS))
        locked = await self._count(asked)
        async with self.sessions() as session:
            account = await session.scalar(select(Account).where(Account.name == login_of(name)))
        right = await passwords.fits(account.password_hash if account else None, password)
        if account is None or not right or account.disabled_at:
            await self._failed(account, "password")
            raise locked or SignInRefused("login_failed")
        async with self.sessions.begin() as session:
            await limits.forget(session, self.key, asked[0])
            for limit in asked[1:]:
                await limits.forgive(session, self.key, limit)
        return lawyer_of(account)

    async def code(self, lawyer: Lawyer, code: str) -> None:
        """Accepts the second factor or a recovery code; each works once.

        Raises:
            SignInRefused: the code is wrong or was used before.
            Locked: too many wrong codes.
        """
        limit = Limit("code", str(lawyer.id))
        locked = await self._count([limit], "code_locked")
        async with self.sessions.begin() as session:
            account = await session.get_one(Account, lawyer.id, with_for_update=True)
            right = _used_step(account, code, self.key) or await _used_recovery(
                session, account.id, code
            )
            if right:
                await limits.forget(session, self.key, limit)
        if not right:
            await self._failed(account, "code")
            raise locked or SignInRefused("code_failed")

    async def arrived(self, lawyer: Lawyer) -> None:
        """Keeps that a sign-in was completed."""
        async with self.sessions.begin() as session:
            await session.execute(
                update(Account).where(Account.id == lawyer.id).values(last_login_at=utc_now())
            )
            _record(session, "signed_in", lawyer.id)
        log.info("desk.login", account=lawyer.id)

    async def current(self, account_id: int, session_number: int) -> Lawyer | None:
        """Returns the one a cookie speaks of, or None when that sign-in has ended."""
        async with self.sessions() as session:
            account = await session.get(Account, account_id)
        if account is None or account.disabled_at or account.session_number != session_number:
            return None
        return lawyer_of(account)

    async def sign_out(self, lawyer: Lawyer) -> None:
        """Ends every sign-in of the account, on all machines."""
        async with self.sessions.begin() as session:
            await session.execute(
                update(Account)
                .where(Account.id == lawyer.id)
                .values(session_number=Account.session_number + 1)
            )
            _record(session, "signed_out", lawyer.id)
        log.info("desk.logout", account=lawyer.id)

    async def _count(self, asked: list[Limit], code_key: str | None = None) -> Locked | None:
        """Counts the attempt; returns what to say if it was the last one and is wrong."""
        async with self.sessions.begin() as session:
            standings = [await limits.count(session, self.key, limit) for limit in asked]
        locked = None
        for limit, standing in zip(asked, standings, strict=True):
            if standing.locked_until is None:
                continue
            locked = Locked(code_key or f"{limit.kind}_locked", standing.locked_until)
            log.warning("desk.login_locked", kind=limit.kind)
            if not standing.allowed:
                raise locked
        return locked

    async def _failed(self, account: Account | None, stage: str) -> None:
        known = account.id if account else None
        if known is not None:  # names that do not exist would fill the trail
            async with self.sessions.begin() as session:
                _record(session, "sign_in_failed", known, stage=stage)
        log.info("desk.login_failed", account=known, stage=stage)


def _used_step(account: Account, code: str, key: str) -> bool:
    """Returns whether the code is right now, and lets it not be used again."""
    secret = second_factor.unseal(account.totp_secret or "", key)
    if secret is None:
        return False
    digits = "".join(code.split())
    step = second_factor.step_of(secret, digits, account.totp_step, utc_now())
    if step is not None:
        account.totp_step = step
    return step is not None


async def _used_recovery(session: AsyncSession, account_id: int, code: str) -> bool:
    used = await session.execute(
        update(RecoveryCode)
        .where(
            RecoveryCode.account_id == account_id,
            RecoveryCode.digest == second_factor.code_digest(code, account_id),
            RecoveryCode.used_at.is_(None),
        )
        .values(used_at=utc_now())
    )
    if used.rowcount:  # type: ignore[attr-defined]
        _record(session, "recovery_code_used", account_id)
    return bool(used.rowcount)  # type: ignore[attr-defined]


def _record(session: AsyncSession, action: str, account_id: int | None, **detail: str) -> None:
    audit.record(
        session, action, actor=account_id, subject="account", subject_id=account_id, **detail
    )
