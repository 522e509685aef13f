"""What people change on their own account: the password and the second factor."""

from sqlalchemy import delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from desk import audit, limits, passwords, second_factor
from desk.accounts import Lawyer, lawyer_of
from desk.clock import utc_now
from desk.errors import InvalidInput
from desk.limits import Limit
from desk.passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD
from desk.sign_in import Locked, SignIns
from desk.tables import Account, RecoveryCode


async def change_password(door: SignIns, lawyer: Lawyer, old: str, new: str, again: str) -> Lawyer:
    """Changes the password and ends every other sign-in; returns the one that goes on.

    Raises:
        InvalidInput: the old password is wrong, or the new one cannot be used.
        Locked: the old password was wrong too often.
    """
    if new != again:
        raise InvalidInput("passwords_differ")
    if not passwords.acceptable(new):
        raise InvalidInput("password_length", least=SHORTEST_PASSWORD, most=LONGEST_PASSWORD)
    if new == old:
        raise InvalidInput("password_same")
    await _check(door, lawyer, old)
    password_hash = await passwords.hashed(new)
    async with door.sessions.begin() as session:
        account = await _account(session, lawyer)
        account.password_hash, account.must_change_password = password_hash, False
        account.session_number += 1
        _record(session, "password_changed", lawyer)
        return lawyer_of(account)


async def turn_on(door: SignIns, lawyer: Lawyer, secret: str, code: str) -> list[str]:
    """Turns the second factor on when the code fits the secret; returns the recovery codes.

    Raises:
        InvalidInput: the code is wrong.
    """
    step = second_factor.step_of(secret, "".join(code.split()), None, utc_now())
    if step is None:
        raise InvalidInput("setup_code_failed")
    async with door.sessions.begin() as session:
        account = await _account(session, lawyer)
        account.totp_secret, account.totp_step = second_factor.seal(secret, door.key), step
        _record(session, "second_factor_on", lawyer)
        return await _new_codes(session, lawyer)


async def turn_off(door: SignIns, lawyer: Lawyer, password: str) -> None:
    """Turns the second factor off.

    Raises:
        InvalidInput: the password is wrong, or the role must have one.
        Locked: the password was wrong too often.
    """
    if lawyer.role in door.required:
        raise InvalidInput("second_factor_required")
    await _check(door, lawyer, password)
    async with door.sessions.begin() as session:
        account = await _account(session, lawyer)
        account.totp_secret = account.totp_step = None
        await _drop_codes(session, lawyer)
        _record(session, "second_factor_off", lawyer)


async def renew_codes(door: SignIns, lawyer: Lawyer, password: str) -> list[str]:
    """Returns new recovery codes; the old ones no longer work.

    Raises:
        InvalidInput: the password is wrong, or there is no second factor.
        Locked: the password was wrong too often.
    """
    if not lawyer.has_second_factor:
        raise InvalidInput("no_second_factor")
    await _check(door, lawyer, password)
    async with door.sessions.begin() as session:
        _record(session, "recovery_codes_renewed", lawyer)
        return await _new_codes(session, lawyer)


async def codes_left(door: SignIns, lawyer: Lawyer) -> int:
    """Returns how many recovery codes still work."""
    async with door.sessions() as session:
        count = await session.scalar(
            select(func.count()).where(
                RecoveryCode.account_id == lawyer.id, RecoveryCode.used_at.is_(None)
            )
        )
    return count or 0


async def _check(door: SignIns, lawyer: Lawyer, password: str) -> None:
    limit = Limit("own", str(lawyer.id))
    async with door.sessions.begin() as session:
        standing = await limits.count(session, door.key, limit)
        account = await session.get_one(Account, lawyer.id)
    if not standing.allowed and standing.locked_until:
        raise Locked("own_locked", standing.locked_until)
    if not await passwords.fits(account.password_hash, password):
        raise InvalidInput("password_wrong")
    async with door.sessions.begin() as session:
        await limits.forget(session, door.key, limit)


async def _account(session: AsyncSession, lawyer: Lawyer) -> Account:
    return await session.get_one(Account, lawyer.id, with_for_update=True)


async def _new_codes(session: AsyncSession, lawyer: Lawyer) -> list[str]:
    await _drop_codes(session, lawyer)
    codes = second_factor.recovery_codes()
    for code in codes:
        digest = second_factor.code_digest(code, lawyer.id)
        session.add(RecoveryCode(account_id=lawyer.id, digest=digest))
    return codes


async def _drop_codes(session: AsyncSession, lawyer: Lawyer) -> None:
    await session.execute(delete(RecoveryCode).where(RecoveryCode.account_id == lawyer.id))


def _record(session: AsyncSession, action: str, lawyer: Lawyer) -> None:
    audit.record(session, action, actor=lawyer.id, subject="account", subject_id=lawyer.id)
