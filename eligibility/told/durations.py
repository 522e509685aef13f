"""How long something took or takes: 「干了三年半」, 「欠了五个月」, 「两年零三个月」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from eligibility.numerals import read_numeral
from eligibility.told.words import either, plain_with_breaks, words
from eligibility.whose import names_family

REACH = 8
MARKS = "[,，。;；!！?？、]"
_COUNT = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]{1,3}|半|几|十几|好几|俩|仨)"


_DIGIT = r"[\d一二两三四五六七八九十几]"


@dataclass(frozen=True)
class Duration:
    """How long, in months.

    Attributes:
        months: what is surely meant (三年多 is 36); None where no number is told (好几年).
        rough: whether it was said to be more or less that.
        over: whether it was said to be more, by less than the unit (三年多).
        about: `worked`, `owed`, `married`, `waited`, or `besides` for anything else that is named
            (怀孕五个月); None where the words do not say.
        words: how it was said, in half width.
        start: where it stands in the half-width text without spaces.
    """

    months: float | None
    rough: bool
    about: str | None
    words: str
    start: int
    over: bool = False


def durations_in(text: str) -> list[Duration]:
    """Return how long a text says that something took, in its order."""
    return list(_found(*plain_with_breaks(text)))


def _found(said: str, breaks: frozenset[int]) -> Iterator[Duration]:
    for match in _shape().finditer(said):
        joined = match.end() not in breaks or said[match.end() :].startswith(("前", "以", "之"))
        if joined and said[match.end() :].startswith(tuple(words()["not_after"])):
            continue
        if _is_a_rate(said, match):
            continue
        around = said[max(match.start() - 3, 0) : match.end() + 2]
        rough = any(word in around for word in words()["rough"])
        over = bool(match["over"] or re.search("[多来]", match["count"] + match["unit"]))
        about = _about(said, match, breaks)
        yield Duration(_months(match), rough, about, match[0], match.start(), over)


def _is_a_rate(said: str, match: re.Match[str]) -> bool:
    """Return whether it says per what something is paid (一个月6500), or which year it was."""
    if match["count"].isdigit() and len(match["count"]) > 2:
        return True
    not_even = "[没都也不]" if match["unit"] == "天" else _DIGIT
    paid = re.match(f"{_DIGIT}|{not_even}", said[match.end() :])
    earned = said[: match.start()].endswith(tuple(words()["paid"]))
    return match["count"] in ("一", "1") and bool(paid or earned)


def _months(match: re.Match[str]) -> float | None:
    number = read_numeral(re.sub("[多来]", "", match["count"]))
    if number is None or "几" in match["count"]:
        return None
    unit = words()["units"].get(match["unit"], 1)
    half = 0.5 * unit if match["half"] or match["unit"] in words()["and_a_half"] else 0.0
    more = read_numeral(match["more"]) if match["more"] else None
    days = read_numeral(match["days"]) if match["days"] else None
    return float(number * unit + half + (more or 0) + (days or 0) * words()["units"]["天"])


def _about(said: str, match: re.Match[str], breaks: frozenset[int]) -> str | None:
    """Return what the nearest word before, within a clause, or right after says that it is."""
    start, end = match.span()
    before = _clause_before(said, start, breaks)
    last: dict[tuple[int, int], str] = {
        (before.rfind(sign) + len(sign), len(sign)): about
        for about, listed in words()["about"].items()
        for sign in listed
        if sign in before
    }
    if last:
        about = last[max(last)]
        return "besides" if about == "worked" and _is_of_family(said[:start]) else about
    until = min((place for place in breaks if place > end), default=len(said))
    after = re.split(MARKS, said[end : min(end + REACH, until)])[0]
    signs: dict[str, str] = words()["after"]
    return next((about for about, sign in signs.items() if re.match(sign, after)), None)


def _is_of_family(before: str) -> bool:
    """Return whether it was one of the family who worked: 「孩子他爸在外地打工 六年」."""
    return names_family(re.split(MARKS, before)[-1])


def _clause_before(said: str, start: int, breaks: frozenset[int]) -> str:
    """Return what stands before in the same clause; a space ends one, but not in 「干了 三年」."""
    signs = tuple(sign for signs in words()["about"].values() for sign in signs)
    ends = [one for one in breaks if one <= start and not said[:one].endswith(signs)]
    return re.split(MARKS, said[max([start - REACH, 0, *ends]) : start])[-1]


@cache
def _shape() -> re.Pattern[str]:
    units = either(words()["units"])
    return re.compile(
        rf"(?<![\d第零〇一二三四五六七八九十百千万.])"
        rf"(?P<count>{_COUNT}[多来]?)(?P<unit>{units}|(?<=[俩仨两])月)"
        rf"(?P<half>半)?(?:[零又]?(?P<more>(?![一1]个月{_DIGIT}){_COUNT})个月)?"
        rf"(?:[零又](?P<days>{_COUNT})天)?(?P<over>多)?"
    )
