"""Readings of days in the lunar calendar and of festivals."""

from __future__ import annotations

from datetime import date, timedelta

from eligibility.when import lunar
from eligibility.when.solar import Found, part, recent_year, whole, year_of
from eligibility.when.stretches import Reading, choice, exactly, months_before, stretch, valid
from eligibility.when.words import words

LOOK_BACK = 60  # a leap month of the same number comes back within decades
TWENTY = 20


def lunar_day(found: Found, today: date) -> Reading | None:
    """Read a lunar month and day, with or without a year."""
    month, day = _month(found), _day(found)
    if month is None or day is None:
        return None
    leap = bool(part(found, "leap"))
    return choice(_lunar_days(found, today, month, day, leap), today) or Reading((), "no_such_day")


def either(found: Found, today: date) -> Reading | None:
    """Read 八月十五, said without 日 or 号: lunar or solar."""
    month, day = whole(found["month"]), whole(found["day"])
    if month is None or day is None or not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    lunar_days = _lunar_days(found, today, month, day, False) if day <= 30 else []
    year = year_of(found, today)
    exact = recent_year(today, month, day) if year is None else valid(year, month, day)
    solar_days = [(exact, "solar")] if exact else []
    festive = [month, day] in words()["lunar_festivals"].values()
    days = [*lunar_days, *solar_days] if festive else [*solar_days, *lunar_days]
    return choice(days, today) or Reading((), "no_such_day")


def lunar_month(found: Found, today: date) -> Reading | None:
    """Read 上个月初八 or 初八: the day of a lunar month near today."""
    day = whole(found["day"])
    if day is None:
        return None
    word = part(found, "month_word")
    start = lunar.month_start(today)
    if not word:
        if start + timedelta(days=day - 1) > today:
            start = lunar.month_start(start - timedelta(days=1))
        return exactly(start + timedelta(days=day - 1), today, "lunar")
    offset = int(words()["months"][word])
    for _ in range(-offset):
        start = lunar.month_start(start - timedelta(days=1))
    days = [(start + timedelta(days=day - 1), "lunar")]
    plain = valid(*months_before(today, offset), day)
    return choice([*days, *([(plain, "solar")] if plain else [])], today)


def lunar_stretch(found: Found, today: date) -> Reading | None:
    """Read 腊月 as a stretch."""
    month = _month(found)
    if month is None:
        return None
    days = _lunar_days(found, today, month, 1, False)
    begun = [day for day, _ in days if day <= today] or [day for day, _ in days]
    if not begun:
        return None
    length = lunar.month_days(lunar.year_of(begun[0]), month)
    return stretch(begun[0], begun[0] + timedelta(days=length - 1), today)


def festival(found: Found, today: date) -> Reading | None:
    """Read a festival, or the day before or after it."""
    shift = part(found, "shift")
    days = _festival_days(found, today, int(words()["shifts"][shift]) if shift else 0)
    return choice(days, today)


def festival_around(found: Found, today: date) -> Reading | None:
    """Read 国庆期间 as a stretch."""
    before, after = words()["arounds"][found["around"]]
    days = _festival_days(found, today, before)
    if not days:
        return None
    return stretch(days[0][0], days[0][0] + timedelta(days=after - before), today)


def _month(found: Found) -> int | None:
    named = words()["lunar_months"].get(found["month"])
    return int(named) if named is not None else whole(found["month"])


def _day(found: Found) -> int | None:
    said = found["day"].removeprefix("初")
    if not said.startswith("廿"):
        return whole(said)
    return TWENTY + (whole(said[1:]) or 0)


def _lunar_days(
    found: Found, today: date, month: int, day: int, leap: bool
) -> list[tuple[date, str]]:
    """Return the days that a lunar date may mean, the likeliest first."""
    year = year_of(found, today)
    if year is None:
        return _recent(today, month, day, leap)
    ahead = lunar.year_of(today) - today.year if _named_by_word(found) else 0
    days = _of_year(year + ahead, month, day, leap, "lunar_year")
    for one in (year - 1, year):
        days += [
            (solar, "solar_year")
            for solar, _ in _of_year(one, month, day, leap, "solar_year")
            if solar.year == year
        ]
    return days


def _named_by_word(found: Found) -> bool:
    return bool(part(found, "year_word") or part(found, "year_word2"))


def _of_year(year: int, month: int, day: int, leap: bool, key: str) -> list[tuple[date, str]]:
    """Return the day in a lunar year, and the same day of a leap month where there is one."""
    plain = None if leap else lunar.to_solar(year, month, day)
    doubled = lunar.to_solar(year, month, day, leap=True)
    return [(one, key) for one in (plain, doubled) if one is not None]


def _recent(today: date, month: int, day: int, leap: bool) -> list[tuple[date, str]]:
    """Return the last such days up to today."""
    this_year = lunar.year_of(today)
    for year in range(this_year, this_year - LOOK_BACK, -1):
        days = [one for one in _of_year(year, month, day, leap, "lunar") if one[0] <= today]
        if days:
            return days
    return []


def _festival_days(found: Found, today: date, shift: int) -> list[tuple[date, str]]:
    """Return the days that a festival's name may mean, moved by some days."""
    name = found["festival"]
    move = timedelta(days=shift)
    year = year_of(found, today)
    if year is not None:
        return [(day + move, key) for day, key in _festival_in(name, year)]
    past = (
        (day + move, "recent")
        for back in range(3)
        for day, key in _festival_in(name, today.year - back)
        if key != "solar_year"
    )
    before = [one for one in past if one[0] <= today]
    return [max(before)] if before else []


def _festival_in(name: str, year: int) -> list[tuple[date, str]]:
    """Return a festival's day in a year; near the turn of the year, by either calendar."""
    listed = words()
    if name in listed["solar_festivals"]:
        month, day = listed["solar_festivals"][name]
        return [(date(year, month, day), "solar")]
    if name in listed["term_festivals"]:
        return [(lunar.term(listed["term_festivals"][name], year), "solar")]
    if name in listed["eve_festivals"]:
        eves = [lunar.in_year(one, 1, 1) - timedelta(days=1) for one in (year + 1, year)]
        return [(eves[0], "lunar_year"), (eves[1], "solar_year")]
    month, day = listed["lunar_festivals"][name]
    days = [(lunar.in_year(year, month, day), "lunar_year")]
    if month == 12:
        days.append((lunar.in_year(year - 1, month, day), "solar_year"))
    return days
