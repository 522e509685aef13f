"""Accounts: how they are made and what an administrator changes."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from desk import AccountError, accounts, create_account
from desk.accounts import account_named
from desk.errors import InvalidInput
from desk.sign_in import SignInRefused, SignIns
from desk.tables import Account
from tests.desk.conftest import PASSWORD, SESSION_KEY, Lawyers, Sessions

ADMIN = 1


@pytest.fixture
def door(sessions: Sessions) -> SignIns:
    return SignIns(sessions, SESSION_KEY)


@pytest.fixture
async def session(sessions: Sessions, lawyers: Lawyers) -> AsyncIterator[AsyncSession]:
    async with sessions.begin() as opened:
        yield opened


@pytest.mark.parametrize(
    ("name", "password", "shown", "role"),
    [
        ("bing", "too short", "律师丙", "lawyer"),
        ("bing", "x" * 201, "律师丙", "lawyer"),
        (" ", PASSWORD, "律师丙", "lawyer"),
        ("bing", PASSWORD, " ", "lawyer"),
        ("JIA", PASSWORD, "律师丙", "lawyer"),
        ("bing", PASSWORD, "律师丙", "king"),
    ],
)
async def test_a_weak_password_an_unknown_role_or_a_blank_or_taken_name_makes_no_account(
    name: str, password: str, shown: str, role: str, session: AsyncSession
) -> None:
    with pytest.raises(AccountError):
        await create_account(session, name, password, shown, role)


async def test_a_new_account_signs_in_and_its_password_is_not_stored(
    sessions: Sessions, door: SignIns
) -> None:
    async with sessions.begin() as session:
        await create_account(session, " Bing ", PASSWORD, " 律师丙 ", "curator")
    lawyer = await door.password("bing", PASSWORD)
    assert (lawyer.display_name, lawyer.role) == ("律师丙", "curator")
    async with sessions() as session:
        stored = await session.scalar(select(Account.password_hash))
    assert stored is not None
    assert stored.startswith("$argon2id$")
    assert PASSWORD not in stored


async def test_a_disabled_account_cannot_sign_in_and_its_sign_ins_end(
    sessions: Sessions, door: SignIns, lawyers: Lawyers
) -> None:
    jia = lawyers["jia"]
    async with sessions.begin() as session:
        account = await session.get_one(Account, jia.id)
        await accounts.disable(session, account, ADMIN)
    assert await door.current(jia.id, jia.session_number) is None
    with pytest.raises(SignInRefused, match="login_failed"):
        await door.password("jia", PASSWORD)
    async with sessions.begin() as session:
        await accounts.enable(session, await session.get_one(Account, jia.id), ADMIN)
    assert (await door.password("jia", PASSWORD)).id == jia.id
    assert await door.current(jia.id, jia.session_number) is None


async def test_a_reset_gives_a_password_that_must_be_changed_and_voids_the_old_one(
    sessions: Sessions, door: SignIns, lawyers: Lawyers
) -> None:
    async with sessions.begin() as session:
        account = await account_named(session, " JIA ")
        assert account is not None
        first = await accounts.reset_password(session, account, ADMIN)
    with pytest.raises(SignInRefused):
        await door.password("jia", PASSWORD)
    assert (await door.password("jia", first)).must_change_password


async def test_another_role_ends_the_sign_ins_made_with_the_old_one(
    sessions: Sessions, door: SignIns, lawyers: Lawyers
) -> None:
    jia = lawyers["jia"]
    async with sessions.begin() as session:
        account = await session.get_one(Account, jia.id)
        await accounts.change_role(session, account, "curator", ADMIN)
        with pytest.raises(InvalidInput):
            await accounts.change_role(session, account, "king", ADMIN)
    assert await door.current(jia.id, jia.session_number) is None
    assert (await door.password("jia", PASSWORD)).role == "curator"


async def test_the_last_administrator_can_neither_be_disabled_nor_lose_the_role(
    session: AsyncSession,
) -> None:
    first = await create_account(session, "guan", PASSWORD, "管理员甲", "administrator")
    for act in (
        accounts.disable(session, first, first.id),
        accounts.change_role(session, first, "lawyer", first.id),
    ):
        with pytest.raises(InvalidInput, match="last_administrator"):
            await act
    await create_account(session, "li", PASSWORD, "管理员乙", "administrator")
    await accounts.disable(session, first, first.id)
    assert first.disabled_at is not None
