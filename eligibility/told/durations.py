"""How long something took or takes: 「干了三年半」, 「欠了五个月」, 「两年零三个月」."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from eligibility.numerals import read_numeral
from eligibility.told.words import either, plain, words

REACH = 8
_COUNT = r"(?:\d+(?:\.\d+)?|[一二两三四五六七八九十]{1,3}|半|几|十几|好几)"


_DIGIT = r"[\d一二两三四五六七八九十几]"


@dataclass(frozen=True)
class Duration:
    """How long, in months.

    Attributes:
        months: what is surely meant (三年多 is 36); None where no number is told (好几年).
        rough: whether it was said to be more or less that.
        over: whether it was said to be more, by less than the unit (三年多).
        about: `worked`, `owed`, `married` or `waited`, None where the words do not say.
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
    return list(_found(plain(text)))


def _found(said: str) -> Iterator[Duration]:
    for match in _shape().finditer(said):
        if said[match.end() :].startswith(tuple(words()["not_after"])) or _is_a_rate(said, match):
            continue
        around = said[max(match.start() - 3, 0) : match.end() + 2]
        rough = any(word in around for word in words()["rough"])
        about, over = (
            _about(said, match),
            bool(match["over"] or re.search("[多来]", match["count"])),
        )
        yield Duration(_months(match), rough, about, match[0], match.start(), over)


def _is_a_rate(said: str, match: re.Match[str]) -> bool:
    """Return whether it says per what something is paid (一个月6500), or which year it was."""
    if match["count"].isdigit() and len(match["count"]) > 2:
        return True
    paid = re.match(_DIGIT, said[match.end() :])
    earned = said[: match.start()].endswith(tuple(words()["paid"]))
    return match["count"] in ("一", "1") and bool(paid or earned)


def _months(match: re.Match[str]) -> float | None:
    number = read_numeral(re.sub("[多来]", "", match["count"]))
    if number is None or "几" in match["count"]:
        return None
    unit = words()["units"][match["unit"]]
    half = 0.5 * unit if match["half"] or match["unit"] in words()["and_a_half"] else 0.0
    more = read_numeral(match["more"]) if match["more"] else None
    return float(number * unit + half + (more or 0))


def _about(said: str, match: re.Match[str]) -> str | None:
    """Return what the nearest word before, within a clause, or right after says that it is."""
    clause = re.split(r"[,，。;；!！?？]", said[max(match.start() - REACH, 0) : match.start()])[-1]
    after = re.split(r"[,，。;；!！?？]", said[match.end() : match.end() + REACH])[0]
    last: dict[str, int] = {}
    for about, signs in words()["about"].items():
        last[about] = max(clause.rfind(sign) for sign in signs)
    nearest = max(last, key=lambda about: last[about])
    if last[nearest] >= 0:
        return nearest
    return next(
        (about for about, signs in words()["about"].items() if any(s in after for s in signs)), None
    )


@cache
def _shape() -> re.Pattern[str]:
    units = either(words()["units"])
    return re.compile(
        rf"(?<![\d第零〇一二三四五六七八九十.])(?P<count>{_COUNT}[多来]?)(?P<unit>{units})"
        rf"(?P<half>半)?(?:[零又]?(?P<more>{_COUNT})个月(?!{_DIGIT}))?(?P<over>多)?"
    )
