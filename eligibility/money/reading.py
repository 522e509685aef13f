"""Finding amounts of money in a text and reading them in yuan."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from eligibility.numerals import apart, read_numeral

WORDS = Path(__file__).parent / "words.yml"
REACH = 6
MANY_PIECES = 20  # nobody counts so many patches or plots
# 三万五千, 3万5, 1.2万, 一万二千三百五十, 35,000; 几 and 多 make it a rough one.
_DIGITS = r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?"
_ARABIC = rf"(?:{_DIGITS})[十百千万]*(?:[多来几])?[百千万]*(?:零?\d+(?:\.\d+)?[百千万]?)*"
_CHINESE = r"[一二两三四五六七八九十百千半][零〇一二两三四五六七八九十百千万多来几半]*"
# 五六千, 三五百: the lower one is surely meant; 一千二三 is left to the numeral.
_LOWER_OF_TWO = re.compile(
    r"(?<![零〇一二两三四五六七八九十百千万])([一二两三四五六七八])[二三四五六七八九](?=[十百千万])"
)
# 一百五一天, 三千二一个月: what it is paid for is no part of the number.
_PAID_FOR = re.compile(
    r"([百千万][二三四五六七八九]?)(?=一(?:个月|月|天|小时|个小时)(?![二三四五六七八九半]))"
)
RATE = "/"
_NUMBER = rf"(?P<number>{_ARABIC}|{_CHINESE})"


@dataclass(frozen=True)
class Amount:
    """An amount of money.

    Attributes:
        yuan: the amount; of a rough one what is surely meant (三万多 is 30000).
        rough: whether it was said to be more or less that.
        words: how it was said, in half width.
    """

    yuan: float
    rough: bool
    words: str


def amounts_in(text: str) -> list[Amount]:
    """Return the amounts of money that a text names, in its order.

    A number without 元 or 块 counts where a word of money stands just before it and no other
    measure follows: 「欠我三万五」, not 「欠了三年」.
    """
    plain = "".join(apart(unicodedata.normalize("NFKC", text).lower()).split())
    return list(_found(_PAID_FOR.sub(rf"\1{RATE}", plain)))


def _found(plain: str) -> Iterator[Amount]:
    for match in _shape().finditer(plain):
        yuan = _yuan(match["number"], match["letter"])
        if yuan is None or yuan <= 0 or not _is_money(plain, match, yuan):
            continue
        around = plain[max(match.start() - 3, 0) : match.end() + 2]
        rough = any(word in around for word in _words()["approximate"])
        rough = rough or bool(_LOWER_OF_TWO.search(match["number"]))
        yield Amount(yuan, rough, match[0])


def _is_money(plain: str, match: re.Match[str], yuan: float) -> bool:
    if match["unit"] or match["sign"]:
        return not _counts_pieces(plain, match, yuan)
    if match[0] == plain and yuan >= 100 and re.search("[百千万wk]", plain):
        return True  # 三万五, said alone
    before = plain[max(match.start() - REACH, 0) : match.start()]
    after = plain[match.end() :]
    if after.startswith(f"{RATE}一"):
        return True
    if after.startswith(tuple(_words()["others"])) or re.match(r"[\da-z.]", after):
        return False
    near = any(word in before for word in _words()["about_money"])
    return near and (yuan >= 100 or bool(match["letter"]))


def _counts_pieces(plain: str, match: re.Match[str], yuan: float) -> bool:
    """Return whether 块 counts pieces: 「青了两块」, 「两块地」, 「一块干活」."""
    signs = _words()["pieces"]
    if yuan >= MANY_PIECES or match["unit"] not in ("块", "块儿"):
        return False
    before, after = plain[max(match.start() - REACH, 0) : match.start()], plain[match.end() :]
    if re.match(signs["after"], after):
        return True
    paid = any(before.endswith(word) for word in _words()["about_money"])
    if re.fullmatch(signs["together"], match[0]):
        return not (paid and re.match(signs["on_its_own"], after))
    return re.search(signs["before"], before) is not None


def _yuan(number: str, letter: str | None) -> float | None:
    plain = re.sub(r"[,多来几]", "", number)
    plain = _LOWER_OF_TWO.sub(r"\1", plain)
    half = re.fullmatch(r"(.+)万半", plain)
    read = read_numeral(half[1] + "万") if half else _read(plain)
    if read is None:
        return None
    read += 5000 if half else 0
    return read * (_words()["letters"][letter] if letter else 1)


def _read(plain: str) -> float | None:
    """Read a numeral, also one with digits before and behind 万: 3万5千."""
    if (whole := read_numeral(plain)) is not None:
        return whole
    parts = re.fullmatch(r"(\d+(?:\.\d+)?)万零?(\d+(?:\.\d+)?)([百千]?)", plain)
    if parts:
        behind = read_numeral(parts[2] + parts[3])
        return float(parts[1]) * 10000 + (behind or 0)
    low = re.fullmatch(r"(\d+)千零?(\d+)(百?)", plain)
    return float(low[1]) * 1000 + (read_numeral(low[2] + low[3]) or 0) if low else None


@cache
def _words() -> dict[str, Any]:
    words: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return words


@cache
def _shape() -> re.Pattern[str]:
    units = "|".join(sorted(_words()["units"], key=len, reverse=True))
    letters = "".join(_words()["letters"])
    sign = _words()["before_number"]
    return re.compile(
        rf"(?<![\d.a-z第])(?P<sign>{sign})?{_NUMBER}(?P<letter>[{letters}](?![a-z]))?(?P<more>多|来)?"
        rf"(?P<unit>{units})?"
    )
