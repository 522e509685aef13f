"""Lawyers' accounts: making them, signing in, signing out."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

import structlog
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from desk.clock import utc_now
from desk.tables import Account

SHORTEST_PASSWORD = 10  # characters
LONGEST_PASSWORD = 200  # characters; hashing costs memory and time
FAILURES_BEFORE_LOCK = 5
LOCKED_FOR = timedelta(minutes=15)

log = structlog.get_logger()
hasher = PasswordHasher()


class AccountError(Exception):
    """An account cannot be made as asked; the message says why."""


@dataclass(frozen=True)
class Lawyer:
    """Who is signed in. `session_number` must be that of the account, or the cookie is void."""

    id: int
    display_name: str
    session_number: int


async def create_account(
    session: AsyncSession, name: str, password: str, display_name: str
) -> None:
    """Adds a lawyer's account to the session's transaction.

    Raises:
        AccountError: a name is blank, too long or taken, or the password is too short.
    """
    login, shown = _login(name), display_name.strip()
    if not 1 <= len(login) <= 64 or not 1 <= len(shown) <= 64:
        raise AccountError("names must have 1 to 64 characters")
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST_PASSWORD:
        raise AccountError(
            f"the password must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters"
        )
    password_hash = await asyncio.to_thread(hasher.hash, password)
    if await session.scalar(select(func.count()).where(Account.name == login)):
        raise AccountError(f"there is already an account named {login}")
    session.add(Account(name=login, password_hash=password_hash, display_name=shown))


async def sign_in(
    sessions: async_sessionmaker[AsyncSession], name: str, password: str
) -> Lawyer | None:
    """Returns the lawyer, or None for a wrong name, a wrong password or a locked account.

    The attempt is counted before the password is looked at, so that guesses sent side by side
    are counted too. The caller shows one message for all failures.
    """
    account = await _count_attempt(sessions, _login(name))
    known = account.password_hash if account else _nobody()
    right = await asyncio.to_thread(_verify, known, password[: LONGEST_PASSWORD + 1])
    if account is None or not right:
        log.info("desk.login_failed", account=account.id if account else None)
        return None
    async with sessions.begin() as session:
        await session.execute(
            update(Account)
            .where(Account.id == account.id)
            .values(failed_logins=0, locked_until=None)
        )
    log.info("desk.login", account=account.id)
    return Lawyer(account.id, account.display_name, account.session_number)


async def signed_in(
    sessions: async_sessionmaker[AsyncSession], account_id: int, session_number: int
) -> Lawyer | None:
    """Returns the lawyer a cookie speaks of, or None when that sign-in has ended."""
    async with sessions() as session:
        account = await session.get(Account, account_id)
    if account is None or account.session_number != session_number:
        return None
    return Lawyer(account.id, account.display_name, account.session_number)


async def sign_out(sessions: async_sessionmaker[AsyncSession], lawyer: Lawyer) -> None:
    """Ends every sign-in of the lawyer, on all machines."""
    async with sessions.begin() as session:
        await session.execute(
            update(Account)
            .where(Account.id == lawyer.id)
            .values(session_number=Account.session_number + 1)
        )
    log.info("desk.logout", account=lawyer.id)


async def _count_attempt(sessions: async_sessionmaker[AsyncSession], login: str) -> Account | None:
    """Returns the account unless it is unknown or locked, and counts the attempt."""
    now = utc_now()
    async with sessions.begin() as session:
        account: Account | None = await session.scalar(
            select(Account).where(Account.name == login).with_for_update()
        )
        if account is None or (account.locked_until and account.locked_until > now):
            return None
        if account.locked_until:
            account.failed_logins, account.locked_until = 0, None
        account.failed_logins += 1
        if account.failed_logins >= FAILURES_BEFORE_LOCK:
            account.locked_until = now + LOCKED_FOR
            log.warning("desk.account_locked", account=account.id)
        await session.flush()
        session.expunge(account)
    return account


def _login(name: str) -> str:
    return name.strip().casefold()


def _verify(password_hash: str, password: str) -> bool:
    try:
        return hasher.verify(password_hash, password)
    except VerifyMismatchError:
        return False


@cache
def _nobody() -> str:
    """Returns a hash no password fits, so that an unknown name takes as long as a known one."""
    return hasher.hash("\0")
