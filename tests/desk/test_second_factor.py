"""The second factor: six digits from an app, each good once, and recovery codes."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest

from desk import own_account, second_factor
from desk.accounts import Lawyer
from desk.clock import utc_now
from desk.errors import InvalidInput
from desk.limits import FAILURES_BEFORE_LOCK
from desk.sign_in import Locked, SignInRefused, SignIns
from tests.desk.conftest import PASSWORD, SESSION_KEY, Lawyers, Sessions

# RFC 6238, appendix B, in the last six digits that apps show: SHA-1, seconds, code.
RFC_SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
RFC = [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (20000000000, "353130")]


@pytest.fixture
def door(sessions: Sessions) -> SignIns:
    return SignIns(sessions, SESSION_KEY, frozenset({"supervisor"}))


async def with_factor(door: SignIns, lawyer: Lawyer) -> tuple[str, list[str]]:
    """Turns the factor on with the code before the current one; returns secret and codes."""
    secret = second_factor.new_secret()
    earlier = pyotp.TOTP(secret).at(utc_now() - timedelta(seconds=second_factor.STEP))
    return secret, await own_account.turn_on(door, lawyer, secret, earlier)


@pytest.mark.parametrize(("seconds", "code"), RFC)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    at = datetime.fromtimestamp(seconds, UTC)
    assert second_factor.step_of(RFC_SECRET, code, None, at) == seconds // 30


@pytest.mark.parametrize(("steps", "taken"), [(-2, False), (-1, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off_and_no_more(steps: int, taken: bool) -> None:
    now = datetime.fromtimestamp(1111111109, UTC)
    at = now + timedelta(seconds=30 * steps)
    assert (second_factor.step_of(RFC_SECRET, "081804", None, at) is not None) is taken


async def test_a_code_signs_in_once_and_not_a_second_time(door: SignIns, lawyers: Lawyers) -> None:
    jia = lawyers["jia"]
    secret, _ = await with_factor(door, jia)
    assert (await door.password("jia", PASSWORD)).has_second_factor
    code = pyotp.TOTP(secret).at(utc_now() + timedelta(seconds=second_factor.STEP))
    await door.code(jia, f"{code[:3]} {code[3:]}")
    with pytest.raises(SignInRefused, match="code_failed"):
        await door.code(jia, code)


async def test_each_recovery_code_works_once_however_it_is_typed(
    door: SignIns, lawyers: Lawyers
) -> None:
    jia = lawyers["jia"]
    _, codes = await with_factor(door, jia)
    assert len(set(codes)) == second_factor.RECOVERY_CODES
    await door.code(jia, codes[0].upper().replace("-", " "))
    assert await own_account.codes_left(door, jia) == second_factor.RECOVERY_CODES - 1
    with pytest.raises(SignInRefused):
        await door.code(jia, codes[0])
    with pytest.raises(SignInRefused):
        await door.code(lawyers["yi"], codes[1])


async def test_guessing_codes_locks_also_for_the_right_one(door: SignIns, lawyers: Lawyers) -> None:
    jia = lawyers["jia"]
    _, codes = await with_factor(door, jia)
    for _ in range(FAILURES_BEFORE_LOCK):
        with pytest.raises(SignInRefused):
            await door.code(jia, "000000")
    with pytest.raises(Locked):
        await door.code(jia, codes[0])


async def test_new_recovery_codes_void_the_old_ones(door: SignIns, lawyers: Lawyers) -> None:
    jia = lawyers["jia"]
    _, old = await with_factor(door, jia)
    jia = await door.password("jia", PASSWORD)
    new = await own_account.renew_codes(door, jia, PASSWORD)
    with pytest.raises(SignInRefused):
        await door.code(jia, old[0])
    await door.code(jia, new[0])


async def test_turning_it_off_needs_the_password_and_a_role_that_may(
    door: SignIns, lawyers: Lawyers
) -> None:
    jia = lawyers["jia"]
    await with_factor(door, jia)
    with pytest.raises(InvalidInput, match="password_wrong"):
        await own_account.turn_off(door, jia, "wrong password")
    supervisor = Lawyer(jia.id, jia.display_name, jia.session_number, "supervisor")
    with pytest.raises(InvalidInput, match="second_factor_required"):
        await own_account.turn_off(door, supervisor, PASSWORD)
    await own_account.turn_off(door, jia, PASSWORD)
    assert not (await door.password("jia", PASSWORD)).has_second_factor


async def test_a_secret_is_stored_encrypted_and_needs_the_key(
    door: SignIns, lawyers: Lawyers, sessions: Sessions
) -> None:
    secret, _ = await with_factor(door, lawyers["jia"])
    sealed = second_factor.seal(secret, SESSION_KEY)
    assert secret not in sealed
    assert second_factor.unseal(sealed, SESSION_KEY) == secret
    assert second_factor.unseal(sealed, "another key") is None
    code = pyotp.TOTP(secret).now()
    with pytest.raises(SignInRefused):
        await SignIns(sessions, "another key").code(lawyers["jia"], code)
