"""Of whom a text tells something: what is told of another is not told of the person.

The person is whom the request is for (`for_whom`). Who is spoken of is the last one named before
the words, in the same breath; where nobody is named it is the person.
"""

from __future__ import annotations

import re
from functools import lru_cache

from eligibility.vocabulary import either, vocabulary

FAMILY = ("childs_parent", "grown_child", "kin", "child")
PERSON, HOUSEHOLD, SPEAKER = "person", "household", "speaker"


def is_of_another(before: str, about: str, for_whom: str | None) -> bool:
    """Return whether what follows is told of somebody else.

    Args:
        before: what was said before it; `|` stands where it pauses.
        about: whose answer is asked for: the `person`'s, or the `household`'s; the `speaker`'s in a
            story that nobody asked for, in which whoever else was named is still spoken of.
        for_whom: for whom the request is, as far as it is known.
    """
    who = _last_named(before)
    if about == SPEAKER:
        return who not in (None, "oneself") or (who is None and speaks_of_others(before))
    if who in ("opponent", "childs_parent"):
        return True
    if who == "pronoun":
        return for_whom in (None, "self")
    if who == "child":
        return for_whom == "self" and about == PERSON
    if who == "grown_child":
        return for_whom in ("self", *(() if about == PERSON else (None,)))
    return who == "kin" and about == PERSON and for_whom in (None, "self", "child")


def speaks_of_others(text: str) -> bool:
    """Return whether a text names anybody but who writes."""
    return any(_kind(match) != "oneself" for match in _people().finditer(text))


def names_family(text: str) -> bool:
    """Return whether one of the family is whom a text named last."""
    named = list(_people().finditer(text))
    return bool(named) and _kind(named[-1]) in FAMILY


def _last_named(before: str) -> str | None:
    """Return who was named last in this breath, or in one before that holds nothing else."""
    *earlier, breath = before.split("|")
    named = list(_people().finditer(breath))
    if not named and earlier and _people().fullmatch(earlier[-1]):
        named = list(_people().finditer(earlier[-1]))
    return _kind(named[-1]) if named else None


def _kind(match: re.Match[str]) -> str:
    return str(match.lastgroup)


@lru_cache(maxsize=1)
def _people() -> re.Pattern[str]:
    """Match the people, those of whom another is a part first (孩子他爸 is no child)."""
    kinds = vocabulary()["people_named"]
    parents, whose = either("parents"), either("whose_parent")
    named = "|".join(
        f"(?P<{kind}>(?:我|俺|咱)?(?:们|家)?(?:的)?(?:{'|'.join(map(re.escape, kinds[kind]))}))"
        for kind in ("opponent", "grown_child", "kin", "child")
    )
    return re.compile(
        rf"(?P<childs_parent>(?:{whose})(?:的|亲)?(?:{parents}))|{named}"
        rf"|(?P<oneself>{'|'.join(kinds['oneself'])})|(?P<pronoun>{'|'.join(kinds['pronoun'])})"
    )
