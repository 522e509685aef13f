"""What citizens type, made safe and clear before the bot reads it."""

import re
import unicodedata
from collections.abc import Sequence

# Longer texts cost Rasa seconds and gigabytes (docs/adr/0004-gateway.md).
BOT_TEXT_LIMIT = 1_000

_SLASHES = "/／⁄∕⧸╱⟋"
_PREFIX = re.compile(r"external\s*[:：]", re.IGNORECASE)  # Rasa reads it as an injected intent
_UNSEEN = {"Cc", "Cf", "Zs", "Zl", "Zp"}  # control, zero-width, every kind of space

_NUMBER = re.compile(
    r"(?:我?选择?|回复|按)?\s*第?\s*\(?(?P<digits>\d{1,2}|[一二两三四五六七八九十]{1,3})\)?"
    r"\s*(?:个|项|条|号)?(?:吧)?[.。、,!]*"
)
# With 「第」 it is a place whatever stands around it; without, it may be a quantity (要两个).
_PLACE = re.compile(
    r"(?:我|那|就|要|想|先|选择?|看|问|点|说|讲|听|是|回复|按|来|\s)*第\s*(?P<digits>\d{1,2}|[一二三四五六七八九十]{1,3})"
    r"\s*(?:那)?(?:个|项|条|号)?(?:吧|的|啊|呀|嘛|这个|那个)*[.。、,，!！]*"
)
_NUMERALS = {numeral: value for value, numeral in enumerate("一二三四五六七八九", start=1)} | {
    "两": 2
}


def storable(text: str) -> str:
    """Returns the text without what no database keeps: NUL and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def plain_words(text: str) -> str:
    """Returns the text without surrounding blanks and without anything Rasa takes for a command.

    A leading "/" (also full-width, also behind invisible characters or "EXTERNAL:") would be read
    as an intent with full confidence.
    """
    while True:
        shorter = _without_leading(text)
        shorter = _PREFIX.sub("", shorter, count=1) if _PREFIX.match(shorter) else shorter
        if shorter == text:
            return text.rstrip()
        text = shorter


def _without_leading(text: str) -> str:
    start = 0
    while start < len(text) and (
        text[start] in _SLASHES or unicodedata.category(text[start]) in _UNSEEN
    ):
        start += 1
    return text[start:]


def is_wordless(text: str) -> bool:
    """Says whether a text holds no letter and no digit: blank, only emoji, only punctuation."""
    return not any(unicodedata.category(character)[0] in "LN" for character in text)


def chosen_option(text: str, options: Sequence[str]) -> str | None:
    """Returns the option that a bare number names (1, １, 一, ①, 选2, 第二个), else None.

    A text that is itself one of the options is no number: "2" among the options 0, 1, 2.
    """
    if text in options:
        return None
    folded = unicodedata.normalize("NFKC", text).replace("\ufe0f", "").replace("\u20e3", "")
    match = _NUMBER.fullmatch(folded.strip()) or _PLACE.fullmatch(folded.strip())
    if match is None:
        return None
    number = _value(match["digits"])
    return options[number - 1] if 1 <= number <= len(options) else None


def _value(digits: str) -> int:
    """Returns the value of 1 to 99 in digits or numerals; 0 for what is no number."""
    if digits.isdecimal():
        return int(digits)
    tens, ten, ones = digits.rpartition("十")
    if not ten:
        return _NUMERALS.get(digits, 0)
    return (_NUMERALS.get(tens, 0) if tens else 1) * 10 + (_NUMERALS.get(ones, 0) if ones else 0)
