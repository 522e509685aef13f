"""The people who may sign in, and which cases they can take."""

from datetime import datetime

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from desk.clock import utc_now
from desk.tables.base import Base


class Account(Base):
    """Somebody who may sign in.

    An empty list of topics or regions means all of them. `capacity` is how many cases the desk
    gives to the account by itself at one time, while it is on duty and its page is open.
    """

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(64), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    display_name: Mapped[str] = mapped_column(String(64))
    failed_logins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None]
    # Signing out raises it, and every cookie that carries the old number is void.
    session_number: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
    topics: Mapped[list[str]] = mapped_column(JSON, default=list)
    regions: Mapped[list[str]] = mapped_column(JSON, default=list)
    languages: Mapped[list[str]] = mapped_column(JSON, default=lambda: ["zh"])
    capacity: Mapped[int] = mapped_column(default=5)
    last_seen_at: Mapped[datetime | None]
