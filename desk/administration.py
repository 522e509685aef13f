"""The administrator's list of accounts and the form for one of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from desk import accounts, audit, limits, passwords
from desk.accounts import AccountError, Lawyer
from desk.errors import CaseNotFound, InvalidInput
from desk.limits import Limit
from desk.office import OFFICE
from desk.service import Desk
from desk.tables import Account

MOST_CAPACITY = 50  # cases at one time


@dataclass(frozen=True)
class AccountView:
    """An account as an administrator sees it."""

    id: int
    name: str
    display_name: str
    role: str
    topics: Sequence[str]
    regions: Sequence[str]
    languages: Sequence[str]
    capacity: int
    disabled_at: datetime | None
    has_second_factor: bool
    last_login_at: datetime | None


@dataclass(frozen=True)
class AccountForm:
    """What an administrator fills in."""

    display_name: str
    role: str
    topics: tuple[str, ...]
    regions: tuple[str, ...]
    languages: tuple[str, ...]
    capacity: str


async def listed(desk: Desk) -> list[AccountView]:
    """Returns all accounts, those in use first."""
    async with desk.sessions() as session:
        rows = await session.scalars(
            select(Account).order_by(Account.disabled_at.is_not(None), Account.name)
        )
        return [_view(row) for row in rows]


async def one(desk: Desk, account_id: int) -> AccountView:
    """Returns an account.

    Raises:
        CaseNotFound: there is no such account.
    """
    async with desk.sessions() as session:
        row = await session.get(Account, account_id)
    if row is None:
        raise CaseNotFound("no_such_account")
    return _view(row)


async def create(desk: Desk, by: Lawyer, name: str, form: AccountForm) -> tuple[int, str]:
    """Makes an account; returns its id and the first password, to be handed over once.

    Raises:
        InvalidInput: something is missing or wrong, or the name is taken.
    """
    password = passwords.first_password()
    try:
        async with desk.sessions.begin() as session:
            account = await accounts.create_account(
                session,
                name,
                password,
                form.display_name,
                form.role,
                by=by.id,
                must_change_password=True,
            )
            _fill(desk, account, form)
            return account.id, password
    except AccountError:
        raise InvalidInput("account_exists") from None


async def change(desk: Desk, by: Lawyer, account_id: int, form: AccountForm) -> None:
    """Changes name, role and what the account handles.

    Raises:
        CaseNotFound: there is no such account.
        InvalidInput: something is missing or wrong, or nobody would manage accounts any more.
    """
    async with desk.sessions.begin() as session:
        account = await session.get(Account, account_id, with_for_update=True)
        if account is None:
            raise CaseNotFound("no_such_account")
        await accounts.change_role(session, account, form.role, by.id)
        before = _values(account)
        _fill(desk, account, form)
        changed = [key for key, value in _values(account).items() if value != before[key]]
        if changed:
            audit.record(
                session,
                "account_changed",
                actor=by.id,
                subject="account",
                subject_id=account_id,
                fields=changed,
            )


async def switch(desk: Desk, by: Lawyer, account_id: int, *, on: bool) -> None:
    """Disables an account or lets it sign in again.

    Raises:
        CaseNotFound: there is no such account.
        InvalidInput: nobody would manage accounts any more.
    """
    async with desk.sessions.begin() as session:
        account = await session.get(Account, account_id, with_for_update=True)
        if account is None:
            raise CaseNotFound("no_such_account")
        await (accounts.enable if on else accounts.disable)(session, account, by.id)


async def reset(desk: Desk, by: Lawyer, account_id: int) -> str:
    """Returns a new first password and ends a lock.

    Raises:
        CaseNotFound: there is no such account.
    """
    async with desk.sessions.begin() as session:
        account = await session.get(Account, account_id, with_for_update=True)
        if account is None:
            raise CaseNotFound("no_such_account")
        await limits.forget(session, desk.session_key, Limit("name", account.name))
        return await accounts.reset_password(session, account, by.id)


async def drop_factor(desk: Desk, by: Lawyer, account_id: int) -> None:
    """Takes the second factor off an account.

    Raises:
        CaseNotFound: there is no such account.
    """
    async with desk.sessions.begin() as session:
        account = await session.get(Account, account_id, with_for_update=True)
        if account is None:
            raise CaseNotFound("no_such_account")
        await accounts.drop_second_factor(session, account, by.id)


def _fill(desk: Desk, account: Account, form: AccountForm) -> None:
    shown = form.display_name.strip()
    capacity = int(form.capacity) if form.capacity.isdecimal() else -1
    known = (desk.topics, desk.regions, OFFICE.language)
    chosen = (form.topics, form.regions, form.languages)
    if (
        not 1 <= len(shown) <= accounts.LONGEST_NAME
        or not 0 <= capacity <= MOST_CAPACITY
        or not form.languages
        or any(set(codes) - set(words) for codes, words in zip(chosen, known, strict=True))
    ):
        raise InvalidInput("bad_account")
    account.display_name, account.capacity = shown, capacity
    account.topics, account.regions, account.languages = map(list, chosen)


def _values(account: Account) -> dict[str, object]:
    names = ("display_name", "topics", "regions", "languages", "capacity")
    return {name: getattr(account, name) for name in names}


def _view(row: Account) -> AccountView:
    return AccountView(
        row.id,
        row.name,
        row.display_name,
        row.role,
        row.topics,
        row.regions,
        row.languages,
        row.capacity,
        row.disabled_at,
        row.totp_secret is not None,
        row.last_login_at,
    )
