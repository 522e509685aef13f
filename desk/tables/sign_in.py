"""Limits on guessing, and recovery codes."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import Base


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
