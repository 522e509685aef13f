"""Understanding an answer: numbers, labels, and the words people use, which are data."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Any

from eligibility.days_left import days_said
from eligibility.facts import UNKNOWN
from eligibility.numerals import NUMERAL, first_number, read_numeral
from eligibility.phrases import Found, mentioned
from eligibility.questions import Question
from eligibility.vocabulary import either, words

MORE = 2  # pieces: a number, and words after it
_STUTTER = re.compile(r"^(.+?)\1+$")
_BREAKS = re.compile(r"[\s|,.;:!?、，。；：！？…~～“”\"'()（）]+")


def parse_answer(question: Question, text: str, *, picks: bool = True) -> Any:
    """Return the value an answer stands for.

    Args:
        question: what is asked.
        text: what is said.
        picks: whether a bare number means the answer at that place; not where none was shown.

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
    exact = _exact(question, segments, picks)
    if exact is not None:
        return exact.value
    if picks and (picked := _picked_first(question, segments)) is not None:
        rest = _words(question, segments[1:], " ".join(segments[1:]))
        return picked.value if rest is None else rest
    return _words(question, segments, said)


def _words(question: Question, segments: list[str], said: str) -> Any:
    """Return the value of an answer in words."""
    if question.kind == "urgency" and question.on is not None:
        days = days_said(said, question.on)
        if days is not None:
            return "deadline" if days < (question.day_limit or 0) else "none"
    unsure = _unsure(segments)
    if question.kind == "yes_no" and unsure:
        return UNKNOWN
    found = mentioned(question, "|".join(segments))
    if found is None and question.kind == "yes_no":
        found = _yes_or_no(question, segments)
    if found is None:
        return UNKNOWN if unsure else None
    return found.value


def says_unknown(text: str) -> bool:
    """Return whether a text says that the person does not know, or would rather not say."""
    said = unicodedata.normalize("NFKC", text).strip().lower()
    return _unsure([said])


def _exact(question: Question, segments: list[str], picks: bool) -> Found | None:
    """Find the option whose label or number is the whole answer."""
    said = "".join(segments)
    for option in question.options:
        label = unicodedata.normalize("NFKC", option.label).lower()
        if said == "".join(_BREAKS.split(label)):
            return Found(option.value, len(said), 0)
    return _picked(question, said) if picks else None


def _picked(question: Question, said: str) -> Found | None:
    """Find the option whose number is all that is said."""
    picked = _pick_pattern().fullmatch(_bare(said))
    if picked and (number := read_numeral(picked[1])) is not None:
        place = int(number) - 1
        if number == int(number) and 0 <= place < len(question.options):
            return Found(question.options[place].value, len(said), 0)
    return None


def _picked_first(question: Question, segments: list[str]) -> Found | None:
    """Find the option whose number stands before the words of an answer: 「2 娃4岁」."""
    if len(segments) < MORE or not segments[0].isdigit():
        return None
    if question.kind == "urgency" and segments[1].startswith(words("after_a_count")):
        return None
    return _picked(question, segments[0])


def _yes_or_no(question: Question, segments: list[str]) -> Found | None:
    """Read a yes or no that stands on its own between pauses."""
    for start, segment in enumerate(segments):
        for key, value in (("yes", True), ("no", False)):
            once = _STUTTER.sub(r"\1", _bare(segment))
            if segment in words(key) or once in words(key):
                return Found(value, len(segment), start)
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


@lru_cache(maxsize=1)
def _pick_pattern() -> re.Pattern[str]:
    before, after = either("pick_before"), either("pick_after")
    return re.compile(f"(?:{before})?({NUMERAL})(?:{after})?")
