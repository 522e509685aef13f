"""Accounts: who may sign in, and when not."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from desk import AccountError, create_account
from desk.accounts import FAILURES_BEFORE_LOCK, sign_in, sign_out, signed_in
from desk.clock import utc_now
from desk.tables import Account
from tests.desk.conftest import PASSWORD, Lawyers, Sessions


@pytest.mark.parametrize(
    ("name", "password", "shown"),
    [
        ("bing", "too short", "律师丙"),
        ("bing", "x" * 201, "律师丙"),
        (" ", PASSWORD, "律师丙"),
        ("bing", PASSWORD, " "),
        ("JIA", PASSWORD, "律师丙"),
    ],
)
async def test_a_weak_password_or_a_blank_or_taken_name_makes_no_account(
    name: str, password: str, shown: str, sessions: Sessions, lawyers: Lawyers
) -> None:
    async with sessions() as session:
        with pytest.raises(AccountError):
            await create_account(session, name, password, shown)


async def test_a_new_account_signs_in_and_its_password_is_not_stored(sessions: Sessions) -> None:
    async with sessions.begin() as session:
        await create_account(session, " Bing ", PASSWORD, " 律师丙 ")
    lawyer = await sign_in(sessions, "bing", PASSWORD)
    assert lawyer is not None
    assert lawyer.display_name == "律师丙"
    async with sessions() as session:
        stored = await session.scalar(select(Account.password_hash))
    assert stored is not None
    assert stored.startswith("$argon2id$")
    assert PASSWORD not in stored


async def test_the_right_password_signs_in_however_the_name_is_typed(
    sessions: Sessions, lawyers: Lawyers
) -> None:
    assert await sign_in(sessions, " Jia ", PASSWORD) == lawyers["jia"]
    assert await sign_in(sessions, "jia", PASSWORD + "!") is None
    assert await sign_in(sessions, "nobody", PASSWORD) is None


async def test_repeated_failures_lock_the_account_and_time_unlocks_it(
    sessions: Sessions, lawyers: Lawyers
) -> None:
    for _ in range(FAILURES_BEFORE_LOCK):
        assert await sign_in(sessions, "jia", "wrong password") is None
    assert await sign_in(sessions, "jia", PASSWORD) is None
    assert await sign_in(sessions, "yi", PASSWORD) is not None
    async with sessions.begin() as session:
        past = utc_now() - timedelta(seconds=1)
        await session.execute(update(Account).values(locked_until=past))
    assert await sign_in(sessions, "jia", PASSWORD) is not None


async def test_guesses_sent_side_by_side_are_counted_too(
    sessions: Sessions, lawyers: Lawyers
) -> None:
    guesses = ["wrong password"] * FAILURES_BEFORE_LOCK + [PASSWORD]
    results = [sign_in(sessions, "jia", guess) for guess in guesses[:-1]]
    assert await asyncio.gather(*results) == [None] * FAILURES_BEFORE_LOCK
    assert await sign_in(sessions, "jia", guesses[-1]) is None


async def test_success_forgets_earlier_failures(sessions: Sessions, lawyers: Lawyers) -> None:
    for _ in range(2):
        for _ in range(FAILURES_BEFORE_LOCK - 1):
            await sign_in(sessions, "jia", "wrong password")
        assert await sign_in(sessions, "jia", PASSWORD) is not None


async def test_signing_out_voids_every_earlier_sign_in(
    sessions: Sessions, lawyers: Lawyers
) -> None:
    lawyer = lawyers["jia"]
    assert await signed_in(sessions, lawyer.id, lawyer.session_number) == lawyer
    await sign_out(sessions, lawyer)
    assert await signed_in(sessions, lawyer.id, lawyer.session_number) is None
