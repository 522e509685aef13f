"""Plain counting of days: 「60天从9月20数是几号」."""

from __future__ import annotations

import re

from actions.clock import today
from actions.limits import Limit
from actions.wording import grouped, say
from eligibility.numerals import NUMERAL, read_numeral
from eligibility.radar import written
from eligibility.when import mentions
from eligibility.when.reading import normal

GOAL = "deadlines"
DAYS_OF_A_WEEK = 7
NO_STRETCH = "(?<!最后)(?<!最末)(?<![第头哪])"  # 「最后一天」 names a day and no length


def sum_of_days(text: str) -> str | None:
    """Return the day that so many days after one day is, in a sentence; None where none is asked.

    The day that is counted from is not counted itself (《民法典》第二百零一条).
    """
    said, span = mentions(text, today()), span_of(text)
    if span is None or said[0].day is None:
        return None
    last = span.ends(said[0].day)
    days = (last - today()).days
    key = "sum_over" if days < 0 else "sum_left"
    words = {"day": written(said[0].day), "words": span.words, "last": written(last)}
    return say(GOAL, key, **words, days=abs(days))


def span_of(text: str) -> Limit | None:
    """Return how long the stretch is that a text asks to be counted from its one day."""
    plain, said = normal(text), mentions(text, today())
    if len(said) != 1 or said[0].day is None or not re.search(say(GOAL, "asks_a_sum"), plain):
        return None
    return _span(plain, said[0].start, said[0].end)


def _span(plain: str, start: int, end: int) -> Limit | None:
    units = grouped(GOAL, "sum_units")
    listed = "|".join(sign for signs in units.values() for sign in signs)
    rest = plain[:start] + " " + plain[end:]
    found = re.search(f"{NO_STRETCH}({NUMERAL})个?({listed})", rest)
    number = read_numeral(found[1]) if found else None
    if found is None or not number or number != int(number):
        return None
    unit = next(key for key, signs in units.items() if found[2] in signs)
    if unit == "week":
        return Limit(found[0], int(number) * DAYS_OF_A_WEEK, "day")
    return Limit(found[0], int(number), unit)
