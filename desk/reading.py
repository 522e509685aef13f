"""What a lawyer may read of a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from desk import store
from desk.accounts import Lawyer
from desk.applications import ApplicationView
from desk.callbacks import CallbackTask
from desk.canned import Canned
from desk.case_access import check_routed
from desk.cases import LIVING, CaseSheet
from desk.citizens import Allowance, Line, PictureBytes
from desk.clock import start_of_today
from desk.errors import CaseNotFound, NotAllowed
from desk.overview import colleagues_of
from desk.ports import Suggestion
from desk.service import Desk
from desk.tables import Account, Case, CaseEvent


@dataclass(frozen=True)
class Note:
    """What a lawyer noted for whoever has the case."""

    at: datetime
    author: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """Everything about a case that is the lawyer's; what serves replying is empty when it ended."""

    case: CaseSheet
    lines: Sequence[Line]
    notes: Sequence[Note]
    flagged: frozenset[str]
    pictures: Mapping[str, str]
    allowance: Allowance
    callbacks: Sequence[CallbackTask]
    application: ApplicationView | None
    canned: Sequence[Canned]
    suggestions: Sequence[Suggestion]
    colleagues: Sequence[tuple[int, str]]

    @property
    def talking(self) -> bool:
        """Whether the lawyer speaks to the citizen now."""
        return self.case.status == "open"

    @property
    def unread(self) -> bool:
        """Whether the citizen has written since the lawyer looked."""
        return is_unread(self.case)


def is_unread(case: CaseSheet) -> bool:
    """Returns whether the citizen has written since the case's lawyer looked."""
    waits = case.unanswered_at
    return waits is not None and (case.read_at is None or case.read_at < waits)


def waits_since(case: CaseSheet) -> datetime | None:
    """Returns when the citizen of an open case began to wait for a reply, None when answered."""
    return case.unanswered_at or (None if case.first_reply_at else case.assigned_at)


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


async def may_follow(desk: Desk, lawyer: Lawyer, case_id: int) -> None:
    """Passes for a case that the lawyer has.

    Raises:
        CaseNotFound: there is no such case, or it is erased or on hold.
        NotAllowed: it is not the lawyer's.
    """
    async with desk.reading() as session:
        case = await _sheet(desk, session, case_id)
    if case.lawyer_id != lawyer.id:
        raise NotAllowed("not_yours")


async def whole(desk: Desk, lawyer: Lawyer, case: CaseSheet) -> Sheet:
    """Returns everything about a case that is the lawyer's."""
    talking = case.status == "open"
    async with desk.reading() as session:
        lines = await _lines(desk, session, case)
        notes = await _notes(session, case.id)
        pictures = await desk.citizens.pictures(session, case.conversation)
        allowance = await desk.citizens.allowance(session, case.conversation)
        colleagues = await _colleagues(session, lawyer) if talking else []
    return Sheet(
        case,
        lines,
        notes,
        await desk.flagged_messages(case.id),
        pictures,
        allowance if talking else Allowance(None, None),
        await desk.callbacks(case_id=case.id),
        await desk.application_of(case.id),
        await desk.canned_replies(lawyer) if talking else [],
        await desk.suggest(case.question) if talking else [],
        colleagues,
    )


async def picture(desk: Desk, lawyer: Lawyer, case_id: int, message: str) -> PictureBytes:
    """Returns a picture of a case that the lawyer has, if its line is among the case's own.

    Raises:
        CaseNotFound: there is no such case, or no such picture in it.
        NotAllowed: the case is not the lawyer's.
    """
    await may_follow(desk, lawyer, case_id)
    async with desk.reading() as session:
        case = await _sheet(desk, session, case_id)
        own = {line.id for line in await _lines(desk, session, case)}
        found = await desk.citizens.picture(session, case.conversation, message)
    if message not in own or found is None:
        raise CaseNotFound("page_not_found")
    return found


async def _sheet(desk: Desk, session: AsyncSession, case_id: int) -> CaseSheet:
    query = store.with_lawyer().where(Case.id == case_id)
    found = await store.sheets(session, query, desk.now())
    if not found or found[0].status in ("erased", "held"):
        raise CaseNotFound("case_not_found")
    return found[0]


async def _notes(session: AsyncSession, case_id: int) -> list[Note]:
    """Returns the notes on a case and what came with a transfer, oldest first."""
    rows = await session.execute(
        select(CaseEvent, Account.display_name)
        .join(Account, Account.id == CaseEvent.account_id)
        .where(CaseEvent.case_id == case_id, CaseEvent.kind.in_(("note_added", "transferred")))
        .order_by(CaseEvent.id)
    )
    notes = [
        Note(row.at, name, row.detail.get("text") or row.detail.get("note", ""))
        for row, name in rows
    ]
    return [note for note in notes if note.text]


async def _colleagues(session: AsyncSession, lawyer: Lawyer) -> list[tuple[int, str]]:
    return [each for each in await colleagues_of(session) if each[0] != lawyer.id]


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
