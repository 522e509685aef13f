"""Calls that are promised, and those that were made."""

from dataclasses import dataclass
from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from desk import store
from desk.accounts import Lawyer
from desk.core import case_in_hand, checked
from desk.errors import CaseNotFound, CaseTaken, InvalidInput, NotAllowed
from desk.routing import Routing
from desk.tables import Callback, Case
from desk.telling import Telling
from desk.words import WORDS

log = structlog.get_logger()

LONGEST_CONTACT = 500  # characters


@dataclass(frozen=True)
class CallbackTask:
    """A promised call as the desk shows it. `due_at` is None while nobody knows the next duty."""

    id: int
    case_id: int
    conversation: str
    question: str
    lawyer_id: int | None
    why: str
    contact: str
    due_at: datetime | None
    booked_at: datetime
    done_at: datetime | None
    result: str


class Callbacks(Routing, Telling):
    """Calls as tasks with a due time; a case's own lawyer makes them, or whoever is there."""

    async def book_callback(
        self, case_id: int, lawyer: Lawyer, due_at: datetime, contact: str = ""
    ) -> int:
        """Promises a call at a time, tells the citizen, and returns the call's id.

        An empty `contact` means that the citizen is written to in the conversation.

        Raises:
            InvalidInput: the time is past, or the contact is too long.
            CaseTaken: the lawyer does not have the case.
        """
        if due_at <= self.now() or len(contact) > LONGEST_CONTACT:
            raise InvalidInput("bad_callback")
        async with self.sessions.begin() as session:
            case = await case_in_hand(session, self.citizens, case_id)
            if case.lawyer_id != lawyer.id or case.status == "withdrawn":
                raise CaseTaken("not_claimed_by_you")
            booked = await self._book(
                session, case, "by_lawyer", contact.strip(), due_at, lawyer.id
            )
            await self._tell_booked(session, case, booked)
            return booked.id

    async def complete_callback(self, callback_id: int, lawyer: Lawyer, result: str) -> None:
        """Notes that a call was made and what came of it; does nothing when it was before.

        A case that had left the queue for this call and that nobody has is then resolved.

        Raises:
            InvalidInput: the result is blank or too long.
            CaseNotFound: there is no such call, or its case may not be read any more.
            CaseTaken: the case is another lawyer's; a supervisor may note any call.
            NotAllowed: nobody has the case, and the lawyer does not handle it.
        """
        words = checked(result)
        async with self.sessions.begin() as session:
            row = await session.get(Callback, callback_id)
            if row is None:
                raise CaseNotFound("case_not_found")
            case = await case_in_hand(session, self.citizens, row.case_id)
            await session.refresh(row, with_for_update=True)
            if row.done_at is not None:
                return
            await self._check_calls(session, case, lawyer)
            row.done_at, row.done_by, row.result = self.now(), lawyer.id, words
            store.record(session, case, "callback_done", lawyer_id=lawyer.id, callback=callback_id)
            if case.status == "snoozed" and case.lawyer_id is None:
                now = self.now()
                case.status, case.lawyer_id, case.outcome = "resolved", lawyer.id, "called_back"
                case.accepted_at = case.assigned_at = now
                case.first_reply_at, case.asked = case.first_reply_at or now, "rating"
                store.record(session, case, "resolved", lawyer_id=lawyer.id, outcome=case.outcome)
                await self._tell(session, case, "called_back", WORDS.rating_options)
                case.closed_at = self.now()  # after the last message, which belongs to the case

    async def callbacks(
        self, *, open_only: bool = True, case_id: int | None = None
    ) -> list[CallbackTask]:
        """Returns promised calls, the most urgent first; those without a time come last."""
        query = (
            select(Callback, Case)
            .join(Case, Case.id == Callback.case_id)
            .where(Case.status.not_in(("erased", "held")))
            .order_by(Callback.due_at.is_(None), Callback.due_at, Callback.id)
        )
        if open_only:
            query = query.where(Callback.done_at.is_(None))
        if case_id is not None:
            query = query.where(Callback.case_id == case_id)
        async with self.reading() as session:
            return [_task(row, case) for row, case in await session.execute(query)]

    async def _check_calls(self, session: AsyncSession, case: Case, lawyer: Lawyer) -> None:
        if case.lawyer_id == lawyer.id or lawyer.may("read_all_cases"):
            return
        if case.lawyer_id is not None:
            raise CaseTaken("not_claimed_by_you")
        routed = await self.routed_to(session, lawyer)
        if await session.scalar(select(Case.id).where(Case.id == case.id, routed)) is None:
            raise NotAllowed("not_routed")

    async def _book(
        self,
        session: AsyncSession,
        case: Case,
        why: str,
        contact: str,
        due_at: datetime | None,
        by: int | None = None,
    ) -> Callback:
        """Adds a promised call; the citizen's words stay in the row, not in the event."""
        row = Callback(case_id=case.id, why=why, contact=contact, due_at=due_at, booked_by=by)
        row.booked_at = self.now()
        session.add(row)
        await session.flush()
        store.record(session, case, "callback_booked", lawyer_id=by, callback=row.id, why=why)
        log.info("desk.callback_booked", case=case.id, callback=row.id, why=why)
        return row

    async def _tell_booked(self, session: AsyncSession, case: Case, row: Callback) -> None:
        """Tells the citizen how and when they will hear from somebody."""
        key = "call_promised" if row.contact else "message_promised"
        await self._tell(session, case, key, when=self._when(row.due_at))


def _task(row: Callback, case: Case) -> CallbackTask:
    return CallbackTask(
        id=row.id,
        case_id=row.case_id,
        conversation=case.conversation,
        question=case.question,
        lawyer_id=case.lawyer_id,
        why=row.why,
        contact=row.contact,
        due_at=row.due_at,
        booked_at=row.booked_at,
        done_at=row.done_at,
        result=row.result,
    )
