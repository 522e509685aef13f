"""Days and times as in China."""

from datetime import date, datetime, timedelta, timezone

# China has one time zone and no summer time.
CHINA = timezone(timedelta(hours=8))


def today() -> date:
    """Return today's date in China."""
    return datetime.now(CHINA).date()
