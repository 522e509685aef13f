"""The desk's tables: accounts, cases, and the events that happened to each case."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from desk.clock import utc_now


class UtcDateTime(TypeDecorator[datetime]):
    """A timezone-aware UTC time, also on SQLite, which keeps no time zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


# A constraint without a name cannot be changed by a later migration.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """The desk's declarative base; `Base.metadata` is what migrations compare with."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UtcDateTime}  # noqa: RUF012 - SQLAlchemy's own spelling


class Account(Base):
    """Somebody who may sign in."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    display_name: Mapped[str] = mapped_column(String(64))
    role: Mapped[str] = mapped_column(String(16), default="lawyer")
    disabled_at: Mapped[datetime | None]
    must_change_password: Mapped[bool] = mapped_column(default=False)
    totp_secret: Mapped[str | None] = mapped_column(String(255))  # encrypted
    totp_step: Mapped[int | None]  # of the last code that was used: each code works once
    last_login_at: Mapped[datetime | None]
    # Signing out raises it, and every cookie that carries the old number is void.
    session_number: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)


class Case(Base):
    """One request for a person, from the citizen's request to its end."""

    __tablename__ = "cases"
    __table_args__ = (
        # A conversation has at most one open case: asking twice is asking once.
        Index(
            "uq_cases_open_conversation",
            "conversation",
            unique=True,
            sqlite_where=text("status IN ('waiting', 'claimed')"),
            postgresql_where=text("status IN ('waiting', 'claimed')"),
        ),
        Index(None, "status", "opened_at"),
        Index(None, "conversation"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation: Mapped[str] = mapped_column(String(64))  # empty once erased
    status: Mapped[str] = mapped_column(String(16))
    urgency: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(Text)
    question: Mapped[str] = mapped_column(Text)
    topic: Mapped[str | None] = mapped_column(String(64))
    facts: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    eligibility: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    lawyer_id: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
    opened_at: Mapped[datetime] = mapped_column(default=utc_now)
    accepted_at: Mapped[datetime | None]  # the first time a lawyer took it
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


metadata = Base.metadata
