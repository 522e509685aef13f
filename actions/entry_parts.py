"""The parts of an entry: what it says under a name (期限, 找谁), and its lines about a thing."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from actions.facets import Facet
from actions.wording import say

WORDS = "stay"
MOST_LINES = 3
MOST_NEAREST = 2
NAME, LONGEST_HEAD = 2, 8  # characters of the thing that heads a line
LONG_LINE = 60  # characters; of a longer one only the sentences that are meant are said
# Signs that say nothing of what a question is about.
HOLLOW = frozenset(
    "的了吗呢吧啊呀么嘛我你您他她它们是有在也都还就又这那个不没要能会可以怎咋样什啥办"
)
Entry = dict[str, Any]


def part(entry: Entry, name: str) -> str:
    """Return what the entry says under a name, empty where it has no such part."""
    found = re.search(rf"^{re.escape(name)}：(.+)$", str(entry.get("body") or ""), re.MULTILINE)
    return found[1].strip() if found else ""


def steps_of(entry: Entry) -> list[str]:
    """Return the numbered steps of the body, without their numbers."""
    return re.findall(r"^\d+\.\s*(.+)$", str(entry.get("body") or ""), re.MULTILINE)


def lines_about(entry: Entry, signs: str) -> list[str]:
    """Return the first lines of the body and the long part that a regular expression finds.

    Of a long line these are the sentences that it finds.
    """
    return [_meant(line, signs) for line in _lines(entry) if re.search(signs, line)][:MOST_LINES]


def lines_nearest(entry: Entry, question: str, least: int = 1) -> list[str]:
    """Return the lines that share most pairs of signs with a question, `least` pairs at least."""
    pairs = {one + other for one, other in pairwise(question) if not HOLLOW & {one, other}}
    shared = {line: sum(pair in line for pair in pairs) for line in _lines(entry)}
    most = max(shared.values(), default=0)
    return [line for line, count in shared.items() if count == most >= least][:MOST_NEAREST]


def lines_naming(entry: Entry, question: str, nearest: dict[str, Any]) -> list[str]:
    """Return the lines that are headed by the very thing a question asks about (「误工费：…」).

    None where the nearest further question of the entry, or its answer, names that thing too.
    """
    heads = {line: re.split("[：:]", line)[0] for line in _lines(entry) if re.search("[：:]", line)}
    elsewhere = f"{nearest['says']}{nearest['answer']}"
    return [
        line
        for line, head in heads.items()
        if NAME <= len(head) <= LONGEST_HEAD and head in question and head not in elsewhere
    ][:MOST_NEAREST]


def tells(facet: Facet, entry: Entry) -> bool:
    """Return whether an entry tells of what a facet asks: in the part for it, if there is one.

    Lines that only roughly answer a facet do not count.
    """
    if facet.part:
        return bool(part(entry, facet.part))
    if facet.rough:
        return bool(facet.first and lines_about(entry, facet.first))
    return bool(told_of(facet, entry))


def told_of(facet: Facet, entry: Entry) -> list[str]:
    """Return the lines in which an entry tells of what a facet asks."""
    if facet.gist:
        return [entry["answer"]]
    named = {name: part(entry, name) for name in (facet.part, facet.then) if name}
    parts = [say(WORDS, "named_part", part=one, text=said) for one, said in named.items() if said]
    if named.get(facet.part):
        before = lines_about(entry, facet.before)[:1] if facet.before else []
        return [*before, *parts]
    first = lines_about(entry, facet.first)[:1] if facet.first else []
    lines = first or (lines_about(entry, facet.signs) if facet.signs else [])
    return [*lines, *parts] if lines else []


def _meant(line: str, signs: str) -> str:
    sentences = re.findall(r"[^。]+。?", line) if len(line) > LONG_LINE else []
    return "".join(one for one in sentences if re.search(signs, one)) or line


def _lines(entry: Entry) -> list[str]:
    text = "\n".join(str(entry.get(key) or "") for key in ("body", "detail"))
    lines = (re.sub(r"^\d+\.\s*", "", line.strip()) for line in text.splitlines())
    return [line for line in dict.fromkeys(lines) if line]
