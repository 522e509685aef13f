"""What has changed, for pages that follow along, and the numbers on their badges."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from desk.accounts import Lawyer
from desk.routing import Routing
from desk.tables import Callback, Case, CaseEvent

MOST_CHANGES = 500


@dataclass(frozen=True)
class Change:
    """One event: its id (grows), the case, what happened, when, and who did it."""

    id: int
    case_id: int
    kind: str
    at: datetime
    account_id: int | None


@dataclass(frozen=True)
class Counts:
    """The numbers on a lawyer's badges.

    Attributes:
        pending: cases in the queue that the lawyer handles.
        mine: cases the lawyer has.
        unanswered: of these, those whose citizen waits for a reply.
        snoozed: cases the lawyer has set aside.
        callbacks_due: calls whose time has come, of the lawyer's cases or of nobody's.
    """

    pending: int
    mine: int
    unanswered: int
    snoozed: int
    callbacks_due: int


class Changes(Routing):
    """All workers see the same changes, because they are the events in the database."""

    async def latest_change(self) -> int:
        """Returns the id of the newest event, 0 before the first."""
        async with self.reading() as session:
            return await session.scalar(select(func.max(CaseEvent.id))) or 0

    async def changes_since(self, event_id: int) -> list[Change]:
        """Returns the events after one, in order, at most 500 at a time."""
        async with self.reading() as session:
            rows = await session.scalars(
                select(CaseEvent)
                .where(CaseEvent.id > event_id)
                .order_by(CaseEvent.id)
                .limit(MOST_CHANGES)
            )
            return [Change(row.id, row.case_id, row.kind, row.at, row.account_id) for row in rows]

    async def counts(self, lawyer: Lawyer) -> Counts:
        """Returns the numbers for the lawyer's badges."""
        async with self.reading() as session:
            own = Case.lawyer_id == lawyer.id
            routed = await self.routed_to(session, lawyer)
            row = (
                await session.execute(
                    select(
                        func.count().filter(Case.status == "pending", routed),
                        func.count().filter(Case.status == "open", own),
                        func.count().filter(
                            Case.status == "open", own, Case.unanswered_at.is_not(None)
                        ),
                        func.count().filter(Case.status == "snoozed", own),
                    ).where(Case.status.in_(("pending", "open", "snoozed")))
                )
            ).one()
            due = await session.scalar(
                select(func.count())
                .select_from(Callback)
                .join(Case, Case.id == Callback.case_id)
                .where(
                    Callback.done_at.is_(None),
                    Callback.due_at <= self.now(),
                    Case.status.not_in(("erased", "held")),
                    or_(own, Case.lawyer_id.is_(None)),
                )
            )
            return Counts(row[0], row[1], row[2], row[3], due or 0)
