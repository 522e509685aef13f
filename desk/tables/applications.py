"""Applications for legal aid that came out of a case."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from desk.clock import utc_now
from desk.tables.base import Base


class Application(Base):
    """One application: to whom it went, when, and which clocks of the Act run since then.

    `clocks` holds `name`, `last_day` (ISO date) and `reference` of each, as they were counted on
    the day the record was made.
    """

    __tablename__ = "applications"
    __table_args__ = (UniqueConstraint("case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("cases.id"))
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"))
    matter: Mapped[str] = mapped_column(String(200))
    institution: Mapped[str] = mapped_column(String(200))
    handed_in_on: Mapped[date]
    clocks: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(default=utc_now)
