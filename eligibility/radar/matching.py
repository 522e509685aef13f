"""Which period a sentence means, by the phrases in eligibility/periods/.

A phrase is words that must all occur, parted by spaces; `|` parts words of which one is enough.
The phrase with most characters found decides; a word of `unless` takes a period out. Words that
belong to a field of law (`cues` in words.yml) lift the periods of that field. What ties is for the
person to choose from. Who asks whether something may still be done does not ask how long an office
may take.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from eligibility.radar.periods import Period, shipped
from eligibility.radar.wording import words

CUE_WEIGHT = 2
MOST_CANDIDATES = 6
LATELY = 64  # texts: several rules of a turn ask of the same few messages


@dataclass(frozen=True)
class Match:
    """The periods a sentence may mean, and the question to ask where it is not exactly one."""

    periods: tuple[Period, ...]
    question: str | None


@lru_cache(LATELY)
def match(text: str) -> Match:
    """Return the periods a sentence may mean; one and no question where it is clear."""
    said = "".join(unicodedata.normalize("NFKC", text).lower().split())
    said = re.sub(words()["did_not"], "", said)
    cued = {field for field, cues in words()["cues"].items() if any(cue in said for cue in cues)}
    asks_how_long = re.search(words()["others_time"], said)
    own = re.search(words()["own_doing"], said) is not None and not asks_how_long
    scores = {
        period: found + CUE_WEIGHT * (period.field in cued)
        for period in shipped().values()
        if not (own and period.kind == "answer")
        and not any(word in said for word in period.unless)
        and (found := max(_score(phrase, said) for phrase in period.says))
    }
    if not scores:
        return Match((), words()["none"])
    most = max(scores.values())
    best = tuple(period for period, score in scores.items() if score == most)[:MOST_CANDIDATES]
    return Match(best, None if len(best) == 1 else words()["which"])


def names_its_field(period: Period, text: str) -> bool:
    """Return whether a text has a word that belongs to the field of a period."""
    said = "".join(unicodedata.normalize("NFKC", text).lower().split())
    return any(cue in said for cue in words()["cues"].get(period.field, ()))


def _score(phrase: str, said: str) -> int:
    """Return how many characters of a phrase occur in what was said; 0 unless all words do."""
    found = 0
    for choices in _words_of(phrase):
        lengths = [len(choice) for choice in choices if choice in said]
        if not lengths:
            return 0
        found += max(lengths)
    return found


@cache
def _words_of(phrase: str) -> tuple[tuple[str, ...], ...]:
    """Return the words of a phrase, each with the choices of which one is enough."""
    return tuple(tuple(word.split("|")) for word in phrase.split())
