"""The two sides of one matter: who was hit and who hit, who lent and who owes.

Nobody is told what the other side must do because it was guessed. Where the words tell the side,
what is for the other side is left out; where they do not, and the nearest entries are of both, it
is asked. The words, and the entries of each side, are in words/sides.yml.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from actions.wording import records

NEAREST = 3
# An entry that is hardly likely at all is no other side to ask about.
LEAST_LIKELY = 0.02
Hits = list[dict[str, Any]]


@dataclass(frozen=True)
class Side:
    """One side: what it says of itself, the words that tell it, and its entries by their ids."""

    says: str
    words: re.Pattern[str]
    entries: tuple[str, ...]

    def of(self, hits: Hits) -> Hits:
        """Return the hits that are for this side alone."""
        return [hit for hit in hits if hit["docid"] in self.entries]


@dataclass(frozen=True)
class Pair:
    """A matter with its two sides, and how to ask which one it is."""

    about: re.Pattern[str]
    ask: str
    sides: tuple[Side, Side]

    def told(self, text: str) -> Side | None:
        """Return the side that a text tells; None where it tells none, or both."""
        named = [side for side in self.sides if side.says in text]
        found = named or [side for side in self.sides if side.words.search(text)]
        return found[0] if len(found) == 1 else None

    def other(self, side: Side) -> Side:
        """Return the side across."""
        return self.sides[1] if side is self.sides[0] else self.sides[0]


def for_the_side_told(text: str, hits: Hits) -> Hits:
    """Return the hits without what is for the other side of who wrote a text."""
    for pair in _pairs():
        side = pair.told(text) if pair.about.search(text) else None
        if side:
            across, misled = pair.other(side).of(hits), hits[:1]
            hits = [hit for hit in hits if hit not in across]
            if misled and misled[0] in across:  # what comes next was found for the other side too
                own = side.of(hits)
                hits = [*own, *(hit for hit in hits if hit not in own)]
    return hits


def both_sides(text: str, hits: Hits) -> Pair | None:
    """Return the matter whose two sides come nearest, where a text does not tell which it is."""
    near = [hit for hit in hits[:NEAREST] if hit["score"] >= LEAST_LIKELY]
    for pair in _pairs():
        untold = pair.about.search(text) and pair.told(text) is None
        if untold and all(side.of(near) for side in pair.sides):
            return pair
    return None


def side_called(text: str) -> Side | None:
    """Return the side whose own words a text is."""
    return next((one for pair in _pairs() for one in pair.sides if one.says == text), None)


@cache
def _pairs() -> tuple[Pair, ...]:
    return tuple(
        Pair(re.compile(row["about"]), row["ask"], (_side(row, 0), _side(row, 1)))
        for row in records("sides", "pairs")
    )


def _side(row: dict[str, Any], place: int) -> Side:
    side = row["sides"][place]
    return Side(side["says"], re.compile(side["words"]), tuple(side["entries"]))
