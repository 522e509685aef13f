"""Last days of periods: the day it starts is not counted; holidays are not looked at here."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def days_after(start: date, days: int) -> date:
    """Return the last day of a period of days (Civil Procedure Law, Art. 85)."""
    return start + timedelta(days=days)


def months_after(start: date, months: int) -> date:
    """Return the last day of a period of months; the month's end where it has no such day.

    Source: Civil Code, Art. 202.
    """
    year, month = divmod(start.month - 1 + months, 12)
    year, month = start.year + year, month + 1
    return date(year, month, min(start.day, monthrange(year, month)[1]))
