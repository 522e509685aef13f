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


def china_words(at: datetime) -> str:
    """Returns a time as people in China say it: month, day, weekday, hour."""
    local = at.astimezone(CHINA)
    day = f"{local.month}月{local.day}日（周{'一二三四五六日'[local.weekday()]}）"
    return f"{day}{local.hour}:{local.minute:02}"
