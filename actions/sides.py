"""The two sides of one matter: who was hit and who hit, who lent and who owes.

Nobody is told what the other side must do because it was guessed. Where the words tell the side,
what is for the other side is left out; where they do not, and the nearest entries are of both, it
is asked. The words, and the entries of each side, are in words/sides.yml.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from actions.wording import compiled, holds, listed, records

NEAREST = 3
LATELY = 32  # conversations: each rule of a turn asks anew for the sides told in one
# An entry that is hardly likely at all is no other side to ask about.
LEAST_LIKELY = 0.02
Hits = list[dict[str, Any]]


@dataclass(frozen=True)
class Side:
    """One side: what it says of itself, the words that tell it, and its entries by their ids.

    `first` is the entry it needs where it was misread; it may serve both sides, and is "" where the
    sides only differ in what they ask next. `hit`: it is the side of who hit somebody.
    """

    says: str
    words: re.Pattern[str]
    entries: tuple[str, ...]
    first: str
    hit: bool = False

    def of(self, hits: Hits) -> Hits:
        """Return the hits that are for this side alone."""
        return [hit for hit in hits if hit["docid"] in self.entries]

    def own(self, hits: Hits) -> Hits:
        """Return the hits for this side, the one it needs first before all."""
        first = [hit for hit in hits if hit["docid"] == self.first]
        return [*first, *(hit for hit in self.of(hits) if hit not in first)]


@dataclass(frozen=True)
class Plain:
    """An entry of which plain words tell, and the signs of its lines that answer them, if any."""

    entry: str
    lines: str


@dataclass(frozen=True)
class Pair:
    """A matter with its two sides, and how to ask which one it is; "" where it is not asked."""

    about: re.Pattern[str]
    ask: str
    sides: tuple[Side, Side]

    def told(self, text: str) -> Side | None:
        """Return the side that a text tells; None where it tells none, or both.

        What was said last counts before what was said earlier, and what is denied does not count.
        """
        texts = [_denied().sub("", said) for said in (text.rsplit("\n", 1)[-1], text)]
        for tells in (lambda side, said: side.says in said, _tells):
            for said in texts:
                found = [side for side in self.sides if tells(side, said)]
                if len(found) == 1:
                    return found[0]
        return None

    def other(self, side: Side) -> Side:
        """Return the side across."""
        return self.sides[1] if side is self.sides[0] else self.sides[0]


def for_the_side_told(text: str, hits: Hits) -> Hits:
    """Return the hits without what is for the other side of who wrote a text.

    What presupposes a thing that was not said (that somebody fled) is left out as well; a title
    that was picked stays.
    """
    picked = [hit for hit in hits if hit["title"] == text.rsplit("\n", 1)[-1]]
    unsaid = _presuming_too_much(text)
    hits = [hit for hit in hits if hit["docid"] not in unsaid or hit in picked]
    for pair in _pairs():
        side = pair.told(text) if pair.about.search(text) else None
        if side:
            across = [hit for hit in pair.other(side).of(hits) if hit not in picked]
            misled = hits[:1]
            hits = [hit for hit in hits if hit not in across]
            if misled and misled[0] in across:  # what comes next was found for the other side too
                own = side.own(hits)
                hits = [*own, *(hit for hit in hits if hit not in own)]
    return hits


def entry_instead(text: str, found: Hits) -> str | None:
    """Return the entry that a text needs where the first of the hits misread who wrote it.

    None where that first hit is right, or an entry for the side that was told is among the hits.
    """
    left = for_the_side_told(text, found)
    if not found or found[0] in left:
        return None
    unsaid = _presuming_too_much(text)
    told = [(pair, pair.told(text)) for pair in _pairs() if pair.about.search(text)]
    misread = [
        side
        for pair, side in told
        if side and side.first and (pair.other(side).of(found[:1]) or found[0]["docid"] in unsaid)
    ]
    return misread[0].first if misread and not misread[0].own(left) else None


def told_plainly(text: str, read: str | None, sure: bool) -> Plain | None:
    """Return what a text tells in plain words; None where it tells of nothing so plainly.

    Args:
        text: the last line is what is said now, those before it were said before.
        read: the entry that was read last.
        sure: whether the search is sure of something else; then only what goes on with what was
            said before counts.
    """
    before, _, now = text.rpartition("\n")
    unsaid = _presuming_too_much(text)
    for row in records("sides", "plain"):
        plain = Plain(row["entry"], row.get("lines", ""))
        apart = row.get("not_after")
        elsewhere = apart and read != plain.entry and compiled(apart).search(before)
        if plain.entry in unsaid or elsewhere:
            continue
        needed, unless = row.get("before"), row.get("without")
        follows = needed is not None and (read == plain.entry or compiled(needed).search(before))
        goes_on = follows or not (sure or (needed and not compiled(needed).search(now)))
        unless_said = unless and compiled(unless).search(now)
        if goes_on and compiled(row["now"]).search(now) and not unless_said:
            return plain
    return None


def both_sides(text: str, hits: Hits) -> Pair | None:
    """Return the matter whose two sides come nearest, where a text does not tell which it is."""
    near = [hit for hit in hits[:NEAREST] if hit["score"] >= LEAST_LIKELY]
    for pair in _pairs():
        untold = pair.ask and pair.about.search(text) and pair.told(text) is None
        if untold and all(side.of(near) for side in pair.sides):
            return pair
    return None


def for_the_own_side(text: str, hits: Hits) -> bool:
    """Return whether the first of the hits is for a side that a text tells."""
    told = [pair.told(text) for pair in _pairs() if pair.about.search(text)]
    return any(side.of(hits[:1]) for side in told if side)


@lru_cache(LATELY)
def sides_said(said: tuple[str, ...]) -> tuple[Side, ...]:
    """Return the sides that somebody told in a conversation, the last word on each matter.

    They count until something tells that it was the other way round, or until another matter, or
    somebody else's, is begun.

    Args:
        said: what was said in their own words, in order.
    """
    anew = (("sides", "another"), ("matters", "begins_anew"))
    begun = [n for n, text in enumerate(said) if any(holds(*words, text) for words in anew)]
    since = said[begun[-1] :] if begun else said
    return tuple(side for pair in _pairs() if (side := _last_told(pair, since)))


def _last_told(pair: Pair, said: Sequence[str]) -> Side | None:
    """Return the side told last; a first one needs words of the matter as well."""
    last = None
    for text in said:
        if last or pair.about.search(text):
            last = pair.told(text) or last
    return last


def across(text: str, entry: str) -> bool:
    """Return whether an entry is for the other side of who wrote a text, or is ruled out by it."""
    if entry in _ruled_out(text):
        return True
    told = [(pair, pair.told(text)) for pair in _pairs() if pair.about.search(text)]
    return any(side and entry in pair.other(side).entries for pair, side in told)


def speaks_across(text: str, question: str) -> bool:
    """Return whether a question can only be one of the other side of who wrote a text."""
    asked = [(pair, pair.told(question)) for pair in _pairs() if pair.about.search(question)]
    return any(
        side and pair.about.search(text) and pair.told(text) is pair.other(side)
        for pair, side in asked
    )


def side_called(text: str) -> Side | None:
    """Return the side whose own words a text is."""
    return next((one for pair in _pairs() for one in pair.sides if one.says == text), None)


def _tells(side: Side, text: str) -> bool:
    return side.words.search(text) is not None


def _presuming_too_much(text: str) -> set[str]:
    """Return the entries that presuppose what a text does not say, or rules out."""
    said = _denied().sub("", text)
    unsaid = {
        docid
        for row in records("sides", "presuming")
        if not compiled(row["words"]).search(said)
        for docid in row["entries"]
    }
    return unsaid | _ruled_out(text)


def _ruled_out(text: str) -> set[str]:
    """Return the entries whose ground the words of a text deny."""
    said = _denied().sub("", text)
    return {
        docid
        for row in records("sides", "ruled_out")
        if compiled(row["words"]).search(text if row.get("as_said") else said)
        for docid in row["entries"]
    }


@cache
def _denied() -> re.Pattern[str]:
    return re.compile("|".join(listed("sides", "denied")))


@cache
def _pairs() -> tuple[Pair, ...]:
    return tuple(
        Pair(re.compile(row["about"]), row.get("ask", ""), (_side(row, 0), _side(row, 1)))
        for row in records("sides", "pairs")
    )


def _side(row: dict[str, Any], place: int) -> Side:
    side = row["sides"][place]
    entries = tuple(side.get("entries") or ())
    first = side.get("first", next(iter(entries), ""))
    return Side(side["says"], compiled(side["words"]), entries, first, side.get("hit", False))
