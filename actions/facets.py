"""What a short text asks of the entry just read: how long, where, what to bring, how much."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from actions.understanding import asks
from actions.wording import holds, records, say

WORDS = "stay"
LONGEST = 16  # characters
LONGEST_OF_SEVERAL = 40
SHORTEST_NAME = 2
MARKS = r"[\s，。！？、,.!?~…；;]+"


@dataclass(frozen=True)
class Facet:
    """One thing that can be asked of an entry; see words/stay.yml."""

    name: str
    asks: re.Pattern[str]
    part: str = ""
    signs: str = ""
    first: str = ""
    before: str = ""
    then: str = ""
    elsewhere: bool = False
    gist: bool = False
    rough: bool = False


@dataclass(frozen=True)
class Asked:
    """What a text asks of an entry: each facet with its words.

    `alone`: the text says nothing else. `names_it`: its words name the entry's matter too.
    """

    facets: tuple[tuple[str, Facet], ...] = ()
    alone: bool = True
    names_it: bool = False


def facet_of(text: str) -> Facet | None:
    """Return what a short text asks of the entry just read; None where it says more than that."""
    said = re.sub(MARKS, "", text)
    if len(said) > LONGEST:
        return None
    return next((facet for facet in _facets() if facet.asks.fullmatch(said)), None)


def may_ask(text: str) -> bool:
    """Return whether a text is so short, and has such words, that it may ask of what was read."""
    return len(text) <= LONGEST_OF_SEVERAL and any(one.asks.search(text) for one in _facets())


def asked_of(text: str, title: str) -> Asked:
    """Return what a text asks of the entry with this title, clause by clause.

    Nothing where it asks something else as well, or is long.
    """
    if whole := facet_of(text):
        return Asked(((text, whole),))
    if len(text) > LONGEST_OF_SEVERAL:
        return Asked()
    said = [clause for clause in re.split(MARKS, text) if clause]
    clauses = [clause for clause in said if not holds(WORDS, "whereabouts", clause)] or said
    plain = {clause: facet_of(clause) for clause in clauses}
    named = {one: facet_of(_unnamed(one, title)) for one in clauses if plain[one] is None}
    found = [(one, facet) for one in clauses if (facet := plain[one] or named[one])]
    rest = [one for one in named if named[one] is None]
    if any(asks(one) for one in rest):
        return Asked()
    return Asked(tuple(found), alone=not rest, names_it=any(named.values()))


def _unnamed(clause: str, title: str) -> str:
    """Return a clause without the longest words that it shares with a title; "" without such."""
    shared = [
        clause[start:end]
        for start in range(len(clause))
        for end in range(start + SHORTEST_NAME, len(clause) + 1)
        if clause[start:end] in title
    ]
    return clause.replace(max(shared, key=len), "", 1) if shared else ""


@cache
def _facets() -> tuple[Facet, ...]:
    opening, closing = say(WORDS, "opening"), say(WORDS, "closing")
    return tuple(
        Facet(**{**row, "asks": re.compile(f"(?:{opening})*(?:{row['asks']})(?:{closing})*")})
        for row in records(WORDS, "facets")
    )
