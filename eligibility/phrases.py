"""Finding the answer whose words stand in a text: phrases, and ages.

A phrase in `says` may hold `*`, which stands for up to eight other characters, and `|`, a pause:
「|我|」 is all that is said in one breath. The longest phrase
found decides, and of two equally long ones the first. A phrase after a negation is not meant, nor
one that is told of somebody else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from eligibility.ages import ages_in
from eligibility.questions import Option, Question
from eligibility.vocabulary import words
from eligibility.whose import is_of_another

NONE = "none"
MERELY_NO = 2  # characters: 「不是」 beside an answer denies another one
MOST_THROUGH = 3  # words between a no and what it denies
OF_AN_AGE = 2  # how much more an age says than a word: 「儿子8岁」
WILDCARD = "[^|]{0,8}?"


@dataclass(frozen=True)
class Found:
    """An answer, how many characters say it, and where they begin."""

    value: Any
    weight: int
    start: int


def mentioned(question: Question, said: str) -> Found | None:
    """Return the answer that the longest phrase in a text belongs to; `|` marks its pauses."""
    said = f"|{said}|"
    for word in question.means_else:
        said = said.replace(word, "|")
    found: list[Found] = []
    denied: list[Found] = []
    for option in question.options:
        for one, is_denied in _said_of(option, said, question):
            (denied if is_denied else found).append(one)
    if question.kind == "yes_no":
        found += [Found(False, one.weight, one.start) for one in denied if one.value is True]
    if not found:
        return _nothing_of_it(question, denied)
    if question.kind == "choice" and any(one.value != NONE for one in found):
        found = [one for one in found if one.value != NONE or one.weight > MERELY_NO]
    if question.kind == "place" and len({item.value for item in _outermost(found)}) > 1:
        return None
    return min(found, key=lambda item: (-item.weight, item.start))


def _nothing_of_it(question: Question, denied: list[Found]) -> Found | None:
    """Return "none of these" where all that is named is denied: 「没吃低保 也不残疾」."""
    if question.kind != "choice" or not denied:
        return None
    offered = any(option.value == NONE for option in question.options)
    return Found(NONE, denied[0].weight, denied[0].start) if offered else None


def _said_of(option: Option, said: str, question: Question) -> list[tuple[Found, bool]]:
    """Return where a text says an option, each with whether it denies it."""
    found = []
    for start, weight in [*_phrases_in(option, said), *_ages_of(option, said)]:
        before = said[:start]
        if question.about and is_of_another(before, question.about, question.for_whom):
            continue
        found.append((Found(option.value, weight, start), _negated(before, question.no_through)))
    return found


def _phrases_in(option: Option, said: str) -> list[tuple[int, int]]:
    return [
        (match.start(), len(phrase.strip("|").replace("*", "")))
        for phrase in option.says
        for match in _pattern(phrase).finditer(said)
    ]


def _ages_of(option: Option, said: str) -> list[tuple[int, int]]:
    if option.ages is None or (option.beside and not any(one in said for one in option.beside)):
        return []
    lowest, highest = option.ages
    return [
        (one.start, one.end - one.start + OF_AN_AGE)
        for one in ages_in(said)
        if lowest <= one.years <= highest
    ]


def _outermost(found: list[Found]) -> list[Found]:
    """Drop matches that lie within a longer one, as a district's name may hold a province's."""
    return [
        item
        for item in found
        if not any(
            other is not item
            and other.weight > item.weight
            and other.start <= item.start < other.start + other.weight
            for other in found
        )
    ]


def _negated(before: str, through: tuple[str, ...]) -> bool:
    """Return whether a no stands right before, or before words that leave it a no (没吃…)."""
    for _ in range(MOST_THROUGH + 1):
        if before.endswith(words("negations")):
            return True
        passed = next((word for word in through if before.endswith(word)), "")
        if not passed:
            return False
        before = before.removesuffix(passed)
    return False


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str]:
    parts = (re.escape(part) for part in phrase.lower().split("*"))
    return re.compile(WILDCARD.join(parts))
