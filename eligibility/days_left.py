"""How many days an answer leaves: 「还有五天」, 「12月1号到期」, 「腊月初八开庭」."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from functools import lru_cache

from eligibility.numerals import NUMERAL, read_numeral
from eligibility.vocabulary import either, vocabulary, words
from eligibility.when import coming, understand
from eligibility.when.reading import normal
from eligibility.when.words import words as day_words


def days_said(text: str, on: date) -> int | None:
    """Return how many days a text says are left; None where it tells none.

    A day without a year may also be the one gone by (「8月3号被辞退」): unless it is said to end
    something, the nearer of the two counts.
    """
    said = coming(text, on)
    days = {one.first for one in said.candidates}
    if not days:
        return _span_said(text)
    day = min(days)
    sure = _ends(text) or said.words == normal(text)
    if len(days) > 1 or not (sure or (day > on and _is_nearer(said.words, day, on))):
        return None
    return (day - on).days


def _ends(text: str) -> bool:
    said = normal(text)
    return any(word in said for word in day_words()["ends"])


def _is_nearer(said: str, day: date, on: date) -> bool:
    gone = understand(said, on).candidates
    return not gone or gone[0].first >= on or day - on <= on - gone[0].first


def _span_said(text: str) -> int | None:
    """Return a number of days that is said; "less than seven" counts as fewer."""
    match = _span_left(unicodedata.normalize("NFKC", text).strip().lower())
    number = read_numeral(match["number"]) if match else None
    if match is None or number is None:
        return None
    days = int(number * vocabulary()["day_units"][match["unit"]])
    return days - 1 if match["fewer"] else days


def _span_left(said: str) -> re.Match[str] | None:
    """Return the span of days ahead: one said to be left, else the first.

    Days gone since something ("it came ten days ago") say nothing about those left.
    """
    spans = list(_days_pattern().finditer(said))
    before = [
        said[start : span.start()]
        for start, span in zip((0, *(span.end() for span in spans)), spans, strict=False)
    ]
    for span, words_before in zip(spans, before, strict=True):
        if any(word in words_before for word in words("remaining")):
            return span
    gone = any(word in words_before for words_before in before for word in words("elapsed"))
    return None if gone or not spans else spans[0]


@lru_cache(maxsize=1)
def _days_pattern() -> re.Pattern[str]:
    """Match a span of days ahead; one followed by "ago" is none, nor is a day of a month."""
    return re.compile(
        f"(?<![月\\d一二三四五六七八九十])(?P<fewer>{either('fewer_than')})?(?P<number>{NUMERAL})"
        f"(?:{either('measure')})*(?P<unit>{either('day_units')})(?<!\\d月)(?<![一二三四五六七八九十]月)"
        f"(?!{either('ago')})"
    )
