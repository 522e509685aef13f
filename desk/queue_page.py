"""The desk's first page: who waits, who is mine, whom to call, what I closed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVarTuple, Unpack

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from desk import queue_order, store
from desk.accounts import Lawyer
from desk.cases import CLOSED, CaseSheet
from desk.service import Desk
from desk.tables import Callback, Case

SHOWN = ("all", "mine", "pending", "callbacks", "snoozed", "closed")
PER_PAGE = 20  # cases
Columns = TypeVarTuple("Columns")


@dataclass(frozen=True)
class Task:
    """A call that somebody was promised. `due_at` is None while nobody knows when."""

    id: int
    case_id: int
    why: str
    question: str
    due_at: datetime | None
    overdue: bool


@dataclass(frozen=True)
class Counts:
    """How many there are of each list that is counted; `unanswered` of mine wait for a reply."""

    shown: dict[str, int]
    unanswered: int

    @property
    def pending(self) -> int:
        """How many people wait in the queue."""
        return self.shown["pending"]


@dataclass(frozen=True)
class QueuePage:
    """What the page shows. `listed` is the list that has further pages."""

    show: str
    page: int
    pages: int
    counts: Counts
    mine: Sequence[CaseSheet] = ()
    pending: Sequence[CaseSheet] = ()
    callbacks: Sequence[Task] = ()
    snoozed: Sequence[CaseSheet] = ()
    closed: Sequence[CaseSheet] = ()

    @property
    def listed(self) -> str:
        """The list that the page numbers count: the queue where everything is shown."""
        return "pending" if self.show == "all" else self.show


async def queue_page(desk: Desk, lawyer: Lawyer, show: str = "all", page: int = 1) -> QueuePage:
    """Returns one page; an unknown list is everything, a page too far is the last.

    "all" shows the first page of the queue and a glance at the rest.
    """
    show = show if show in SHOWN else "all"
    now = desk.now()
    async with desk.reading() as session:
        handled = await desk.routed_to(session, lawyer)
        wanted = {
            "mine": and_(Case.lawyer_id == lawyer.id, Case.status == "open"),
            "pending": and_(Case.status == "pending", handled),
            "snoozed": and_(Case.lawyer_id == lawyer.id, Case.status == "snoozed"),
            "closed": and_(Case.lawyer_id == lawyer.id, Case.status.in_(CLOSED)),
        }
        calls = _calls(lawyer, handled)
        counts = await _counts(session, wanted, calls)
        listed = "pending" if show == "all" else show
        pages = max(1, -(-counts.shown[listed] // PER_PAGE))
        page = min(max(page, 1), pages)
        found: dict[str, Sequence[CaseSheet]] = {}
        for name in wanted:
            if show in ("all", name):
                part = _part(_ordered(name, now).where(wanted[name]), name == listed, page)
                found[name] = await store.sheets(session, part, now)
        tasks = []
        if show in ("all", "callbacks"):
            due = _part(calls, show == "callbacks", page)
            tasks = [_task(row, its_case, now) for row, its_case in await session.execute(due)]
    return QueuePage(show, page, pages, counts, callbacks=tasks, **found)


def _ordered(name: str, now: datetime) -> Select[Case, str]:
    query = store.with_lawyer()
    if name == "closed":
        return query.order_by(Case.closed_at.desc())
    if name == "snoozed":
        return query.order_by(Case.snoozed_until)
    if name == "mine":
        since = _waits_since()  # danger, then whose citizen waits longest for a reply
        return query.order_by(Case.urgency != "danger", since.is_(None), since, Case.id)
    return query.order_by(*queue_order.order(now))


def _waits_since() -> ColumnElement[datetime | None]:
    """Returns `reading.waits_since` as a column."""
    not_yet = case((Case.first_reply_at.is_(None), Case.assigned_at))
    return func.coalesce(Case.unanswered_at, not_yet)


def _part(query: Select[Unpack[Columns]], own: bool, page: int) -> Select[Unpack[Columns]]:
    return query.limit(PER_PAGE).offset((page - 1) * PER_PAGE if own else 0)


def _calls(lawyer: Lawyer, handled: ColumnElement[bool]) -> Select[Callback, Case]:
    """Returns the calls to make: those of my cases, and those of cases that nobody has."""
    mine = or_(Case.lawyer_id == lawyer.id, and_(Case.lawyer_id.is_(None), handled))
    return (
        select(Callback, Case)
        .join(Case, Case.id == Callback.case_id)
        .where(Callback.done_at.is_(None), Case.status.not_in(("erased", "held")), mine)
        .order_by(Callback.due_at.is_(None), Callback.due_at, Callback.id)
    )


async def _counts(
    session: AsyncSession, wanted: dict[str, ColumnElement[bool]], calls: Select[Callback, Case]
) -> Counts:
    shown = {
        name: await session.scalar(select(func.count()).where(condition)) or 0
        for name, condition in wanted.items()
    }
    due = select(func.count()).select_from(calls.with_only_columns(Callback.id).subquery())
    shown["callbacks"] = await session.scalar(due) or 0
    unanswered = await session.scalar(
        select(func.count()).where(wanted["mine"], _waits_since().is_not(None))
    )
    return Counts(shown, unanswered or 0)


def _task(row: Callback, its_case: Case, now: datetime) -> Task:
    overdue = row.due_at is not None and row.due_at < now
    return Task(row.id, its_case.id, row.why, its_case.question, row.due_at, overdue)
