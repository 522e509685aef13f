"""Readings of days in the solar calendar, of weeks, and of time gone by."""

from __future__ import annotations

import re
from datetime import date, timedelta

from eligibility.errors import FactError
from eligibility.numerals import read_numeral
from eligibility.when.said import Candidate
from eligibility.when.stretches import (
    Reading,
    days_of_month,
    exactly,
    monday,
    months_before,
    stretch,
    valid,
)
from eligibility.when.words import note, words

YEARS = range(1901, 2100)  # what the lunar library knows, with a year to spare on either side
TEN = 10
MONTHS = 12
SLACK_PART = 5  # 三个月前 may be off by a fifth, up to what words.yml allows
A_MONTH = 31
LEAP_CYCLE = 9  # 29 February comes back within eight years
Found = re.Match[str]


def part(found: Found, name: str) -> str | None:
    """Return a named part of what was found; None where the shape has no such part."""
    return found.groupdict().get(name)


def whole(text: str | None) -> int | None:
    """Return a numeral as a whole number, None where it is none."""
    number = read_numeral(text) if text else None
    return int(number) if number is not None and number == int(number) else None


def year_of(found: Found, today: date) -> int | None:
    """Return the year that was said, None where none was.

    Raises:
        FactError: the year is out of reach.
    """
    word = part(found, "year_word") or part(found, "year_word2")
    if word:
        return today.year + int(words()["years"][word])
    said = part(found, "year") or part(found, "year2")
    year = whole(said)
    if said is None or year is None:
        return None
    if len(said) <= 2:
        year += 2000 if year <= today.year % 100 + 1 else 1900
    return _reachable(year)


def _reachable(year: int) -> int:
    if year not in YEARS:
        raise FactError("year", f"{year} is out of reach")
    return year


def solar(found: Found, today: date) -> Reading | None:
    """Read month and day, with or without a year."""
    month, day = whole(found["month"]), whole(found["day"])
    year = year_of(found, today)
    if month is None or day is None:
        return None
    if year is not None:
        exact = valid(year, month, day)
        return exactly(exact, today) if exact else Reading((), "no_such_day")
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    recent = recent_year(today, month, day)
    return exactly(recent, today, "recent") if recent else Reading((), "no_such_day")


def recent_year(today: date, month: int, day: int) -> date | None:
    """Return the last such day up to today, None where no year has it."""
    years = (valid(today.year - back, month, day) for back in range(LEAP_CYCLE))
    return next((one for one in years if one is not None and one <= today), None)


def month_day(found: Found, today: date) -> Reading | None:
    """Read a day of a month that is named by its distance, or of the last month that has it."""
    day = whole(found["day"])
    if day is None or not 1 <= day <= 31:
        return None
    word = part(found, "month_word")
    if word:
        exact = valid(*months_before(today, int(words()["months"][word])), day)
        return exactly(exact, today) if exact else Reading((), "no_such_day")
    months = (valid(*months_before(today, -back), day) for back in range(3))
    recent = next((one for one in months if one is not None and one <= today), None)
    return exactly(recent, today, "recent") if recent else None


def offset(found: Found, today: date) -> Reading | None:
    """Read 昨天 and its like."""
    return exactly(today + timedelta(days=int(words()["days"][found["word"]])), today)


def just(found: Found, today: date) -> Reading | None:
    """Read 刚刚 and its like."""
    return exactly(today, today)


def ago(found: Found, today: date) -> Reading | None:
    """Read 三个月前: to the day for days, about for longer units."""
    count = read_numeral(found["count"])
    if count is None:
        return None
    unit = words()["units"][found["unit"]]
    half = 0.5 if part(found, "half") or part(found, "half2") else 0
    if re.fullmatch(words()["two_digits"], found["count"]):  # 八九天 is no number
        return None
    day = back(today, count + half, unit)
    if unit == "day" and count == int(count):
        return exactly(day, today)
    slack = min((today - day).days // SLACK_PART, int(words()["slack"][unit]))
    return Reading((Candidate(day, day, note("about", day=day), slack),), "which_day")


def back(today: date, count: float, unit: str) -> date:
    """Return the day so many units before today; half a month is 15 days.

    Raises:
        FactError: the day is out of reach.
    """
    if unit in ("day", "week"):
        return today - timedelta(days=int(count * (7 if unit == "week" else 1)))
    months = count * (12 if unit == "year" else 1)
    year, month = months_before(today, -int(months))
    _reachable(year)
    day = min(today.day, days_of_month(year, month)[1].day)
    return date(year, month, day) - timedelta(days=15 if months != int(months) else 0)


def few_ago(found: Found, today: date) -> Reading | None:
    """Read 两三天前 as a stretch."""
    unit = words()["units"][found["unit"]]
    tens = 10 if part(found, "tens") else 1
    low, high = (read_numeral(found[name]) for name in ("low", "high"))
    if low is None or high is None or low == high:
        return None
    few, many = sorted((low * tens, high * tens))
    return stretch(back(today, many, unit), back(today, few, unit), today)


def some_ago(found: Found, today: date) -> Reading | None:
    """Read 十来天前, 二十多天了 and 一个多月前 as stretches."""
    count, unit = read_numeral(found["count"]), words()["units"][found["unit"]]
    if count is None:
        return None
    if found["more"] in words()["nearly"]:
        days = (today - back(today, count, unit)).days
        off = min(days // SLACK_PART, A_MONTH) if unit == "month" else days // SLACK_PART
        early, late = days + max(3, off), days - max(2, off)
        return stretch(today - timedelta(days=early), today - timedelta(days=late), today)
    tens = count % TEN == 0
    most = count + (TEN - 1 if tens else 0.5 if count < 1 else 1)
    return stretch(back(today, most, unit), back(today, count, unit), today)


def loosely_ago(found: Found, today: date) -> Reading | None:
    """Read 大半年了 and 个把月前, words of their own, as stretches."""
    most, least, unit = words()["loose"][found["span"]]
    return stretch(back(today, most, unit), back(today, least, unit), today)


def weekday(found: Found, today: date) -> Reading | None:
    """Read 上周三; on a Sunday people differ about which week it is."""
    day = int(words()["weekdays"][found["weekday"]])
    word = part(found, "week")
    if not word:
        return exactly(today - timedelta(days=(today.weekday() - day) % 7), today, "recent")
    weeks = int(words()["weeks"][word])
    exact = monday(today) + timedelta(days=7 * weeks + day)
    if weeks >= 0 or today.weekday() != 6 or day == 6:
        return exactly(exact, today)
    other = exact + timedelta(days=7)
    found_days = (
        Candidate(exact, exact, note("week", day=exact)),
        Candidate(other, other, note("sunday", day=other)),
    )
    return Reading(found_days, "which_one")


def week(found: Found, today: date) -> Reading | None:
    """Read 上周 and 上周末 as stretches."""
    first = monday(today) + timedelta(days=7 * int(words()["weeks"][found["week"]]))
    begin = 5 if part(found, "weekend") else 0
    return stretch(first + timedelta(days=begin), first + timedelta(days=6), today)


def month(found: Found, today: date) -> Reading | None:
    """Read a named month, or a part of it, as a stretch."""
    number = whole(found["month"])
    if number is None or not 1 <= number <= 12:
        return None
    days = _part_days(found)
    year = year_of(found, today)
    if year is None:
        this_year = days_of_month(today.year, number, days)[0] <= today
        year = today.year - (0 if this_year else 1)
    return stretch(*days_of_month(year, number, days), today)


def month_stretch(found: Found, today: date) -> Reading | None:
    """Read 上个月 or 上个月底 as a stretch."""
    year, number = months_before(today, int(words()["months"][found["month_word"]]))
    return stretch(*days_of_month(year, number, _part_days(found)), today)


def month_part(found: Found, today: date) -> Reading | None:
    """Read 月底: this month's if it has begun, else last month's."""
    days = _part_days(found)
    year, number = today.year, today.month
    if days_of_month(year, number, days)[0] > today:
        year, number = months_before(today, -1)
    return stretch(*days_of_month(year, number, days), today)


def year_stretch(found: Found, today: date) -> Reading | None:
    """Read 去年, 去年年底 or 年初 as a stretch; a winter has parts in two years."""
    name = part(found, "part")
    first, last = words()["year_parts"][name] if name else (1, 12)
    year = year_of(found, today)
    if year is None:
        year = today.year - (0 if date(today.year, first, 1) <= today else 1)
    if last <= MONTHS:
        return stretch(date(year, first, 1), days_of_month(year, last)[1], today)
    spring = days_of_month(year, last - MONTHS)[1]
    parts = (
        stretch(date(year, first, 1), days_of_month(year + 1, last - MONTHS)[1], today),
        stretch(date(year, 1, 1), spring, today),
    )
    begun = [one.candidates[0] for one in parts if one.question != "future"]
    return Reading(tuple(begun), "which_day" if len(begun) == 1 else "which_one")


def vague(found: Found, today: date) -> Reading | None:
    """Read 前几天 and its like, which name no day."""
    return Reading((), "which_day")


def _part_days(found: Found) -> tuple[int, int]:
    name = part(found, "part")
    first, last = words()["parts"][name] if name else (1, 31)
    return first, last
