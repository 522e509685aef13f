"""The audit trail: a chain of rows in which each row's hash covers the one before.

Rows hold ids and codes, never what a citizen said, so erasing a citizen changes none of them.
`record` asks for a row; rows are added at the very end of the transaction, so that the head of
the chain is locked only for a moment and two workers cannot take the same place.
Every event of a case becomes a row by itself.
"""

import hashlib
import json
from datetime import datetime
from typing import Any

from sqlalchemy import event, insert, inspect, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, SessionTransaction

from desk.clock import utc_now
from desk.tables import AuditHead, AuditRow, CaseEvent

FIRST = "0" * 64  # what the first row has before it
HEAD = 1
WAITING = "audit"  # where a session keeps the rows that its end will add


def record(
    session: AsyncSession,
    action: str,
    *,
    actor: int | None = None,
    subject: str | None = None,
    subject_id: int | None = None,
    **detail: Any,
) -> None:
    """Adds a row to the trail at the end of the session's transaction.

    Args:
        session: the transaction of what is being recorded.
        action: a code of `audit` in office.yml.
        actor: the account that did it; None for the system or somebody unknown.
        subject: account or case.
        subject_id: its id.
        detail: ids, codes and numbers; no personal data.
    """
    row = {
        "at": utc_now(),
        "actor_id": actor,
        "action": action,
        "subject": subject,
        "subject_id": subject_id,
        "detail": detail,
    }
    session.sync_session.info.setdefault(WAITING, []).append(row)


def digest(row: dict[str, Any]) -> str:
    """Returns the SHA-256 of a row, which includes the hash of the row before, in hex."""
    at: datetime = row["at"]
    content = {**row, "at": at.isoformat(timespec="microseconds")}
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


@event.listens_for(Session, "after_flush")
def _collect(session: Session, _context: object) -> None:
    events = [new for new in session.new if isinstance(new, CaseEvent)]
    if events:
        session.info.setdefault(WAITING, []).extend(events)


@event.listens_for(Session, "before_commit")
def _write(session: Session) -> None:
    if session.in_nested_transaction():
        return
    session.flush()
    rows = [row for each in session.info.pop(WAITING, []) if (row := _row(each))]
    if rows:
        _append(session, rows)


@event.listens_for(Session, "after_transaction_end")
def _forget(session: Session, transaction: SessionTransaction) -> None:
    if transaction.parent is None:
        session.info.pop(WAITING, None)


def _row(waiting: dict[str, Any] | CaseEvent) -> dict[str, Any] | None:
    """Returns the row to add, None for an event that was rolled back with its savepoint."""
    if isinstance(waiting, dict):
        return waiting
    if not inspect(waiting).persistent:
        return None
    return {
        "at": waiting.at,
        "actor_id": waiting.account_id,
        "action": waiting.kind,
        "subject": "case",
        "subject_id": waiting.case_id,
        "detail": {"event": waiting.id},
    }


def _append(session: Session, rows: list[dict[str, Any]]) -> None:
    head = session.execute(
        select(AuditHead.last_id, AuditHead.hash).where(AuditHead.id == HEAD).with_for_update()
    ).first()
    if head is None:
        session.execute(insert(AuditHead).values(id=HEAD, last_id=0, hash=FIRST))
    number, previous = head or (0, FIRST)
    for row in rows:
        number += 1
        full = {"id": number, **row, "previous": previous}
        previous = digest(full)
        session.execute(insert(AuditRow).values(**full, hash=previous))
    session.execute(
        update(AuditHead).where(AuditHead.id == HEAD).values(last_id=number, hash=previous)
    )
