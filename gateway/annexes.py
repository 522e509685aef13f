"""Tables beside the conversations: pictures, marks, a token, followers, spent deliveries.

What belongs to a message goes with it (ON DELETE CASCADE), so that erasing a conversation leaves
none of it behind.
"""

from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, deferred, mapped_column

from gateway.tables import Base, now

_MESSAGE = "messages.id"


class AttachmentRow(Base):
    """The picture of one message; where to fetch it stands in ``Message.attachment``.

    ``status``: "waiting" (to be fetched), "leased", "kept" or "lost". ``content`` is encrypted;
    ``size`` is that of the picture itself, in bytes.
    """

    __tablename__ = "attachments"
    __table_args__ = (Index(None, "status", "next_at"),)

    message_id: Mapped[int] = mapped_column(
        ForeignKey(_MESSAGE, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    status: Mapped[str] = mapped_column(String(8), default="waiting")
    detail: Mapped[str] = mapped_column(String(100), default="")
    media_type: Mapped[str | None] = mapped_column(String(40))
    size: Mapped[int | None]
    content: Mapped[bytes | None] = deferred(mapped_column(LargeBinary))
    attempts: Mapped[int] = mapped_column(default=0)
    next_at: Mapped[datetime] = mapped_column(default=now)


class Rating(Base):
    """What somebody thought of an answer: ``mark`` is "useful" or "useless"; the last one holds."""

    __tablename__ = "ratings"

    message_id: Mapped[int] = mapped_column(
        ForeignKey(_MESSAGE, ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    mark: Mapped[str] = mapped_column(String(8))
    created_at: Mapped[datetime] = mapped_column(default=now)


class AccessToken(Base):
    """The token of one official account, shared by all workers.

    Whoever sets ``leased_until`` may ask Tencent for a new one; ``forced_at`` is when it was last
    replaced by force, which Tencent allows only now and then.
    """

    __tablename__ = "wechat_tokens"

    appid: Mapped[str] = mapped_column(String(64), primary_key=True)
    token: Mapped[str] = mapped_column(Text, default="")
    expires_at: Mapped[datetime] = mapped_column(default=now)
    forced_at: Mapped[datetime | None]
    leased_until: Mapped[datetime | None]


class SceneCount(Base):
    """How many people followed or scanned by one QR code on one day; nothing about who."""

    __tablename__ = "wechat_scenes"

    scene: Mapped[str] = mapped_column(String(64), primary_key=True)
    day: Mapped[date] = mapped_column(Date, primary_key=True)
    follows: Mapped[int] = mapped_column(default=0)
    scans: Mapped[int] = mapped_column(default=0)


class SpentRow(Base):
    """A delivery that has had its effect, as a keyed digest; kept for a day."""

    __tablename__ = "spent_deliveries"

    digest: Mapped[str] = mapped_column(String(64), primary_key=True)
    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
