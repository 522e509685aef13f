"""The calendar of the place where the citizens live."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo


def today() -> date:
    """Return the date where the citizens live."""
    return datetime.now(ZoneInfo("Asia/Shanghai")).date()
