"""What the command line does with accounts and with the audit trail."""

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from desk import accounts
from desk.accounts import AccountError
from desk.audit_check import Verdict, verify

Sessions = async_sessionmaker[AsyncSession]


async def reset(sessions: Sessions, name: str) -> str:
    """Returns a new password that must be changed at the first sign-in; the second factor is off.

    Raises:
        AccountError: there is no such account.
    """
    async with sessions.begin() as session:
        account = await accounts.account_named(session, name)
        if account is None:
            raise AccountError(f"there is no account named {name}")
        await accounts.drop_second_factor(session, account, None)
        return await accounts.reset_password(session, account, None)


async def verify_audit(sessions: Sessions, noted: str | None) -> Verdict:
    """Goes through the audit trail.

    Args:
        sessions: where it is.
        noted: "number:hash" as an earlier run printed it.
    """
    number, _, known = (noted or "").partition(":")
    async with sessions() as session:
        return await verify(session, (int(number), known) if noted else None)
