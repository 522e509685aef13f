"""Understanding an answer: numbers, labels, and the words people use, which are data.

A phrase in `says` may hold `*`, which stands for up to eight other characters. The longest phrase
found decides, and of two equally long ones the first. A phrase right after a negation is not meant.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from eligibility.days_left import days_said
from eligibility.facts import UNKNOWN
from eligibility.numerals import NUMERAL, first_number, read_numeral
from eligibility.questions import Option, Question
from eligibility.vocabulary import either, words

NONE = "none"
MERELY_NO = 2  # characters: 「不是」 beside an answer denies another one
WILDCARD = "[^|]{0,8}?"
_STUTTER = re.compile(r"^(.+?)\1+$")
_BREAKS = re.compile(r"[\s,.;:!?、，。；：！？…~～“”\"'()（）]+")


@dataclass(frozen=True)
class _Found:
    value: Any
    weight: int
    start: int


def parse_answer(question: Question, text: str) -> Any:
    """Return the value an answer stands for.

    Returns:
        The value of an option (or a number of yuan for the kind `number`); UNKNOWN where the person
        says they do not know; None where the answer was not understood.
    """
    said = unicodedata.normalize("NFKC", text).strip().lower()
    segments = [part for part in _BREAKS.split(said) if part]
    if not segments:
        return None
    if question.kind == "number":
        return _amount(said)
    exact = _exact(question, segments)
    if exact is not None:
        return exact.value
    if question.kind == "urgency" and question.on is not None:
        days = days_said(said, question.on)
        if days is not None:
            return "deadline" if days < (question.day_limit or 0) else "none"
    unsure = _unsure(segments)
    if question.kind == "yes_no" and unsure:
        return UNKNOWN
    found = _mentioned(question, segments)
    if found is None and question.kind == "yes_no":
        found = _yes_or_no(question, segments)
    if found is None:
        return UNKNOWN if unsure else None
    return found.value


def says_unknown(text: str) -> bool:
    """Return whether a text says that the person does not know, or would rather not say."""
    said = unicodedata.normalize("NFKC", text).strip().lower()
    return _unsure([said])


def _exact(question: Question, segments: list[str]) -> _Found | None:
    """Find the option whose label or number is the whole answer."""
    said = "".join(segments)
    for option in question.options:
        label = unicodedata.normalize("NFKC", option.label).lower()
        if said == "".join(_BREAKS.split(label)):
            return _Found(option.value, len(said), 0)
    picked = _pick_pattern().fullmatch(_bare(said))
    if picked and (number := read_numeral(picked[1])) is not None:
        place = int(number) - 1
        if number == int(number) and 0 <= place < len(question.options):
            return _Found(question.options[place].value, len(said), 0)
    return None


def _mentioned(question: Question, segments: list[str]) -> _Found | None:
    """Find the option that the longest phrase in the answer belongs to."""
    found: list[_Found] = []
    said = "|".join(segments)
    for option in question.options:
        for phrase in option.says:
            found += _occurrences(option, phrase, said, question.kind)
    if not found:
        return None
    if question.kind == "choice" and any(one.value != NONE for one in found):
        found = [one for one in found if one.value != NONE or one.weight > MERELY_NO]
    if question.kind == "place" and len({item.value for item in _outermost(found)}) > 1:
        return None
    return min(found, key=lambda item: (-item.weight, item.start))


def _occurrences(option: Option, phrase: str, said: str, kind: str) -> list[_Found]:
    found = []
    weight = len(phrase.replace("*", ""))
    for match in _pattern(phrase).finditer(said):
        if not _negated(said[: match.start()]):
            found.append(_Found(option.value, weight, match.start()))
        elif kind == "yes_no" and option.value is True:
            found.append(_Found(False, weight, match.start()))
    return found


def _outermost(found: list[_Found]) -> list[_Found]:
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


def _negated(before: str) -> bool:
    return before.endswith(words("negations"))


def _yes_or_no(question: Question, segments: list[str]) -> _Found | None:
    """Read a yes or no that stands on its own between pauses."""
    for start, segment in enumerate(segments):
        for key, value in (("yes", True), ("no", False)):
            once = _STUTTER.sub(r"\1", _bare(segment))
            if segment in words(key) or once in words(key):
                return _Found(value, len(segment), start)
    return None


def _unsure(segments: list[str]) -> bool:
    return any(word in segment for segment in segments for word in words("unknown"))


def _amount(said: str) -> Any:
    """Return the yuan a month for each person: of a year's sum or a family's the share."""
    per_year = re.search(either("per_year"), said)
    persons = re.search(f"({NUMERAL})(?:{either('people')})", said)
    left = re.sub(f"{either('per_year')}|{either('per_month')}|{either('per_person')}", " ", said)
    amount = first_number(re.sub(f"({NUMERAL})(?:{either('people')})", " ", left))
    if amount is not None:
        share = 12 if per_year else 1
        if persons and not re.search(either("per_person"), said):
            share *= int(read_numeral(persons[1]) or 1) or 1
        return amount if share == 1 else round(amount / share)
    if _unsure([said]):
        return UNKNOWN
    return 0 if any(word in said for word in words("no_income")) else None


def _bare(segment: str) -> str:
    """Return a segment without particles at its end."""
    while len(segment) > 1 and segment[-1] in words("particles"):
        segment = segment[:-1]
    return segment


@lru_cache(maxsize=4096)
def _pattern(phrase: str) -> re.Pattern[str]:
    parts = (re.escape(part) for part in phrase.lower().split("*"))
    return re.compile(WILDCARD.join(parts))


@lru_cache(maxsize=1)
def _pick_pattern() -> re.Pattern[str]:
    before, after = either("pick_before"), either("pick_after")
    return re.compile(f"(?:{before})?({NUMERAL})(?:{after})?")
