"""The roster: who is there from when to when."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from desk.tables.base import Base


class DutyPeriod(Base):
    """One person's time on duty, from `begins_at` up to `ends_at`."""

    __tablename__ = "duty_periods"
    __table_args__ = (Index(None, "ends_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    begins_at: Mapped[datetime]
    ends_at: Mapped[datetime]
