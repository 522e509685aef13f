"""Numbers as people write them: digits, Chinese numerals, and the two mixed."""

from __future__ import annotations

import re

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "俩": 2,
    "仨": 3,
}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000}
NUMERAL = r"(?:\d+(?:\.\d+)?[百千万]?\d*|半|[零〇一二两三四五六七八九十百千万]+)"

_SIGN = r"[\d零〇一二两三四五六七八九十百千万]"


def apart(text: str) -> str:
    """Return a text with a comma where a mere space keeps two numbers apart: 「五千 三年」."""
    return re.sub(rf"(?<={_SIGN})\s+(?={_SIGN})", ",", text)


def read_numeral(text: str) -> float | None:
    """Return the number a numeral stands for, or None if it is none.

    A last digit after a unit counts in tenths of that unit, as in speech: 一千二 is 1200.
    """
    if text == "半":
        return 0.5
    if mixed := re.fullmatch(r"(\d+(?:\.\d+)?)([百千万])?(\d)?", text):
        unit = _UNITS[mixed[2]] if mixed[2] else 1
        return float(mixed[1]) * unit + float(mixed[3] or 0) * unit / 10
    if not text or any(sign not in _DIGITS and sign not in _UNITS for sign in text):
        return None
    return float(_chinese(text))


def first_number(text: str) -> int | float | None:
    """Return the first number in a text, whole where it is whole, or None."""
    match = re.search(NUMERAL, text.replace(",", ""))
    number = read_numeral(match[0]) if match else None
    return int(number) if number is not None and number == int(number) else number


def _chinese(text: str) -> int:
    total = section = 0
    digit: int | None = None
    last_unit = 1
    for sign in text:
        if sign in _DIGITS:
            if _DIGITS[sign] == 0:
                last_unit = 1
            digit = digit * 10 + _DIGITS[sign] if digit else _DIGITS[sign]
            continue
        unit = _UNITS[sign]
        if unit == _UNITS["万"]:
            total = (total + section + (digit or 0)) * unit
            section = 0
        else:
            section += (1 if digit is None else digit) * unit
        digit, last_unit = None, unit
    trailing = (digit or 0) * (last_unit // 10 if last_unit > 10 else 1)
    return total + section + trailing
