"""`python -m gateway account` and `audit`."""

import argparse
import getpass
import sys

from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

import desk
from gateway.database import make_engine, make_sessions
from gateway.settings import DatabaseSettings
from gateway.terminal import sentence

Sessions = async_sessionmaker[AsyncSession]


async def run(given: argparse.Namespace) -> int:
    """Runs one command; returns the exit status."""
    engine = make_engine(DatabaseSettings().database_url)
    command = {"add": _add, "reset": _reset, "verify": _verify}[given.action]
    try:
        return await command(make_sessions(engine), given)
    except desk.AccountError as error:
        print(sentence("account_refused", error=error), file=sys.stderr)
        return 1
    finally:
        await engine.dispose()


async def _add(sessions: Sessions, given: argparse.Namespace) -> int:
    password = sys.stdin.readline().rstrip("\n") if given.password_stdin else _typed_twice()
    if password is None:
        print(sentence("passwords_differ"), file=sys.stderr)
        return 1
    shown = given.display_name or given.name
    async with sessions.begin() as session:
        await desk.create_account(session, given.name, password, shown, given.role)
    print(sentence("account_added", name=given.name))
    return 0


async def _reset(sessions: Sessions, given: argparse.Namespace) -> int:
    password = await desk.reset(sessions, given.name)
    print(sentence("account_reset", name=given.name, password=password))
    return 0


async def _verify(sessions: Sessions, given: argparse.Namespace) -> int:
    verdict = await desk.verify_audit(sessions, given.noted)
    if verdict.broken is None:
        print(sentence("audit_whole", rows=verdict.rows, hash=verdict.last_hash))
        return 0
    why = sentence(f"audit_{verdict.why}")
    print(sentence("audit_broken", row=verdict.broken, why=why), file=sys.stderr)
    return 1


def _typed_twice() -> str | None:
    password = getpass.getpass(sentence("password"))
    return password if getpass.getpass(sentence("password_again")) == password else None
