"""Cases and the events that happened to each."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from desk.clock import utc_now
from desk.tables.base import Base

LIVING = text("status IN ('pending', 'open', 'snoozed')")


class Case(Base):
    """One request for a person, from the citizen's request to its end.

    `urgency` is danger, deadline or normal; `groups` are the priority groups the citizen belongs
    to and `priority` says whether there are any; `last_day` is the soonest last day that is known.
    `asked` says which typed answer the desk waits for: choices, contact or rating.
    """

    __tablename__ = "cases"
    __table_args__ = (
        # A conversation has at most one living case: asking twice is asking once.
        Index(
            "uq_cases_open_conversation",
            "conversation",
            unique=True,
            sqlite_where=LIVING,
            postgresql_where=LIVING,
        ),
        Index(None, "status", "opened_at"),
        Index(None, "conversation"),
        Index(None, "lawyer_id", "status"),
        Index(None, "first_reply_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation: Mapped[str] = mapped_column(String(64))  # empty once erased
    status: Mapped[str] = mapped_column(String(16))
    urgency: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    question: Mapped[str] = mapped_column(Text)
    topic: Mapped[str | None] = mapped_column(String(64))
    region: Mapped[str | None] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(8), default="zh")
    groups: Mapped[list[str]] = mapped_column(JSON, default=list)
    priority: Mapped[bool] = mapped_column(default=False)
    last_day: Mapped[date | None]
    facts: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    eligibility: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    lawyer_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    previous_id: Mapped[int | None]  # the conversation's case before this one
    opened_at: Mapped[datetime] = mapped_column(default=utc_now)
    accepted_at: Mapped[datetime | None]  # the first time a lawyer took it
    assigned_at: Mapped[datetime | None]  # the last time
    first_reply_at: Mapped[datetime | None]
    unanswered_at: Mapped[datetime | None]  # when the citizen began to wait for the next reply
    read_at: Mapped[datetime | None]  # when the case's lawyer last saw the conversation
    offered_at: Mapped[datetime | None]  # when another way was offered, because nobody had come
    snoozed_until: Mapped[datetime | None]
    asked: Mapped[str | None] = mapped_column(String(16))
    rating: Mapped[int | None]
    rated_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(32))
    held_at: Mapped[datetime | None]
    held_transcript: Mapped[list[dict[str, str]] | None] = mapped_column(JSON(none_as_null=True))


class CaseEvent(Base):
    """Something that happened to a case. Rows are added, never changed."""

    __tablename__ = "case_events"
    __table_args__ = (
        UniqueConstraint("case_id", "submission"),
        Index(None, "case_id", "kind"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    at: Mapped[datetime] = mapped_column(default=utc_now)
    kind: Mapped[str] = mapped_column(String(16))
    account_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    # The form that caused it: a form sent twice is done once.
    submission: Mapped[str | None] = mapped_column(String(64))
