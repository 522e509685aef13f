"""What a short text asks of the entry just read: how long, what to bring, whom, how much."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from actions.wording import records, say

WORDS = "stay"
LONGEST = 16  # characters


@dataclass(frozen=True)
class Facet:
    """One thing that can be asked of an entry; see words/stay.yml."""

    name: str
    asks: re.Pattern[str]
    part: str = ""
    signs: str = ""
    elsewhere: bool = False
    gist: bool = False


def facet_of(text: str) -> Facet | None:
    """Return what a short text asks of the entry just read; None where it says more than that."""
    said = re.sub(r"[\s，。！？、,.!?~…]+", "", text)
    if len(said) > LONGEST:
        return None
    return next((facet for facet in _facets() if facet.asks.fullmatch(said)), None)


@cache
def _facets() -> tuple[Facet, ...]:
    opening, closing = say(WORDS, "opening"), say(WORDS, "closing")
    return tuple(
        Facet(
            row["name"],
            re.compile(f"(?:{opening})*(?:{row['asks']})(?:{closing})*"),
            row.get("part", ""),
            row.get("signs", ""),
            row.get("elsewhere", False),
            row.get("gist", False),
        )
        for row in records(WORDS, "facets")
    )
