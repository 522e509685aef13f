"""The matters of one message: counted, apart, or told in one breath 「老板不给钱还把我开了」."""

from __future__ import annotations

import re
from dataclasses import dataclass

from actions.apart import areas_of, name_of, told_apart
from actions.understanding import SHORT_STORY, asks, is_added_to, pieces_of
from actions.wording import holds, records, say

APART = "apart"
MOST = 5
# So many matters are a list; fewer are one only where the words add one to the other.
LIST = 3
SHORTEST = 4  # characters of a matter in a list
# What one employer withholds is one matter: 「工资没给还不交社保」.
EMPLOYER = "employer"
MARKS = " ，,。;；、：:\n"


@dataclass(frozen=True)
class Matter:
    """A matter: the citizen's own words for it, and how it is offered."""

    words: str
    title: str


def matters_of(text: str) -> list[Matter]:
    """Return the matters of a message, in its order; none where it has but one.

    The way of reading that finds the most is right: the others do not see what it is cut by.
    """
    apart = [Matter(one, name_of(one)) for one in told_apart(text) if _can_be_asked(one)]
    most = max((apart, matters_listed(text), matters_in(text)), key=len)
    return most if len(most) > 1 else []


def _can_be_asked(piece: str) -> bool:
    """Return whether a piece is something to ask a lawyer of.

    None is a protest at the reply before (「啥287天？」), nor where one is and how one feels.
    """
    if areas_of(piece) or title_of(piece):
        return True
    told = asks(piece) or holds(APART, "wrongs", piece)
    return told and not holds(APART, "protests", piece)


def most_urgent(told: list[str]) -> int:
    """Return the place of the matter that cannot wait: danger, then a last day, else the first."""
    for sign in ("danger", "last_day"):
        for place, words in enumerate(told):
            if holds(APART, sign, words):
                return place
    return 0


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
    of_one_employer = all(_matter_of(one.title).get("of") == EMPLOYER for one in told)
    return told if several and not of_one_employer and len(told) <= MOST else []


def matters_listed(text: str) -> list[Matter]:
    """Return the matters of a message that counts them (「三个事 一个是…还有…」), in its order.

    None where it counts none. What no entry is known for stands for itself.
    """
    if not re.search(say("matters", "counts"), text):
        return []
    pieces = [one.strip(MARKS) for one in re.split(say("matters", "each"), text)[1:]]
    told = [Matter(one, name_of(one)) for one in pieces if len(one) >= SHORTEST]
    told = [one for one in told if areas_of(one.words) or not holds(APART, "heads", one.words)]
    return told if 1 < len(told) <= MOST else []


def title_of(piece: str) -> str | None:
    """Return the title of the entry on what a piece tells, None where it tells nothing known."""
    return next((one["title"] for one in records("matters", "matters") if _tells(one, piece)), None)


def titled(words: str) -> str | None:
    """Return the title of the entry on a matter told at some length; danger comes first."""
    titles = [title for piece in (words, *pieces_of(words)) if (title := title_of(piece))]
    first = say("matters", "first")
    return first if first in titles else next(iter(titles), None)


def _matter_of(title: str) -> dict[str, str]:
    return next(one for one in records("matters", "matters") if one["title"] == title)


def _tells(matter: dict[str, str], piece: str) -> bool:
    return re.search(matter["signs"], piece) is not None
