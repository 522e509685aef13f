"""What citizens type to the desk: numbers, marks, ways to be called."""

import re
import unicodedata
from collections.abc import Sequence

_NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五", start=1)} | {"两": 2}
_NUMBER = re.compile(r"(?:选|选择|回复)?第?([1-9]|[一二两三四五])(?:个|项|条)?")
_MARK = re.compile(
    r"(?:我?(?:的|要)?(?:评价|评分|打分|给|打)[是为个]?([1-5]|[一二两三四五])(?:分|星|颗星)?|([1-5]|[一二两三四五])(?:分|星|颗星))"
)
_PHONE = re.compile(r"(?<!\d)(?:1\d{10}|0\d{9,11}|\d{7,8})(?!\d)")
SHOWN = 4  # digits of a number that are read back
_EDGE = " \t\r\n。.!！~,，、;；"


def plain(text: str) -> str:
    """Returns the text in half width, without blanks or marks at its ends."""
    return unicodedata.normalize("NFKC", text).strip(_EDGE)


def option_in(text: str, options: Sequence[str], *, numbers: bool) -> int | None:
    """Returns which option is meant, counted from 1, by its words or by a bare number."""
    said = plain(text)
    for number, option in enumerate(options, start=1):
        if said == plain(option):
            return number
    found = _NUMBER.fullmatch(said) if numbers else None
    number = _value(found[1]) if found else 0
    return number if 1 <= number <= len(options) else None


def mark_in(text: str, words: Sequence[str], *, numbers: bool) -> int | None:
    """Returns a mark from 1 to 5: "5分", "评价 3", one of the words, or a bare number."""
    if (number := option_in(text, words, numbers=numbers)) is not None:
        return number
    found = _MARK.fullmatch(plain(text).replace(" ", ""))
    return _value(found[1] or found[2]) if found else None


def has_phone(text: str) -> bool:
    """Returns whether a text holds something like a telephone number."""
    return _PHONE.search(re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text))) is not None


def phone_end(text: str) -> str:
    """Returns the last digits of the telephone number in a text, "" where it holds none."""
    found = _PHONE.search(re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text)))
    return found[0][-SHOWN:] if found else ""


def without_phone(text: str) -> str:
    """Returns what is written beside the telephone numbers of a text."""
    said = re.sub(r"(?<=\d)[\s-]+(?=\d)", "", text)
    return _PHONE.sub("", said).strip(_EDGE)


def _value(numeral: str) -> int:
    return int(numeral) if numeral.isdecimal() else _NUMERALS[numeral]
