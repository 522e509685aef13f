"""Counting a period: first day, last day before and after rolling over holidays."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from eligibility.radar.periods import Value
from eligibility.radar.rules import Rules
from eligibility.radar.workdays import ONE_DAY, add_working, next_working

LONG_UNITS = {"month", "year"}


@dataclass(frozen=True)
class Span:
    """A counted period: `counted` is its end before rolling, `last` after it.

    `ends` is the moment a period in hours ends; both days are then its day.
    """

    first: date
    counted: date
    last: date
    ends: datetime | None = None


def span(value: Value, rules: Rules, start: date, rolls: bool) -> Span:
    """Return the period that begins with an event.

    Args:
        value: a value with a length.
        rules: how the law counts.
        start: the day of the event, or its moment (a datetime) where that is known.
        rolls: whether the end may move at all; a time to wait does not.

    Raises:
        ValueError: the law sets no length.
    """
    if value.length is None:
        raise ValueError(f"{value.reference} sets no length")
    if value.unit == "hour":
        return _hours(value.length, rules, start)
    day = start.date() if isinstance(start, datetime) else start
    same_day = rules.counts == "from_same_day"
    first = day if same_day else day + ONE_DAY
    counted = _end(value.unit, value.length, day)
    if rules.month_ends is not None and value.unit in LONG_UNITS and _ends_month(day):
        counted = counted.replace(day=monthrange(counted.year, counted.month)[1])
    if same_day:
        counted -= ONE_DAY
    rolled = rolls and rules.roll is not None
    return Span(first, counted, next_working(counted) if rolled else counted)


def _end(unit: str, length: int, day: date) -> date:
    if unit == "workday":
        return add_working(day, length)
    if unit == "day":
        return day + timedelta(days=length)
    return add_months(day, length * (12 if unit == "year" else 1))


def _ends_month(day: date) -> bool:
    return (day + ONE_DAY).day == 1


def _hours(length: int, rules: Rules, start: date) -> Span:
    """Count hours from the moment, or from the end of the day where only the day is known."""
    if isinstance(start, datetime):
        moment = start
        if rules.hours is not None:
            moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    else:
        moment = datetime.combine(start + ONE_DAY, time())
    ends = moment + timedelta(hours=length)
    return Span(moment.date(), ends.date(), ends.date(), ends)


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or the month's last day (民法典 202)."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
