"""Parts of weeks, months and years, and the candidates made of them."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from eligibility.when.said import Candidate
from eligibility.when.words import note


@dataclass(frozen=True)
class Reading:
    """What one shape makes of its words; `question` is a key of the questions."""

    candidates: tuple[Candidate, ...]
    question: str | None = None


def exactly(day: date, today: date, assumed: str | None = None) -> Reading:
    """Return one day; a day that is still to come is asked about."""
    said = note(assumed, day=day) if assumed else None
    return Reading((Candidate(day, day, said),), "future" if day > today else None)


def choice(days: list[tuple[date, str]], today: date) -> Reading | None:
    """Return the days that may be meant, each with the key of what it assumes."""
    seen: dict[date, str] = {}
    for day, assumed in days:
        seen.setdefault(day, assumed)
    past = {day: assumed for day, assumed in seen.items() if day <= today} or seen
    if not past:
        return None
    if len(past) == 1:
        (day, assumed) = next(iter(past.items()))
        return exactly(day, today, assumed)
    found = tuple(Candidate(day, day, note(key, day=day)) for day, key in past.items())
    return Reading(found, "which_one")


def stretch(first: date, last: date, today: date) -> Reading:
    """Return days in a row, none of them after today."""
    if first > today:
        return Reading((Candidate(first, last),), "future")
    end = min(last, today)
    assumed = note("stretch", first=first, last=end)
    return Reading((Candidate(first, end, assumed),), "which_day")


def days_of_month(year: int, month: int, part: tuple[int, int] = (1, 31)) -> tuple[date, date]:
    """Return the first and last day of a part of a month."""
    length = monthrange(year, month)[1]
    return date(year, month, part[0]), date(year, month, min(part[1], length))


def months_before(today: date, offset: int) -> tuple[int, int]:
    """Return the year and month so many months from today's (negative: before)."""
    year, month = divmod(today.year * 12 + today.month - 1 + offset, 12)
    return year, month + 1


def valid(year: int, month: int, day: int) -> date | None:
    """Return the day, or None where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def monday(day: date) -> date:
    """Return the Monday of the day's week."""
    return day - timedelta(days=day.weekday())
