"""Calls that somebody was promised."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from desk.clock import utc_now
from desk.tables.base import Base


class Callback(Base):
    """One promised call, open until `done_at`.

    `why` is a code of words.yml (asked, low_rating, by_lawyer). `contact` is how and when the
    citizen wants to be called, in their own words; empty means in the conversation itself.
    `due_at` is None while nobody knows when a person is there.
    """

    __tablename__ = "callbacks"
    __table_args__ = (Index(None, "done_at", "due_at"), Index(None, "case_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    why: Mapped[str] = mapped_column(String(16))
    contact: Mapped[str] = mapped_column(Text, default="")
    due_at: Mapped[datetime | None]
    booked_at: Mapped[datetime] = mapped_column(default=utc_now)
    booked_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    result: Mapped[str] = mapped_column(Text, default="")
