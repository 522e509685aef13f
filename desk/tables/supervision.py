"""Urgent looks at cases, and quality reviews."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, Text
from sqlalchemy.orm import Mapped, mapped_column

from desk.clock import utc_now
from desk.tables.base import Base


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
