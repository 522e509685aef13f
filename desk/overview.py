"""The supervisor's first page: what is owed now, how promises were kept, urgent looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from desk import audit
from desk.accounts import Lawyer, may_take_cases
from desk.callbacks import CallbackTask
from desk.cases import LIVING
from desk.first_replies import Kept, Promise, kept, promise
from desk.roster import Duty
from desk.service import Desk
from desk.tables import Account, BreakGlass, Case

MOST_ROWS = 100
MEASURED = timedelta(days=30)
# What no reply was owed for, or what may no longer be looked at.
UNCOUNTED = ("withdrawn", "erased")


@dataclass(frozen=True)
class Owed:
    """A living case: whose it is and what became of its first reply."""

    id: int
    topic: str | None
    urgency: str
    status: str
    lawyer_id: int | None
    lawyer: str | None
    promise: Promise
    state: str
    unanswered_at: datetime | None


@dataclass(frozen=True)
class Look:
    """An urgent look that nobody has gone through yet."""

    id: int
    case_id: int
    by: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Overview:
    """What the supervisor sees first; `living` counts also what is not listed."""

    living: int
    owed: Sequence[Owed]
    kept: Kept
    looks: Sequence[Look]
    callbacks: Sequence[CallbackTask]
    colleagues: Sequence[tuple[int, str]]

    @property
    def breached(self) -> int:
        """How many of the listed cases have waited longer than a working day."""
        return sum(each.state == "breached" for each in self.owed)


ORDER = ("breached", "slow", "running", "late_answered", "slow_answered", "answered")


async def overview(desk: Desk) -> Overview:
    """Returns the supervisor's first page."""
    now = desk.now()
    callbacks = await desk.callbacks(open_only=True)
    async with desk.sessions() as session:
        living = await session.scalar(select(func.count()).where(Case.status.in_(LIVING)))
        rows = list(
            await session.execute(
                select(Case, Account.display_name)
                .outerjoin(Account, Account.id == Case.lawyer_id)
                .where(Case.status.in_(LIVING))
                .order_by(Case.first_reply_at.is_not(None), Case.opened_at)
                .limit(MOST_ROWS)
            )
        )
        looks = await _looks(session)
        colleagues = await colleagues_of(session)
    begin = min([now - MEASURED, *(case.opened_at for case, _ in rows)])
    roster = await desk.roster(begin, now)
    owed = [_owed(case, name, roster, now) for case, name in rows]
    owed.sort(key=lambda each: (ORDER.index(each.state), each.promise.opened_at))
    return Overview(
        living or 0,
        owed,
        await kept_between(desk, now - MEASURED, now),
        looks,
        callbacks,
        colleagues,
    )


async def kept_between(desk: Desk, begin: datetime, end: datetime) -> Kept:
    """Returns how the promises to those who asked in a stretch of time were kept."""
    roster = await desk.roster(begin, end)
    async with desk.sessions() as session:
        rows = await session.execute(
            select(Case.opened_at, Case.first_reply_at).where(
                Case.opened_at >= begin, Case.opened_at < end, Case.status.not_in(UNCOUNTED)
            )
        )
        promises = [promise(opened, answered, roster) for opened, answered in rows]
    return kept(promises, desk.now())


async def see_look(desk: Desk, lawyer: Lawyer, look_id: int) -> None:
    """Notes that the supervisor has gone through an urgent look."""
    async with desk.sessions.begin() as session:
        seen = await session.execute(
            update(BreakGlass)
            .where(BreakGlass.id == look_id, BreakGlass.seen_at.is_(None))
            .values(seen_at=desk.now(), seen_by=lawyer.id)
        )
        if seen.rowcount:  # type: ignore[attr-defined]
            audit.record(session, "look_seen", actor=lawyer.id, look=look_id)


async def colleagues_of(session: AsyncSession) -> list[tuple[int, str]]:
    """Returns id and name of everybody who may be given a case."""
    rows = await session.execute(
        select(Account.id, Account.display_name)
        .where(may_take_cases())
        .order_by(Account.display_name)
    )
    return [(row.id, row.display_name) for row in rows]


def _owed(case: Case, name: str | None, roster: Sequence[Duty], now: datetime) -> Owed:
    due = promise(case.opened_at, case.first_reply_at, roster)
    return Owed(
        case.id,
        case.topic,
        case.urgency,
        case.status,
        case.lawyer_id,
        name,
        due,
        due.state(now),
        case.unanswered_at,
    )


async def _looks(session: AsyncSession) -> list[Look]:
    rows = await session.execute(
        select(BreakGlass, Account.display_name)
        .join(Account, Account.id == BreakGlass.account_id)
        .where(BreakGlass.seen_at.is_(None))
        .order_by(BreakGlass.id)
    )
    return [Look(row.id, row.case_id, name, row.reason, row.at) for row, name in rows]
