"""Reading a day by how long it still is to a mark: 「再有十来天就过一年了」."""

from __future__ import annotations

import re
from datetime import date, timedelta

from eligibility.numerals import read_numeral
from eligibility.when.said import Candidate
from eligibility.when.solar import SLACK_PART, Found, back, part
from eligibility.when.stretches import Reading, stretch
from eligibility.when.words import note, words


def until(found: Found, today: date) -> Reading | None:
    """Read the day from which the time runs that is full so many days from today: about."""
    span, unit = read_numeral(found["span"]), words()["units"][found["span_unit"]]
    left = _days_left(found, today)
    if span is None or left is None:
        return None
    half = 0.5 if part(found, "half") or part(found, "half2") else 0
    fewest, most = left
    begins = [back(today + timedelta(days=days), span + half, unit) for days in left]
    if any(one > today for one in begins):
        return None
    if fewest != most:
        return stretch(begins[0], begins[1], today)
    day = begins[0]
    slack = int(words()["slack_ahead"][words()["units"][found["unit"]]])
    return Reading((Candidate(day, day, note("about", day=day), slack),), "which_day")


def _days_left(found: Found, today: date) -> tuple[int, int] | None:
    """Return how many days it is at least and at most to the mark."""
    if name := part(found, "loosely"):
        most, least, unit = words()["loose"][name]
        return _days(least, unit, today), _days(most, unit, today)
    if name := part(found, "few_unit"):
        least, most = words()["a_few"]
        unit = words()["units"][name]
        return _days(least, unit, today), _days(most, unit, today)
    count, unit = read_numeral(found["count"]), words()["units"][found["unit"]]
    if count is None:
        return None
    days, more = _days(count, unit, today), part(found, "more")
    if re.fullmatch(words()["two_digits"], found["count"]):  # 七八天 is no number
        low, high = (read_numeral(one) or 0 for one in found["count"])
        return _days(low, unit, today), _days(high, unit, today)
    if more in words()["nearly"]:
        return days - max(2, days // SLACK_PART), days + max(3, days // SLACK_PART)
    if more:
        return days, _days(count + (9 if count % 10 == 0 else 1), unit, today)
    return days, days


def _days(count: float, unit: str, today: date) -> int:
    return (today - back(today, count, unit)).days
