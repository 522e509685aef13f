"""Going through the audit trail: is it whole, and what does it say."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from desk.audit import FIRST, digest
from desk.tables import AuditHead, AuditRow, CaseEvent

FIELDS = ("id", "at", "actor_id", "action", "subject", "subject_id", "detail", "previous")


@dataclass(frozen=True)
class Verdict:
    """What going through the chain found.

    Attributes:
        rows: how many rows were right.
        last_hash: the hash of the last right row, to be written down outside the database.
        broken: the first row that is wrong, None when the chain is whole.
        why: missing, changed, cut_off, event or noted (a code of `audit_broken` in office.yml).
    """

    rows: int
    last_hash: str
    broken: int | None = None
    why: str | None = None


async def verify(session: AsyncSession, noted: tuple[int, str] | None = None) -> Verdict:
    """Checks every row, the row's case event, and the end of the chain.

    Somebody who can write to the database could rebuild the whole chain; a number and hash that
    were noted elsewhere show that.

    Args:
        session: a transaction for reading.
        noted: number and hash of a row, as an earlier run printed them.
    """
    count, previous = 0, FIRST
    query = (
        select(AuditRow, CaseEvent)
        .outerjoin(CaseEvent, CaseEvent.id == AuditRow.detail["event"].as_integer())
        .order_by(AuditRow.id)
        .execution_options(yield_per=1000)
    )
    async for row, event in await session.stream(query):
        why = _wrong(row, event, count + 1, previous)
        if why is None and noted and noted[0] == row.id and noted[1] != row.hash:
            why = "noted"
        if why:
            return Verdict(count, previous, count + 1, why)
        count, previous = row.id, row.hash
    head = await session.scalar(select(AuditHead))
    end = (head.last_id, head.hash) if head else (0, FIRST)
    if end != (count, previous) or (noted and noted[0] > count):
        return Verdict(count, previous, count + 1, "cut_off")
    return Verdict(count, previous)


def _wrong(row: AuditRow, event: CaseEvent | None, number: int, previous: str) -> str | None:
    if row.id != number:
        return "missing"
    content = {name: getattr(row, name) for name in FIELDS}
    if row.previous != previous or row.hash != digest(content):
        return "changed"
    if "event" in row.detail and not _same(row, event):
        return "event"
    return None


def _same(row: AuditRow, event: CaseEvent | None) -> bool:
    return event is not None and (event.case_id, event.kind, event.account_id, event.at) == (
        row.subject_id,
        row.action,
        row.actor_id,
        row.at,
    )
