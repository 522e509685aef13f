"""Working days: the State Council's yearly arrangement where it is known, else the law's own list.

The arrangement (with the weekends that become working days) comes from `chinese_calendar`. For a
year it does not hold yet, weekends and the holidays of the holiday regulation are rest days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path

import chinese_calendar

from eligibility import strict_yaml
from eligibility.when.lunar import in_year, term

PATH = Path(__file__).parent / "holidays.yml"
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Regulation:
    """The holidays that the regulation gives everybody, and where it says so."""

    reference: str
    proof: str
    solar: tuple[tuple[int, int], ...]
    lunar: tuple[tuple[int, int], ...]
    eve_of: tuple[tuple[int, int], ...]
    terms: tuple[str, ...]


@lru_cache(maxsize=1)
def regulation() -> Regulation:
    """Return the holiday regulation's list."""
    fields = strict_yaml.mapping(
        PATH,
        strict_yaml.load(PATH),
        required={"reference", "proof", "solar", "lunar", "eve_of", "terms"},
    )
    pairs = {
        key: tuple((month, day) for month, day in fields[key])
        for key in ("solar", "lunar", "eve_of")
    }
    return Regulation(fields["reference"], fields["proof"], terms=tuple(fields["terms"]), **pairs)


def arranged(day: date) -> bool:
    """Return whether the arrangement for the day's year is known."""
    try:
        chinese_calendar.is_workday(day)
    except NotImplementedError:
        return False
    return True


def working(day: date) -> bool:
    """Return whether offices work on a day."""
    if arranged(day):
        return bool(chinese_calendar.is_workday(day))
    return day.weekday() < 5 and day not in holidays(day.year)


def next_working(day: date) -> date:
    """Return the day itself or the first working day after it."""
    while not working(day):
        day += ONE_DAY
    return day


def previous_working(day: date) -> date:
    """Return the day itself or the last working day before it."""
    while not working(day):
        day -= ONE_DAY
    return day


def add_working(day: date, count: int) -> date:
    """Return the count-th working day after a day."""
    for _ in range(count):
        day = next_working(day + ONE_DAY)
    return day


@lru_cache(maxsize=64)
def holidays(year: int) -> frozenset[date]:
    """Return the regulation's holidays that fall in a year, without any day moved for them."""
    listed = regulation()
    found = {date(year, month, day) for month, day in listed.solar}
    found |= {in_year(year, month, day) for month, day in listed.lunar}
    found |= {in_year(year, month, day) - ONE_DAY for month, day in listed.eve_of}
    return frozenset(found | {term(name, year) for name in listed.terms})
