"""The gateway's tables. Times are timezone-aware UTC; ids of messages grow with time."""

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, MetaData, String, Text, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import DateTime, TypeDecorator

# A constraint without a name cannot be changed by a later migration.
NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UTCDateTime(TypeDecorator[datetime]):
    """A timezone-aware UTC time, also on SQLite, which forgets the zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Stores UTC; a time without a zone is a mistake of the caller."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Gives the zone back where the database dropped it."""
        if value is None or value.tzinfo is not None:
            return value
        return value.replace(tzinfo=UTC)


def now() -> datetime:
    """Returns the present time in UTC."""
    return datetime.now(UTC)


class Base(DeclarativeBase):
    """The gateway's declarative base; ``Base.metadata`` is what migrations compare with."""

    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {datetime: UTCDateTime}  # noqa: RUF012 (SQLAlchemy reads it so)


class Conversation(Base):
    """One citizen on one channel.

    ``owner`` says who speaks: "bot", "queued" (a case waits) or "lawyer". ``epoch`` grows when a
    lawyer takes over, so that words the bot produced before are dropped. ``erase_requested_at``
    asks for erasure after the current turn; ``erased_at`` marks that only that turn's reply is
    left, until it has been delivered. ``seen_upto`` is the last message that a channel which
    fetches its replies has fetched. ``turn_worker`` holds the turn until ``turn_until``: no other
    process takes one of this conversation meanwhile.
    """

    __tablename__ = "conversations"
    __table_args__ = (UniqueConstraint("channel", "citizen"),)

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    citizen: Mapped[str] = mapped_column(String(200))
    owner: Mapped[str] = mapped_column(String(8), default="bot")
    epoch: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)
    erase_requested_at: Mapped[datetime | None]
    erased_at: Mapped[datetime | None]
    seen_upto: Mapped[int] = mapped_column(default=0)
    turn_worker: Mapped[str | None] = mapped_column(String(32))
    turn_until: Mapped[datetime | None]


class Message(Base):
    """One message, in or out.

    In: ``dedup_key``, ``status`` (received, answering, answered, promised, silent), ``attempts``
    (failed tries of a promise), ``kind`` and ``attachment`` as in `gateway.channels.Inbound`, and
    ``reply_path``: "passive", "push" or "held", claimed once by a channel with a deadline; before
    that "waiting", where a later delivery may still claim one. Out: ``reply_to``, ``options``, and
    the ``epoch`` it was produced in.
    """

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("dedup_key"),
        Index(None, "conversation_id", "id"),
        Index(None, "status"),
        {"sqlite_autoincrement": True},  # an erased message's id is never given to another
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    direction: Mapped[str] = mapped_column(String(3))
    author: Mapped[str] = mapped_column(String(8))
    name: Mapped[str | None] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(8), default="text")
    text: Mapped[str] = mapped_column(Text)
    attachment: Mapped[str | None] = mapped_column(String(200))
    options: Mapped[list[Any]] = mapped_column(JSON, default=list)
    dedup_key: Mapped[str | None] = mapped_column(String(300))
    status: Mapped[str | None] = mapped_column(String(10))
    attempts: Mapped[int] = mapped_column(default=0)
    reply_path: Mapped[str | None] = mapped_column(String(8))
    reply_to: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)
    epoch: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=now)
    updated_at: Mapped[datetime] = mapped_column(default=now)


class OutboxRow(Base):
    """One reply to push.

    ``status``: queued, leased, parked, or final: sent, dead, unknown, dropped (the bot's words
    after a lawyer took over). ``resent`` is set when a reply that may have arrived goes out once
    more, marked as such. ``begun`` is set when a leased reply may have left: before, it certainly
    has not. ``parts`` counts those of its messages that have gone out. ``notice`` says
    how far the citizen has been called back about a parked reply: "", due, leased, sent, phone.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("message_id"),
        Index(None, "status", "next_at"),
        Index(None, "conversation_id", "id"),
        {"sqlite_autoincrement": True},
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    message_id: Mapped[int] = mapped_column(ForeignKey("messages.id"))
    epoch: Mapped[int] = mapped_column(default=0)
    status: Mapped[str] = mapped_column(String(8), default="queued")
    detail: Mapped[str] = mapped_column(String(100), default="")
    attempts: Mapped[int] = mapped_column(default=0)
    resent: Mapped[bool] = mapped_column(default=False)
    begun: Mapped[bool] = mapped_column(default=False)
    parts: Mapped[int] = mapped_column(default=0)
    notice: Mapped[str] = mapped_column(String(8), default="")
    next_at: Mapped[datetime] = mapped_column(default=now)
    leased_until: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(default=now)


class PushWindow(Base):
    """What may still be pushed to one citizen: ``left`` messages until ``until``.

    ``kind`` is "message" or "tap" (a menu button, a scanned code, a subscription). ``bot_left`` is
    the bot's share of ``left``.
    """

    __tablename__ = "push_windows"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    kind: Mapped[str] = mapped_column(String(8), primary_key=True)
    left: Mapped[int]
    bot_left: Mapped[int]
    until: Mapped[datetime]


class PushStop(Base):
    """A channel on which nothing is pushed until ``until``, and why."""

    __tablename__ = "push_stops"

    channel: Mapped[str] = mapped_column(String(16), primary_key=True)
    detail: Mapped[str] = mapped_column(String(100))
    until: Mapped[datetime]


class Reminder(Base):
    """A sentence for a day to come, once per ``key`` of a conversation."""

    __tablename__ = "reminders"
    __table_args__ = (UniqueConstraint("conversation_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"))
    key: Mapped[str] = mapped_column(String(100))
    on: Mapped[date]
    text: Mapped[str] = mapped_column(Text)
    due_at: Mapped[datetime] = mapped_column(index=True)


class Erasure(Base):
    """What remains of an erased conversation: a random id and two times, nothing about a person.

    ``forgotten_at`` is empty until Rasa has confirmed that its tracker is gone.
    """

    __tablename__ = "erasures"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(String(32))
    requested_at: Mapped[datetime] = mapped_column(default=now)
    forgotten_at: Mapped[datetime | None] = mapped_column(index=True)
