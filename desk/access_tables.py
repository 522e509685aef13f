"""Tables of sign-in, of the audit trail, and of the supervisor's work."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desk.clock import utc_now
from desk.tables import Base


class LoginLimit(Base):
    """How often sign-in has failed for one name, address or account, as a keyed digest."""

    __tablename__ = "login_limits"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int]
    since: Mapped[datetime]
    locked_until: Mapped[datetime | None]


class RecoveryCode(Base):
    """A code that stands in for the second factor once; only its digest is kept."""

    __tablename__ = "recovery_codes"
    __table_args__ = (Index(None, "account_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    digest: Mapped[str] = mapped_column(String(64))
    used_at: Mapped[datetime | None]


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


class BreakGlass(Base):
    """An urgent look at somebody else's case. The reason is a colleague's words."""

    __tablename__ = "break_glass"
    __table_args__ = (Index(None, "account_id", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(default=utc_now)
    until: Mapped[datetime]
    seen_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    seen_at: Mapped[datetime | None]


class Review(Base):
    """A closed case drawn for quality review; marked once somebody has read it."""

    __tablename__ = "reviews"
    __table_args__ = (Index(None, "drawn_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"), unique=True)
    drawn_at: Mapped[datetime] = mapped_column(default=utc_now)
    drawn_by: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    marks: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))
    remark: Mapped[str | None] = mapped_column(Text)
    reviewer_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    reviewed_at: Mapped[datetime | None]
