"""Figures with a unit in legal text: time limits, ages, sums, shares."""

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from knowledge import numerals

_UNITS = {
    "日": "day",
    "天": "day",
    "个工作日": "workday",
    "工作日": "workday",
    "年": "year",
    "周年": "year",
    "个月": "month",
    "月": "month of the year",
    "小时": "hour",
    "个小时": "hour",
    "分钟": "minute",
    "周": "week",
    "个星期": "week",
    "星期": "week",
    "周岁": "year of age",
    "岁": "year of age",
    "元": "yuan",
    "块钱": "yuan",
    "%": "percent",
    "倍": "times",
    "成": "tenth",
    "公里": "kilometre",
    "亩": "mu",
}
_UNIT = "|".join(sorted(_UNITS, key=len, reverse=True))
_N = numerals.NUMERAL
_DATE = re.compile(rf"({_N})年({_N})月({_N})[日号]")
_PERCENT = re.compile(rf"百分之({_N}(?:点{_N})?)")
_FRACTION = re.compile(rf"({_N})分之({_N})")
_HALF = re.compile(r"半(个?年|个?月|个?小时|天|日)")
_RANGE = re.compile(rf"({_N})\s*(?:至|到|-|~|—|、)\s*(?={_N}\s*(?:{_UNIT}))")
_PLAIN = re.compile(rf"(?<![第\d.{numerals.CHINESE}])({_N})\s*({_UNIT})")
_HALVES = {
    "年": (6, "month"),
    "月": (15, "day"),
    "时": (30, "minute"),
    "天": (12, "hour"),
    "日": (12, "hour"),
}
_NO_NUMBER = re.compile(rf"(?<![{numerals.CHINESE}\d])(?:[统唯万任单哪有这每那]一|一起|一旦)")


@dataclass(frozen=True)
class Figure:
    """A number and what it counts; 一年, 1年 and １ 年 are equal."""

    number: Fraction
    unit: str


def canonical(text: str) -> str:
    """Full width to half width, and no blanks."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def figures_in(text: str) -> dict[Figure, str]:
    """Every figure in a text, with the words that state it.

    Article numbers (第三十八条), bare ordinals and list numbers are not figures.
    """
    text = numerals.ARTICLE.sub("§", unicodedata.normalize("NFKC", text))
    text = _NO_NUMBER.sub("§", text)
    found: dict[Figure, str] = {}

    def note(match: re.Match[str], number: Fraction, unit: str) -> str:
        found[Figure(number, unit)] = match[0]
        return "§"

    def date(match: re.Match[str]) -> str:
        year, month, day = (numerals.value(match[i]) for i in (1, 2, 3))
        return note(match, year * 10_000 + month * 100 + day, "date")

    text = _DATE.sub(date, text)
    text = _PERCENT.sub(lambda m: note(m, _decimal(m[1]), "percent"), text)
    text = _FRACTION.sub(
        lambda m: note(m, numerals.value(m[2]) / (numerals.value(m[1]) or 1), "share"), text
    )
    text = _HALF.sub(lambda m: note(m, *_half(m[1])), text)
    for match in _RANGE.finditer(text):
        following = _PLAIN.match(text, match.end())
        if following:
            found[Figure(numerals.value(match[1]), _UNITS[following[2]])] = match[0] + following[0]
    for match in _PLAIN.finditer(text):
        found[Figure(numerals.value(match[1]), _UNITS[match[2]])] = match[0]
    return found


def _decimal(words: str) -> Fraction:
    whole, _, part = words.partition("点")
    if not part:
        return numerals.value(whole)
    digits = "".join(str(numerals.DIGITS.get(c, c)) for c in part)
    return numerals.value(whole) + Fraction(int(digits), 10 ** len(digits))


def _half(unit: str) -> tuple[Fraction, str]:
    number, name = _HALVES[unit[-1]]
    return Fraction(number), name


def occurs(phrase: str, text: str) -> bool:
    """Whether a phrase occurs in a text, blanks aside, without cutting a numeral in two.

    五日 does not occur in 十五日.
    """
    phrase, text = canonical(phrase), canonical(text)
    start = text.find(phrase)
    while phrase and start >= 0:
        end = start + len(phrase)
        if not (_cuts(text, start) or _cuts(text, end)):
            return True
        start = text.find(phrase, start + 1)
    return False


def _cuts(text: str, place: int) -> bool:
    """Whether a place in a text lies inside a numeral."""
    digits = numerals.CHINESE + "0123456789."
    return 0 < place < len(text) and text[place - 1] in digits and text[place] in digits
