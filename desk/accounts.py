"""Accounts: making them, and what an administrator changes on them."""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from desk import audit, passwords, roles
from desk.clock import utc_now
from desk.errors import InvalidInput
from desk.passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD
from desk.tables import Account, RecoveryCode

LONGEST_NAME = 64  # characters


class AccountError(Exception):
    """An account cannot be made as asked; the message says why."""


@dataclass(frozen=True)
class Lawyer:
    """Who is signed in, whatever the role.

    `session_number` must be that of the account, or the cookie is void.
    """

    id: int
    display_name: str
    session_number: int
    role: str = "lawyer"
    must_change_password: bool = False
    has_second_factor: bool = False

    def may(self, action: str) -> bool:
        """Returns whether the role has the action."""
        return roles.may(self.role, action)


def lawyer_of(account: Account) -> Lawyer:
    """Returns the account as pages know it."""
    return Lawyer(
        account.id,
        account.display_name,
        account.session_number,
        account.role,
        account.must_change_password,
        account.totp_secret is not None,
    )


def takes_cases(account: Account) -> bool:
    """Returns whether an account may be given a case."""
    return account.disabled_at is None and roles.may(account.role, "work_cases")


def may_take_cases() -> ColumnElement[bool]:
    """Returns `takes_cases` as a condition."""
    working = [role for role in roles.RIGHTS.roles if roles.may(role, "work_cases")]
    return and_(Account.disabled_at.is_(None), Account.role.in_(working))


async def create_account(
    session: AsyncSession,
    name: str,
    password: str,
    display_name: str,
    role: str = "lawyer",
    *,
    by: int | None = None,
    must_change_password: bool = False,
) -> Account:
    """Adds an account to the session's transaction.

    Args:
        session: the transaction.
        name: what is typed to sign in, in any case.
        password: 10 to 200 characters.
        display_name: what citizens and colleagues see.
        role: one of roles.yml.
        by: the administrator's account; None from the command line.
        must_change_password: the first sign-in must choose another password.

    Raises:
        AccountError: a name is blank, too long or taken, the role is unknown, or the password
            is too short or too long.
    """
    login, shown = login_of(name), display_name.strip()
    if not 1 <= len(login) <= LONGEST_NAME or not 1 <= len(shown) <= LONGEST_NAME:
        raise AccountError("names must have 1 to 64 characters")
    if role not in roles.RIGHTS.roles:
        raise AccountError(f"the role must be one of {', '.join(roles.RIGHTS.roles)}")
    if not passwords.acceptable(password):
        raise AccountError(
            f"the password must have {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters"
        )
    password_hash = await passwords.hashed(password)
    if await session.scalar(select(func.count()).where(Account.name == login)):
        raise AccountError(f"there is already an account named {login}")
    account = Account(
        name=login,
        password_hash=password_hash,
        display_name=shown,
        role=role,
        must_change_password=must_change_password,
    )
    session.add(account)
    await session.flush()
    _record(session, "account_created", account, by, role=role)
    return account


async def change_role(session: AsyncSession, account: Account, role: str, by: int) -> None:
    """Gives the account another role; it has to sign in again.

    Raises:
        InvalidInput: the role is unknown, or nobody would be left to manage accounts.
    """
    if role not in roles.RIGHTS.roles:
        raise InvalidInput("unknown_role")
    if role == account.role:
        return
    if not roles.may(role, "manage_accounts"):
        await _keep_an_administrator(session, account)
    _record(session, "account_role", account, by, before=account.role, after=role)
    account.role = role
    account.session_number += 1


async def disable(session: AsyncSession, account: Account, by: int) -> None:
    """Ends every sign-in of the account and allows no new one; its history stays.

    Raises:
        InvalidInput: nobody would be left to manage accounts.
    """
    if account.disabled_at is None:
        await _keep_an_administrator(session, account)
        account.disabled_at = utc_now()
        account.session_number += 1
        _record(session, "account_disabled", account, by)


async def enable(session: AsyncSession, account: Account, by: int) -> None:
    """Lets the account sign in again."""
    if account.disabled_at is not None:
        account.disabled_at = None
        _record(session, "account_enabled", account, by)


async def reset_password(session: AsyncSession, account: Account, by: int | None) -> str:
    """Returns a new password that is good for one sign-in, at which another must be chosen."""
    password = passwords.first_password()
    account.password_hash = await passwords.hashed(password)
    account.must_change_password = True
    account.session_number += 1
    _record(session, "password_reset", account, by)
    return password


async def drop_second_factor(session: AsyncSession, account: Account, by: int | None) -> None:
    """Takes the second factor off, for somebody who lost phone and codes."""
    if account.totp_secret is not None:
        account.totp_secret = account.totp_step = None
        account.session_number += 1
        await session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == account.id))
        _record(session, "second_factor_off", account, by)


async def account_named(session: AsyncSession, name: str) -> Account | None:
    """Returns the account with that login name, locked for this transaction."""
    found: Account | None = await session.scalar(
        select(Account).where(Account.name == login_of(name)).with_for_update()
    )
    return found


def login_of(name: str) -> str:
    """Returns a login name as it is stored."""
    return name.strip().casefold()


async def _keep_an_administrator(session: AsyncSession, account: Account) -> None:
    """Refuses to take away the last account that manages accounts."""
    managing = [name for name in roles.RIGHTS.roles if roles.may(name, "manage_accounts")]
    if account.role not in managing:
        return
    others = await session.scalars(
        select(Account.id)
        .where(Account.role.in_(managing), Account.disabled_at.is_(None), Account.id != account.id)
        .with_for_update()
    )
    if not others.all():
        raise InvalidInput("last_administrator")


def _record(
    session: AsyncSession, action: str, account: Account, by: int | None, **detail: str
) -> None:
    audit.record(session, action, actor=by, subject="account", subject_id=account.id, **detail)
