"""Reading and writing cases inside the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy import case as sql_case
from sqlalchemy.ext.asyncio import AsyncSession

from desk.cases import OPEN, RANK, CaseSheet, CaseView
from desk.tables import Account, Case, CaseEvent


def queue_order() -> tuple[ColumnElement[int], ColumnElement[datetime], ColumnElement[int]]:
    """Returns the order of the queue: danger, then deadlines, then who has waited longest."""
    rank = sql_case(RANK, value=Case.urgency, else_=max(RANK.values()))
    return (rank, Case.opened_at, Case.id)  # type: ignore[return-value]


async def position(session: AsyncSession, case_id: int) -> int | None:
    """Returns the place in the queue counted from 1, or None when the case is not waiting."""
    waiting = await session.scalars(
        select(Case.id).where(Case.status == "waiting").order_by(*queue_order())
    )
    ids = list(waiting)
    return ids.index(case_id) + 1 if case_id in ids else None


async def open_case_row(session: AsyncSession, conversation: str) -> Case | None:
    """Returns the conversation's open case, locked for this transaction."""
    found: Case | None = await session.scalar(
        select(Case)
        .where(Case.conversation == conversation, Case.status.in_(OPEN))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found


async def view(session: AsyncSession, case: Case) -> CaseView:
    """Returns what the citizen's side may know of a case."""
    await session.flush()
    return CaseView(case.id, case.status, await position(session, case.id), case.opened_at)


async def views(session: AsyncSession, conversation: str) -> list[CaseView]:
    """Returns the conversation's cases, the newest first, without those erased or on hold."""
    rows = await session.scalars(
        select(Case)
        .where(Case.conversation == conversation, Case.status.not_in(("erased", "held")))
        .order_by(Case.id.desc())
    )
    return [await view(session, case) for case in rows]


def record(
    session: AsyncSession,
    case: Case,
    kind: str,
    *,
    lawyer_id: int | None = None,
    submission: str | None = None,
    **detail: object,
) -> None:
    """Adds an event to the case's history."""
    session.add(
        CaseEvent(
            case_id=case.id, kind=kind, account_id=lawyer_id, submission=submission, detail=detail
        )
    )


async def already_done(session: AsyncSession, case_id: int, submission: str | None) -> bool:
    """Returns whether this very form has been carried out before."""
    if submission is None:
        return False
    found = await session.scalar(
        select(CaseEvent.id).where(CaseEvent.case_id == case_id, CaseEvent.submission == submission)
    )
    return found is not None


async def sheets(session: AsyncSession, query: Select[Case, str]) -> Sequence[CaseSheet]:
    """Returns the cases of a query made with `with_lawyer`."""
    return [_sheet(row[0], row[1]) for row in await session.execute(query)]


def with_lawyer() -> Select[Case, str]:
    """Returns the beginning of a query for `sheets`."""
    return select(Case, Account.display_name).outerjoin(Account, Account.id == Case.lawyer_id)


async def previous_end(session: AsyncSession, case: CaseSheet) -> datetime | None:
    """Returns when the conversation's case before this one ended, None when it is the first."""
    ended: datetime | None = await session.scalar(
        select(func.max(Case.closed_at)).where(
            Case.conversation == case.conversation, Case.id < case.id
        )
    )
    return ended


def _sheet(case: Case, lawyer_name: str | None) -> CaseSheet:
    return CaseSheet(
        id=case.id,
        conversation=case.conversation,
        status=case.status,
        urgency=case.urgency,
        reason=case.reason,
        question=case.question,
        topic=case.topic,
        facts=case.facts,
        eligibility=case.eligibility,
        opened_at=case.opened_at,
        closed_at=case.closed_at,
        outcome=case.outcome,
        lawyer_id=case.lawyer_id,
        lawyer_name=lawyer_name,
    )
