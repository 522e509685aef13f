"""Several matters told in one message that asks nothing: 「老板不给钱还把我开了押金也不退」."""

from __future__ import annotations

import re
from dataclasses import dataclass

from actions.understanding import SHORT_STORY, asks, is_added_to, pieces_of
from actions.wording import records, say

MOST = 5
# So many matters are a list; fewer are one only where the words add one to the other.
LIST = 3
SHORTEST = 4  # characters of a matter in a list
MARKS = " ，,。;；、：:\n"


@dataclass(frozen=True)
class Matter:
    """A matter: the citizen's own words for it, and the entry that tells of it, by its title."""

    words: str
    title: str


def matters_in(text: str) -> list[Matter]:
    """Return the matters that a message tells, in its order; none where it tells one or asks."""
    if len(text) > SHORT_STORY:
        return []
    found: dict[str, str] = {}
    for piece in pieces_of(text):
        title = title_of(piece)
        if title:
            found.setdefault(title, piece)
    which_first = re.search(say("matters", "asks_which_first"), text) is not None
    added = is_added_to(text) and not asks(text)
    several = len(found) >= LIST or (len(found) > 1 and (added or which_first))
    told = [Matter(words, title) for title, words in found.items()]
    told.sort(key=lambda one: one.title != say("matters", "first"))
    return told if several and len(told) <= MOST else []


def matters_listed(text: str) -> list[Matter]:
    """Return the matters of a message that counts them (「三个事 一个是…还有…」), in its order.

    None where it counts none. What no entry is known for stands for itself.
    """
    if not re.search(say("matters", "counts"), text):
        return []
    pieces = [one.strip(MARKS) for one in re.split(say("matters", "each"), text)[1:]]
    told = [Matter(one, one) for one in pieces if len(one) >= SHORTEST]
    return told if 1 < len(told) <= MOST else []


def title_of(piece: str) -> str | None:
    """Return the title of the entry on what a piece tells, None where it tells nothing known."""
    return next((one["title"] for one in records("matters", "matters") if _tells(one, piece)), None)


def _tells(matter: dict[str, str], piece: str) -> bool:
    return re.search(matter["signs"], piece) is not None
