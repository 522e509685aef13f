"""Guessing is limited per name and per address, and a lock tells nothing about a name."""

import asyncio
import re
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from desk.clock import utc_now
from desk.limits import FAILURES_BEFORE_LOCK, FAILURES_OF_ADDRESS, Limit
from desk.sign_in import Locked, SignInRefused, SignIns
from desk.tables import LoginLimit
from tests.desk.conftest import PASSWORD, SESSION_KEY, Lawyers, Sessions


@pytest.fixture
def door(sessions: Sessions, lawyers: Lawyers) -> SignIns:
    return SignIns(sessions, SESSION_KEY)


async def almost_lock(sessions: Sessions, address: str, so_far: int) -> None:
    """Counts failures of an address until one more locks it."""
    key = Limit("address", address).key(SESSION_KEY)
    async with sessions.begin() as session:
        row = await session.get_one(LoginLimit, key)
        assert row.failures == so_far
        row.failures = FAILURES_OF_ADDRESS - 1


async def fails(door: SignIns, name: str, address: str | None = None) -> str:
    """Tries a wrong password; returns which sentence is shown."""
    with pytest.raises(SignInRefused) as refused:
        await door.password(name, "wrong password", address)
    return refused.value.key


async def test_the_right_password_signs_in_however_the_name_is_typed(
    door: SignIns, lawyers: Lawyers
) -> None:
    assert await door.password(" Jia ", PASSWORD) == lawyers["jia"]
    assert await fails(door, "jia") == "login_failed"


@pytest.mark.parametrize("name", ["jia", "nobody"])
async def test_a_name_is_locked_after_five_failures_whether_it_exists_or_not(
    name: str, door: SignIns
) -> None:
    said = [await fails(door, name) for _ in range(FAILURES_BEFORE_LOCK + 1)]
    assert said == ["login_failed"] * (FAILURES_BEFORE_LOCK - 1) + ["name_locked"] * 2
    with pytest.raises(Locked):
        await door.password(name, PASSWORD)
    assert (await door.password("yi", PASSWORD)).display_name == "律师乙"


async def test_time_ends_a_lock(door: SignIns, sessions: Sessions) -> None:
    for _ in range(FAILURES_BEFORE_LOCK):
        await fails(door, "jia")
    async with sessions.begin() as session:
        past = utc_now() - timedelta(seconds=1)
        await session.execute(update(LoginLimit).values(locked_until=past))
    assert await door.password("jia", PASSWORD)


async def test_guesses_sent_side_by_side_are_counted_too(door: SignIns) -> None:
    guesses = [fails(door, "jia") for _ in range(FAILURES_BEFORE_LOCK)]
    await asyncio.gather(*guesses)
    with pytest.raises(Locked):
        await door.password("jia", PASSWORD)


async def test_success_forgets_the_failures_of_the_name_but_not_of_the_address(
    door: SignIns, sessions: Sessions
) -> None:
    for _ in range(FAILURES_BEFORE_LOCK - 1):
        assert await fails(door, "jia", "203.0.113.7") == "login_failed"
    assert await door.password("jia", PASSWORD, "203.0.113.7")
    await almost_lock(sessions, "203.0.113.7", FAILURES_BEFORE_LOCK - 1)
    assert await fails(door, "jia", "203.0.113.7") == "address_locked"
    with pytest.raises(Locked):
        await door.password("yi", PASSWORD, "203.0.113.7")
    assert await door.password("yi", PASSWORD, "203.0.113.8")


async def test_neither_names_nor_addresses_are_stored(door: SignIns, sessions: Sessions) -> None:
    await fails(door, "jia", "203.0.113.7")
    async with sessions() as session:
        keys = list(await session.scalars(select(LoginLimit.key)))
    assert len(keys) == 2
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in keys)
