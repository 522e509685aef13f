"""Ages as people tell them: 「4岁」, 「七十多了」, 「才十六」, 「我儿25」."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from eligibility.numerals import read_numeral
from eligibility.vocabulary import either

_YEARS = r"(?:\d{1,3}|[一二两三四五六七八九]?十[一二三四五六七八九]?|[一二两三四五六七八九])"
_GROWN = r"(?:\d{2}|[一二三四五六七八九]?十[一二三四五六七八九]?)"


@dataclass(frozen=True)
class Age:
    """An age in whole years, and where its words stand."""

    years: int
    start: int
    end: int


def ages_in(said: str) -> list[Age]:
    """Return the ages that a text tells; `|` stands where it pauses."""
    found = []
    for match in _shape().finditer(said):
        number = next(filter(None, match.groups()))
        years = read_numeral(number)
        if years is not None:
            found.append(Age(int(years), match.start(), match.end()))
    return found


@lru_cache(maxsize=1)
def _shape() -> re.Pattern[str]:
    """Match a number of years of age, or one that the words around it make an age.

    「七十多了」 and 「我儿16」 end what is said; 「十六个月」 and 「3号」 are no ages.
    """
    before = either("before_an_age")
    return re.compile(
        rf"(?<![\d第])({_YEARS})[多来几]?(?:周岁|虚岁|岁)"
        rf"|(?:{before})({_GROWN})(?:[多来]?了?)(?=\||$|{either('after_an_age')})"
        rf"|(?<![\d一二三四五六七八九十第])({_GROWN})[多来]?(?:岁)?了(?=\||$|{either('after_an_age')})"
    )
