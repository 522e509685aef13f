"""How long the desk takes with many cases in the database: the queue page, a place, a sweep.

    python bench/desk_queue.py [--cases 1000 3000 10000 30000]

One process and a SQLite file made by the migrations; no page is cached. A tenth of the cases wait
in the queue, the lawyer has twenty, the rest are closed. The page is fetched over loopback by a
signed-in lawyer; the other figures are single calls. Milliseconds, median and slowest of 20.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import structlog
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from desk import Desk, create_account, create_app
from desk.clock import utc_now
from desk.tables import Account, Case, CaseEvent
from gateway.citizens import GatewayCitizens
from gateway.database import make_engine, make_sessions, read_sessions
from gateway.tables import Conversation, Message
from tests.desk.browser import Browser

TIMES = 20
MINE = 20
WAITING_SHARE = 0.1
PASSWORD = "a password for the bench"  # noqa: S105
TOPICS = ("labour", "family", "land", "traffic", None)
GROUPS: tuple[list[str], ...] = ([], [], [], [], ["migrant_wages"], ["elderly"])

Sessions = async_sessionmaker[AsyncSession]


def case_rows(count: int) -> list[dict[str, Any]]:
    """Returns cases as a busy desk would have gathered them."""
    chance = random.Random(7)  # noqa: S311
    now = utc_now()
    rows = []
    for number in range(count):
        waits = number < count * WAITING_SHARE
        mine = not waits and number < count * WAITING_SHARE + MINE
        asked = now - timedelta(minutes=chance.randrange(1, 4000 if waits else 500_000))
        groups = chance.choice(GROUPS)
        rows.append(
            {
                "conversation": f"{number:032x}",
                "status": "pending" if waits else "open" if mine else "resolved",
                "urgency": chance.choices(("normal", "deadline", "danger"), (90, 8, 2))[0],
                "reason": "asked",
                "question": "老板拖欠我三个月工资，工地在赤峰，怎么办？",
                "topic": chance.choice(TOPICS),
                "groups": groups,
                "priority": bool(groups),
                "last_day": (now + timedelta(days=chance.randrange(-30, 60))).date(),
                "facts": [{"label": f"情况{n}", "value": "三个月没有发工资"} for n in range(12)],
                "eligibility": None,
                "lawyer_id": None if waits else 1,
                "opened_at": asked,
                "assigned_at": None if waits else asked,
                "first_reply_at": None if waits else asked + timedelta(minutes=5),
                "closed_at": None if waits or mine else asked + timedelta(minutes=40),
                "outcome": None if waits or mine else "advised",
            }
        )
    return rows


async def fill(sessions: Sessions, count: int) -> None:
    """Puts cases, their conversations, a few lines each and their events into the database."""
    rows = case_rows(count)
    owners = {"pending": "queued", "open": "lawyer", "resolved": "bot"}
    async with sessions.begin() as session:
        await create_account(session, "bench", PASSWORD, "值班律师")
        await session.flush()
        await session.execute(
            insert(Conversation),
            [
                {
                    "id": row["conversation"],
                    "channel": "web",
                    "citizen": row["conversation"],
                    "owner": owners[row["status"]],
                }
                for row in rows
            ],
        )
        await session.execute(insert(Case), rows)
        await session.execute(
            insert(CaseEvent),
            [
                {"case_id": number, "kind": kind}
                for number in range(1, count + 1)
                for kind in ("requested", "queued", "assigned", "replied")
            ],
        )
        await session.execute(
            insert(Message),
            [
                {
                    "conversation_id": row["conversation"],
                    "direction": "in",
                    "author": "citizen",
                    "text": "我有欠条",
                    "status": "silent",
                }
                for row in rows
                for _ in range(3)
            ],
        )


async def timed(work: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    """Returns median and slowest of some calls, in milliseconds."""
    await work()
    spent = []
    for _ in range(TIMES):
        started = time.perf_counter()
        await work()
        spent.append((time.perf_counter() - started) * 1000)
    return statistics.median(spent), max(spent)


async def measure(folder: Path, count: int) -> dict[str, tuple[float, float]]:
    """Returns the figures for so many cases."""
    engine = make_engine(f"sqlite+aiosqlite:///{folder / 'mingbai.db'}")
    sessions = make_sessions(engine)
    await fill(sessions, count)
    desk = Desk(sessions, GatewayCitizens(frozenset()), "bench", reading=read_sessions(engine))
    app = web.Application()
    app.add_subapp("/desk", create_app(desk))
    async with TestClient[Any, Any](TestServer(app)) as client:
        browser = Browser(client)
        page = await browser.sign_in("bench", PASSWORD)
        if page.path != "/desk":
            raise SystemExit(f"the lawyer could not sign in: {page.path}")

        async def place() -> None:
            async with sessions() as session:
                last = await session.scalar(
                    select(Case.id).where(Case.status == "pending").order_by(Case.id.desc())
                )
                await desk.position(session, last or 0)

        async def counts() -> None:
            async with sessions() as session:
                account = await session.scalar(select(Account))
            await desk.counts(account)  # type: ignore[arg-type]  # only its id is looked at

        found = {
            "page": await timed(lambda: browser.get("/desk")),
            "place": await timed(place),
            "counts": await timed(counts),
            "changes": await timed(lambda: desk.changes_since(count * 4 - 10)),
            "sweep": await timed(desk.sweep),
        }
    await engine.dispose()
    return found


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--cases", type=int, nargs="+", default=[1_000, 3_000, 10_000, 30_000])
    structlog.configure(logger_factory=structlog.ReturnLoggerFactory())
    for count in parser.parse_args().cases:
        with tempfile.TemporaryDirectory() as folder:
            migrate = [sys.executable, "-m", "gateway", "migrate"]
            subprocess.run(migrate, env={"VAR_DIR": folder}, check=True)
            found = asyncio.run(measure(Path(folder), count))
        figures = "  ".join(f"{name} {mid:.1f} ({most:.1f})" for name, (mid, most) in found.items())
        print(f"{count:>6} cases: {figures}", flush=True)


if __name__ == "__main__":
    main()
