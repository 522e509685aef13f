"""The lunar calendar, by `borax` (1900 to 2100)."""

from __future__ import annotations

from datetime import date, timedelta

from borax.calendars.festivals2 import TermFestival
from borax.calendars.lunardate import LCalendars, LunarDate

from eligibility.errors import FactError


def to_solar(year: int, month: int, day: int, leap: bool = False) -> date | None:
    """Return the solar day of a lunar date, or None where that year has no such day."""
    try:
        solar: date = LunarDate(year, month, day, int(leap)).to_solar_date()
    except ValueError:
        return None
    return solar


def in_year(year: int, month: int, day: int) -> date:
    """Return the solar day of a lunar date that every year has.

    Raises:
        FactError: the year is outside what the library knows.
    """
    solar = to_solar(year, month, day)
    if solar is None:
        raise FactError("year", f"no lunar {month}-{day} in {year}")
    return solar


def year_of(day: date) -> int:
    """Return the lunar year of a solar day."""
    return int(LunarDate.from_solar_date(day.year, day.month, day.day).year)


def month_start(day: date) -> date:
    """Return the first day of the lunar month that holds a solar day."""
    lunar = LunarDate.from_solar_date(day.year, day.month, day.day)
    return day - timedelta(days=int(lunar.day) - 1)


def month_days(year: int, month: int) -> int:
    """Return how many days a lunar month has."""
    return int(LCalendars.ndays(year, month))


def term(name: str, year: int) -> date:
    """Return the solar day of a solar term (清明, 冬至) in a year."""
    day = TermFestival(name=name).at(year)
    return date(day.year, day.month, day.day)
