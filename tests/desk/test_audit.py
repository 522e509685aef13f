"""The audit trail: rows come by themselves, hold no words, and tampering shows."""

import asyncio
import sys
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, text, update

from desk import Desk, audit
from desk.audit_check import Verdict, verify
from desk.tables import AuditHead, AuditRow, CaseEvent
from tests.desk.conftest import Events, Lawyers, OpenCase, Sessions

ROWS = 6


async def verdict(sessions: Sessions, noted: tuple[int, str] | None = None) -> Verdict:
    async with sessions() as session:
        return await verify(session, noted)


@pytest.fixture
async def trail(sessions: Sessions) -> None:
    """A chain of ROWS rows."""
    for number in range(ROWS):
        async with sessions.begin() as session:
            audit.record(session, "case_opened", actor=1, subject="case", subject_id=number)


async def change(sessions: Sessions, statement: Any) -> None:
    async with sessions.begin() as session:
        await session.execute(statement)


async def test_an_untouched_trail_is_whole(trail: None, sessions: Sessions) -> None:
    found = await verdict(sessions)
    assert (found.rows, found.broken) == (ROWS, None)
    assert (await verdict(sessions, (ROWS, found.last_hash))).broken is None


@pytest.mark.parametrize(
    ("statement", "row", "why"),
    [
        (update(AuditRow).where(AuditRow.id == 3).values(actor_id=2), 3, "changed"),
        (update(AuditRow).where(AuditRow.id == 3).values(detail={"a": 1}), 3, "changed"),
        (text("UPDATE audit_log SET at = datetime(at, '-1 day') WHERE id = 4"), 4, "changed"),
        (update(AuditRow).where(AuditRow.id == 1).values(previous="f" * 64), 1, "changed"),
        (delete(AuditRow).where(AuditRow.id == 2), 2, "missing"),
        (delete(AuditRow).where(AuditRow.id == 1), 1, "missing"),
        (delete(AuditRow).where(AuditRow.id >= 5), 5, "cut_off"),
        (delete(AuditRow), 1, "cut_off"),
        (update(AuditHead).values(last_id=ROWS + 1), ROWS + 1, "cut_off"),
    ],
)
async def test_the_first_row_that_was_changed_or_removed_is_named(
    statement: Any, row: int, why: str, trail: None, sessions: Sessions
) -> None:
    await change(sessions, statement)
    found = await verdict(sessions)
    assert (found.broken, found.why) == (row, why)


async def test_a_chain_made_anew_differs_from_the_hash_noted_elsewhere(
    trail: None, sessions: Sessions
) -> None:
    before = await verdict(sessions)
    await change(sessions, delete(AuditRow))
    await change(sessions, delete(AuditHead))
    for number in range(ROWS + 2):
        async with sessions.begin() as session:
            audit.record(session, "case_opened", actor=2, subject="case", subject_id=number)
    assert (await verdict(sessions)).broken is None
    found = await verdict(sessions, (ROWS, before.last_hash))
    assert (found.broken, found.why) == (ROWS, "noted")
    later = await verdict(sessions, (ROWS + 9, before.last_hash))
    assert later.why == "cut_off"


async def test_side_by_side_transactions_make_one_chain(sessions: Sessions) -> None:
    async def add(number: int) -> None:
        async with sessions.begin() as session:
            audit.record(session, "first", subject_id=number)
            audit.record(session, "second", subject_id=number)

    await asyncio.gather(*(add(number) for number in range(20)))
    found = await verdict(sessions)
    assert (found.rows, found.broken) == (40, None)


ADD = """
import asyncio, sys
from gateway.database import make_engine, make_sessions
from desk import audit

async def main():
    engine = make_engine("sqlite+aiosqlite:///" + sys.argv[1])
    for number in range(25):
        async with make_sessions(engine).begin() as session:
            audit.record(session, "first", subject_id=number)

asyncio.run(main())
"""


async def test_two_processes_make_one_chain(sessions: Sessions, tmp_path: Path) -> None:
    command = (sys.executable, "-c", ADD, str(tmp_path / "desk.db"))
    both = [await asyncio.create_subprocess_exec(*command) for _ in range(2)]
    assert [await process.wait() for process in both] == [0, 0]
    found = await verdict(sessions)
    assert (found.rows, found.broken) == (50, None)


async def test_what_is_rolled_back_leaves_no_row(sessions: Sessions, open_case: OpenCase) -> None:
    case = await open_case("c1")
    before = await verdict(sessions)
    async with sessions() as session:
        audit.record(session, "first")
        session.add(CaseEvent(case_id=case.id, kind="opened"))
        await session.flush()
        await session.rollback()
        async with session.begin():
            audit.record(session, "second")
            inner = await session.begin_nested()
            session.add(CaseEvent(case_id=case.id, kind="opened"))
            await session.flush()
            await inner.rollback()
    async with sessions() as session:
        last = await session.scalars(select(AuditRow.action).order_by(AuditRow.id.desc()).limit(1))
        assert last.one() == "second"
    found = await verdict(sessions)
    assert (found.rows, found.broken) == (before.rows + 1, None)


async def test_every_event_of_a_case_is_a_row_and_a_changed_event_shows(
    desk: Desk, sessions: Sessions, open_case: OpenCase, lawyers: Lawyers, events: Events
) -> None:
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    await desk.reply(case.id, lawyers["jia"], "您好")
    async with sessions() as session:
        actions = list(await session.scalars(select(AuditRow.action).order_by(AuditRow.id)))
    assert actions == await events(case.id)
    assert (await verdict(sessions)).broken is None
    await change(sessions, update(CaseEvent).where(CaseEvent.kind == "assigned").values(kind="?"))
    found = await verdict(sessions)
    assert (found.broken, found.why) == (actions.index("assigned") + 1, "event")
    await change(sessions, delete(CaseEvent).where(CaseEvent.kind == "?"))
    assert (await verdict(sessions)).why == "event"


async def test_erasing_a_citizen_leaves_the_trail_whole_and_no_word_is_in_it(
    desk: Desk, sessions: Sessions, open_case: OpenCase, lawyers: Lawyers
) -> None:
    words = "我叫某某，住在某某村"
    case = await open_case("c1", question=words)
    await open_case("c2", question=words)
    await desk.claim(case.id, lawyers["jia"])
    await desk.add_note(case.id, lawyers["jia"], words)
    async with sessions.begin() as session:
        await desk.erase(session, "c1")
        await desk.erase(session, "c2")
    assert (await verdict(sessions)).broken is None
    async with sessions() as session:
        rows = [
            str(vars(row)) for row in await session.scalars(select(AuditRow).order_by(AuditRow.id))
        ]
    assert rows
    assert not any("某某" in row or "'c1'" in row for row in rows)
