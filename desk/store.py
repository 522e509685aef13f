"""Reading and writing cases inside the caller's transaction."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from desk import queue_order
from desk.cases import LIVING, CaseSheet, CaseView
from desk.tables import Account, Case, CaseEvent

# What a fact from before there were sections lacks.
NOTHING_MORE = {"section": "other", "last_day": None}


async def position(session: AsyncSession, case_id: int, now: datetime) -> int | None:
    """Returns the place in the queue counted from 1, or None when the case is not pending."""
    case = await session.get(Case, case_id)
    if case is None or case.status != "pending":
        return None
    before = await session.scalar(
        select(func.count()).where(Case.status == "pending", queue_order.before(case, now))
    )
    return (before or 0) + 1


async def living_case(session: AsyncSession, conversation: str) -> Case | None:
    """Returns the conversation's living case, locked for this transaction."""
    found: Case | None = await session.scalar(
        select(Case)
        .where(Case.conversation == conversation, Case.status.in_(LIVING))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return found


async def last_case(session: AsyncSession, conversation: str) -> Case | None:
    """Returns the conversation's newest case that is neither erased nor on hold."""
    found: Case | None = await session.scalar(_LAST, {"conversation": conversation})
    return found


_LAST = (
    select(Case)
    .where(Case.conversation == bindparam("conversation"), Case.status.not_in(("erased", "held")))
    .order_by(Case.id.desc())
    .limit(1)
)


async def view(session: AsyncSession, case: Case, now: datetime) -> CaseView:
    """Returns what the citizen's side may know of a case."""
    await session.flush()
    return CaseView(case.id, case.status, await position(session, case.id, now), case.opened_at)


async def views(session: AsyncSession, conversation: str, now: datetime) -> list[CaseView]:
    """Returns the conversation's cases, the newest first, without those erased or on hold."""
    rows = await session.scalars(
        select(Case)
        .where(Case.conversation == conversation, Case.status.not_in(("erased", "held")))
        .order_by(Case.id.desc())
    )
    return [await view(session, case, now) for case in rows]


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


async def sheets(
    session: AsyncSession, query: Select[Case, str], now: datetime
) -> Sequence[CaseSheet]:
    """Returns the cases of a query made with `with_lawyer`."""
    return [sheet(row[0], row[1], now) for row in await session.execute(query)]


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


def sheet(case: Case, lawyer_name: str | None, now: datetime) -> CaseSheet:
    """Returns a case as the lawyer reads it."""
    return CaseSheet(
        id=case.id,
        conversation=case.conversation,
        status=case.status,
        urgency=case.urgency,
        reason=case.reason,
        question=case.question,
        topic=case.topic,
        region=case.region,
        language=case.language,
        groups=tuple(case.groups),
        last_day=case.last_day,
        why=queue_order.why(case, now),
        facts=[{**NOTHING_MORE, **fact} for fact in case.facts],
        eligibility=case.eligibility,
        opened_at=case.opened_at,
        assigned_at=case.assigned_at,
        first_reply_at=case.first_reply_at,
        unanswered_at=case.unanswered_at,
        read_at=case.read_at,
        snoozed_until=case.snoozed_until,
        closed_at=case.closed_at,
        outcome=case.outcome,
        rating=case.rating,
        previous_id=case.previous_id,
        lawyer_id=case.lawyer_id,
        lawyer_name=lawyer_name,
    )
