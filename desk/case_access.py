"""Who may read which case (Legal Aid Act, Art. 21; Lawyers Law, Art. 38).

A lawyer reads the cases they have, and those they had up to the moment they gave them up. A
supervisor reads all. Anybody else needs an urgent look with a reason, which the supervisor sees.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from desk import audit, store
from desk.accounts import Lawyer
from desk.cases import CaseSheet
from desk.citizens import Line
from desk.errors import CaseNotFound, InvalidInput, NotAllowed
from desk.service import Desk
from desk.supervision import SUPERVISION
from desk.tables import Account, BreakGlass, Case, CaseEvent

LONGEST_REASON = 500  # characters
GOES_ON = ("assigned", "reopened", "queued")  # with whose event a case changes hands

log = structlog.get_logger()


@dataclass(frozen=True)
class Right:
    """Why somebody may read a case: own, had, supervisor or break_glass, and up to when."""

    why: str
    until: datetime | None = None


@dataclass(frozen=True)
class Remark:
    """What a colleague noted, or wrote when handing the case on."""

    at: datetime
    author: str
    text: str


@dataclass(frozen=True)
class Reading:
    """A case to be read, not worked on."""

    case: CaseSheet
    right: Right
    lines: list[Line]
    remarks: list[Remark]
    history: list[tuple[datetime, str, str | None]]


async def read(desk: Desk, lawyer: Lawyer, case_id: int) -> Reading:
    """Returns a case for reading and records who read it and by what right.

    Raises:
        CaseNotFound: there is no such case, or it is erased or on hold.
        NotAllowed: the lawyer has no right to read it.
    """
    async with desk.sessions.begin() as session:
        case = await _sheet(desk, session, case_id)
        right = await right_to(session, lawyer, case, desk.now())
        if right is None:
            raise NotAllowed("not_yours")
        audit.record(
            session, "case_read", actor=lawyer.id, subject="case", subject_id=case_id, why=right.why
        )
        events = await _events(session, case_id, right)
        return Reading(
            case,
            right,
            await _lines(desk, session, case, right),
            [
                Remark(event.at, name or "", text)
                for event, name in events
                if (text := str(event.detail.get("text") or event.detail.get("note") or ""))
                and event.kind in ("note_added", "transferred")
            ],
            [(event.at, event.kind, name) for event, name in events if event.kind != "opened"],
        )


async def right_to(
    session: AsyncSession, lawyer: Lawyer, case: CaseSheet, now: datetime
) -> Right | None:
    """Returns by what right somebody reads a case, None when by none."""
    if case.lawyer_id == lawyer.id:
        return Right("own")
    if lawyer.may("read_all_cases"):
        return Right("supervisor")
    look = await session.scalar(
        select(BreakGlass.until)
        .where(
            BreakGlass.account_id == lawyer.id,
            BreakGlass.case_id == case.id,
            BreakGlass.until > now,
        )
        .order_by(BreakGlass.until.desc())
        .limit(1)
    )
    if look is not None:
        return Right("break_glass")
    return await _right_of_former(session, lawyer, case.id)


async def look_urgently(desk: Desk, lawyer: Lawyer, case_id: int, reason: str) -> None:
    """Opens somebody else's case for a while; the supervisor is shown who did it and why.

    Raises:
        InvalidInput: the reason is too short or too long.
        CaseNotFound: there is no such case, or it is erased or on hold.
    """
    words, rules = " ".join(reason.split()), SUPERVISION.urgent_look
    if not rules.least_reason <= len(words) <= LONGEST_REASON:
        raise InvalidInput("look_reason", least=rules.least_reason, most=LONGEST_REASON)
    async with desk.sessions.begin() as session:
        await _sheet(desk, session, case_id)
        now = desk.now()
        look = BreakGlass(
            account_id=lawyer.id,
            case_id=case_id,
            reason=words,
            at=now,
            until=now + timedelta(hours=rules.hours),
        )
        session.add(look)
        await session.flush()
        audit.record(
            session,
            "break_glass",
            actor=lawyer.id,
            subject="case",
            subject_id=case_id,
            look=look.id,
        )
    log.warning("desk.break_glass", case=case_id, account=lawyer.id)


async def check_routed(desk: Desk, session: AsyncSession, lawyer: Lawyer, case_id: int) -> None:
    """Passes for a waiting case that the lawyer handles.

    Raises:
        NotAllowed: its topic, region or language is not the lawyer's.
    """
    if lawyer.may("read_all_cases"):
        return
    routed = await desk.routed_to(session, lawyer)
    if await session.scalar(select(Case.id).where(Case.id == case_id, routed)) is None:
        raise NotAllowed("not_routed")


async def _right_of_former(session: AsyncSession, lawyer: Lawyer, case_id: int) -> Right | None:
    """Returns the right of somebody who had the case, up to when it left them."""
    rows = await session.execute(
        select(CaseEvent.at, CaseEvent.kind, CaseEvent.account_id)
        .where(CaseEvent.case_id == case_id, CaseEvent.kind.in_(GOES_ON))
        .order_by(CaseEvent.id)
    )
    had, until = False, None
    for at, kind, account_id in rows:
        if kind != "queued" and account_id == lawyer.id:
            had, until = True, None
        elif had and until is None:
            until = at
    return Right("had", until) if had else None


async def _sheet(desk: Desk, session: AsyncSession, case_id: int) -> CaseSheet:
    query = store.with_lawyer().where(Case.id == case_id)
    found = await store.sheets(session, query, desk.now())
    if not found or found[0].status in ("erased", "held"):
        raise CaseNotFound("case_not_found")
    return found[0]


async def _events(
    session: AsyncSession, case_id: int, right: Right
) -> list[tuple[CaseEvent, str | None]]:
    query = (
        select(CaseEvent, Account.display_name)
        .outerjoin(Account, Account.id == CaseEvent.account_id)
        .where(CaseEvent.case_id == case_id)
        .order_by(CaseEvent.id)
    )
    if right.until is not None:
        query = query.where(CaseEvent.at <= right.until)
    return [(event, name) for event, name in await session.execute(query)]


async def _lines(desk: Desk, session: AsyncSession, case: CaseSheet, right: Right) -> list[Line]:
    """Returns what was said in the case's own time, as far as the right goes."""
    begin = await store.previous_end(session, case)
    ends = [end for end in (case.closed_at, right.until) if end is not None]
    return [
        line
        for line in await desk.citizens.transcript(session, case.conversation)
        if (begin is None or line.at > begin) and all(line.at <= end for end in ends)
    ]
