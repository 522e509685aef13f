"""Time: kept in UTC, shown and counted in days as in China."""

from datetime import UTC, datetime, timedelta, timezone

# China has one time zone and no summer time.
CHINA = timezone(timedelta(hours=8))


def utc_now() -> datetime:
    """Returns the current time in UTC."""
    return datetime.now(UTC)


def start_of_today() -> datetime:
    """Returns when today began in China."""
    return utc_now().astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
