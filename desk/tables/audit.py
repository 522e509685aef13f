"""The audit trail and its end."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import Base


class AuditRow(Base):
    """One link of the chain: who did what to what, in ids and codes only.

    `hash` covers the row and `previous`, the hash before it.
    """

    __tablename__ = "audit_log"
    __table_args__ = (Index(None, "subject", "subject_id"), Index(None, "actor_id"))

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor_id: Mapped[int | None]
    action: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str | None] = mapped_column(String(16))
    subject_id: Mapped[int | None]
    detail: Mapped[dict[str, Any]] = mapped_column(JSON)
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class AuditHead(Base):
    """The end of the chain: its only row is locked while a link is added."""

    __tablename__ = "audit_head"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    last_id: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64))
