"""What lawyers marked as wrong in the assistant's answers, for the curators."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.clock import utc_now
from desk.tables.base import Base


class BotFlag(Base):
    """One answer of the assistant that a lawyer called wrong; open until `done_at`.

    `asked` and `said` are copies, because the conversation may be erased; an erasure empties them
    and the note.
    """

    __tablename__ = "bot_flags"
    __table_args__ = (UniqueConstraint("case_id", "message_id"), Index(None, "done_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    message_id: Mapped[str] = mapped_column(String(64))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    asked: Mapped[str] = mapped_column(Text)
    said: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    flagged_at: Mapped[datetime] = mapped_column(default=utc_now)
    done_at: Mapped[datetime | None]
    done_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id"))
