"""Chinese and Arabic numerals, and the article numbers of statutes."""

import re
import unicodedata
from fractions import Fraction

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_SMALL = {"十": 10, "百": 100, "千": 1000}
_LARGE = {"万": 10_000, "亿": 100_000_000}
CHINESE = "零〇一二两三四五六七八九十百千万亿"
NUMERAL = rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?[百千万亿]*|[{CHINESE}]+)"
ARTICLE = re.compile(rf"第\s*({NUMERAL})\s*条(?:之\s*({NUMERAL}))?")


def value(numeral: str) -> Fraction:
    """The number a numeral stands for; `1,000`, `3.5万`, `两百三十` and `二〇二二` all work.

    Raises:
        ValueError: it is not a numeral.
    """
    numeral = unicodedata.normalize("NFKC", numeral).replace(",", "").strip()
    if match := re.fullmatch(r"(\d+(?:\.\d+)?)([百千万亿]*)", numeral):
        number = Fraction(match[1])
        for unit in match[2]:
            number *= (_SMALL | _LARGE)[unit]
        return number
    if not numeral or any(c not in CHINESE for c in numeral):
        raise ValueError(f"not a numeral: {numeral!r}")
    if all(c in DIGITS for c in numeral):
        return Fraction("".join(str(DIGITS[c]) for c in numeral))
    total = section = digit = 0
    for c in numeral:
        if c in DIGITS:
            digit = DIGITS[c]
        elif c in _SMALL:
            section += (digit or 1) * _SMALL[c]
            digit = 0
        else:
            total = (
                (total + section + digit) * _LARGE[c]
                if c == "亿"
                else total + ((section + digit) or 1) * _LARGE[c]
            )
            section = digit = 0
    return Fraction(total + section + digit)


def chinese(number: int) -> str:
    """A whole number from 1 to 9999 as statutes write it: 10 is 十, 1005 is 一千零五."""
    names = "零一二三四五六七八九"
    parts: list[str] = []
    pending_zero = False
    for unit, size in (("千", 1000), ("百", 100), ("十", 10), ("", 1)):
        digit, number = divmod(number, size)
        if digit == 0:
            pending_zero = bool(parts)
            continue
        if pending_zero:
            parts.append("零")
            pending_zero = False
        parts.append(names[digit] + unit)
    text = "".join(parts)
    return text.removeprefix("一") if text.startswith("一十") else text


def article_name(number: str, sub_number: str | None = None) -> str:
    """The article as statutes name it: "1079" is 第一千零七十九条; a sub-number "1" adds 之一."""
    name = f"第{chinese(int(value(number)))}条"
    return f"{name}之{chinese(int(value(sub_number)))}" if sub_number else name


def articles_in(text: str) -> list[str]:
    """The articles named in a text, in order, each in the statutes' own form."""
    return [article_name(m[1], m[2]) for m in ARTICLE.finditer(text)]
