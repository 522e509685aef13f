"""What a lawyer may read: the queue, and the cases that are theirs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from desk import queue_order, store
from desk.accounts import Lawyer
from desk.case_access import check_routed
from desk.cases import CLOSED, LIVING, CaseSheet
from desk.citizens import Line
from desk.clock import start_of_today
from desk.errors import CaseNotFound, NotAllowed
from desk.service import Desk
from desk.tables import Account, Case, CaseEvent

RECENT = 10  # cases


@dataclass(frozen=True)
class Mine:
    """A case the lawyer has. `unanswered` is when the citizen began to wait for a reply."""

    case: CaseSheet
    unanswered: datetime | None


@dataclass(frozen=True)
class Queue:
    """The desk's first page. `waiting` is in the order in which cases should be taken."""

    waiting: Sequence[CaseSheet]
    mine: Sequence[Mine]
    resolved: Sequence[CaseSheet]

    @property
    def unanswered(self) -> int:
        """How many of the lawyer's citizens wait for a reply."""
        return sum(item.unanswered is not None for item in self.mine)


@dataclass(frozen=True)
class Note:
    """What a lawyer noted for whoever has the case."""

    at: datetime
    author: str
    text: str


async def queue(desk: Desk, lawyer: Lawyer) -> Queue:
    """Returns the waiting cases, the lawyer's open ones and the lawyer's last closed ones."""
    own = store.with_lawyer().where(Case.lawyer_id == lawyer.id)
    now = desk.now()
    first = queue_order.order(now)
    async with desk.reading() as session:
        pending = store.with_lawyer().where(Case.status == "pending").order_by(*first)
        waiting = await store.sheets(session, pending, now)
        taken = own.where(Case.status == "open").order_by(*first)
        claimed = await store.sheets(session, taken, now)
        ended = own.where(Case.status.in_(CLOSED)).order_by(Case.closed_at.desc()).limit(RECENT)
        closed = await store.sheets(session, ended, now)
        mine = [Mine(case, _unanswered(await _lines(desk, session, case))) for case in claimed]
    return Queue(waiting, mine, closed)


async def open_sheet(desk: Desk, lawyer: Lawyer, case_id: int) -> CaseSheet:
    """Returns a case the lawyer may see and records that it was opened, once a day.

    Others may see a case while it waits; once somebody has it, only that lawyer
    (Legal Aid Act, Art. 21; Lawyers Law, Art. 38).

    Raises:
        CaseNotFound: there is no such case, or it is erased or on hold.
        NotAllowed: another lawyer has or had it.
    """
    async with desk.sessions.begin() as session:
        case = await _sheet(desk, session, case_id)
        nobodys = case.status in LIVING and case.lawyer_id is None
        if not nobodys and case.lawyer_id != lawyer.id:
            raise NotAllowed("not_yours")
        if nobodys:
            await check_routed(desk, session, lawyer, case_id)
        await _record_opening(session, case_id, lawyer)
    return case


async def transcript(desk: Desk, lawyer: Lawyer, case_id: int) -> tuple[CaseSheet, list[Line]]:
    """Returns the lawyer's case and what was said, up to its end.

    What was said before an earlier case of the same citizen ended belongs to that case.

    Raises:
        CaseNotFound: there is no such case, or it is erased or on hold.
        NotAllowed: the case is not the lawyer's.
    """
    async with desk.reading() as session:
        case = await _sheet(desk, session, case_id)
        if case.lawyer_id != lawyer.id:
            raise NotAllowed("not_yours")
        return case, await _lines(desk, session, case)


async def notes(desk: Desk, case: CaseSheet) -> list[Note]:
    """Returns all notes on a case, oldest first; show them only to the case's lawyer."""
    async with desk.reading() as session:
        rows = await session.execute(
            select(CaseEvent, Account.display_name)
            .join(Account, Account.id == CaseEvent.account_id)
            .where(CaseEvent.case_id == case.id, CaseEvent.kind == "note_added")
            .order_by(CaseEvent.id)
        )
        return [Note(row.at, name, row.detail["text"]) for row, name in rows]


async def _sheet(desk: Desk, session: AsyncSession, case_id: int) -> CaseSheet:
    found = await store.sheets(session, store.with_lawyer().where(Case.id == case_id), desk.now())
    if not found or found[0].status in ("erased", "held"):
        raise CaseNotFound("case_not_found")
    return found[0]


async def _record_opening(session: AsyncSession, case_id: int, lawyer: Lawyer) -> None:
    seen = await session.scalar(
        select(func.count()).where(
            CaseEvent.case_id == case_id,
            CaseEvent.kind == "opened",
            CaseEvent.account_id == lawyer.id,
            CaseEvent.at >= start_of_today(),
        )
    )
    if not seen:
        session.add(CaseEvent(case_id=case_id, kind="opened", account_id=lawyer.id))


async def _lines(desk: Desk, session: AsyncSession, case: CaseSheet) -> list[Line]:
    lines = await desk.citizens.transcript(session, case.conversation)
    begin = await store.previous_end(session, case)
    return [
        line
        for line in lines
        if (begin is None or line.at > begin)
        and (case.closed_at is None or line.at <= case.closed_at)
    ]


def _unanswered(lines: Sequence[Line]) -> datetime | None:
    since = None
    for line in lines:
        if line.author == "lawyer":
            since = None
        elif line.author == "citizen" and since is None:
            since = line.at
    return since
