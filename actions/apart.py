"""Telling apart the several matters of one message: a helper's list, an angry breath, two asks.

What the writer numbers or counts is what it is. Else a message is cut where it asks a second
thing, and where another area of life begins (words/apart.yml): after words that open another
matter even if the two are often mixed, without such words only where they never are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from actions.understanding import (
    SHORT_STORY,
    asks,
    clauses_of,
    plain,
    questions_in,
    the_question_in,
    what_is_told_in,
)
from actions.wording import compiled, grouped, holds, listed, records

WORDS = "apart"
MOST = 6
SHORTEST = 4  # characters of a matter
TELLING = 6  # characters of a matter of no area that is known
ENOUGH, LONGEST_NAME = 8, 20
PLAIN = "plain"  # a clause that no words open
BREAK = "，,、：:"
MARKS = " \t\r\n，,。;；、：:！!~～…"


@dataclass
class _Matter:
    """One matter while it is put together, of clauses with their marks."""

    clauses: list[str] = field(default_factory=list)
    areas: set[str] = field(default_factory=set)

    @property
    def text(self) -> str:
        return "".join(self.clauses).strip(MARKS)

    def take(self, clause: str) -> None:
        self.clauses.append(clause)
        self.areas |= areas_of(clause)


def told_apart(text: str) -> list[str]:
    """Return the matters of a message, each in the citizen's words, in their order.

    A message with one matter, and one with more than anybody can number, comes back whole.
    """
    whole = text.strip()
    told = _without_asking_of_all(whole)
    found = _listed(told)
    if not found:
        parts = [part for asked in _questions_of(told) for part in _by_area(asked)]
        found = _without_leaning([_bare(part) for part in parts])
    return found if 1 < len(found) <= MOST else [whole]


def name_of(matter: str) -> str:
    """Return a short name for a matter: its first clauses, as many as are short.

    Of a long story it is what is asked. Where one is or how one is (「我妈不识字」) is no name
    where what is asked follows.
    """
    name = ""
    for clause in _from_what_is_asked(clauses_of(_bare(the_question_in(matter)))):
        said = len(name.strip(MARKS))
        if said >= ENOUGH or (said >= SHORTEST and len(name) + len(clause) > LONGEST_NAME):
            break
        name += clause
    name = name.strip(MARKS)
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"


def _from_what_is_asked(clauses: list[str]) -> list[str]:
    """Return the clauses from the first that asks or is of a known area; all where none is."""
    places = (place for place, one in enumerate(clauses) if asks(one) or areas_of(one))
    return clauses[next(places, 0) :]


def areas_of(text: str) -> set[str]:
    """Return the areas of life that the words of a text tell of."""
    return {name for name, signs in _areas().items() if signs.search(text)}


def leans(text: str) -> bool:
    """Return whether a text says nothing of what it is about: 「用手机吗」, 「急」, 「去哪办」."""
    said = [plain(clause) for clause in clauses_of(text)]
    return not areas_of(text) and all(
        len(one) < SHORTEST or holds(WORDS, "leaning", one) for one in said
    )


def _questions_of(text: str) -> list[str]:
    """Return the questions of a text; of a long story those at its end, where it says so.

    What the story asks nobody (「他凭什么」) is told for the first of them.
    """
    found = questions_in(text)
    if len(text) <= SHORT_STORY:
        return found
    begins = compiled("|".join(listed(WORDS, "announces"))).finditer(text, len(text) // 2)
    at_the_end = [(place.start(), questions_in(text[place.start() :])) for place in begins]
    of_law = [(start, asked) for start, asked in at_the_end if all(map(areas_of, asked))]
    start, (first, *others) = max(of_law, key=lambda one: len(one[1]), default=(0, found))
    return [what_is_told_in(text[:start]) + first, *others] if others else found


def _without_asking_of_all(text: str) -> str:
    """Return a text without its last clauses where these ask of all: 「我该先弄哪个」."""
    clauses = clauses_of(text)
    while len(clauses) > 1 and holds(WORDS, "of_all", plain(clauses[-1])):
        text = text[: text.rindex(clauses.pop().strip())].rstrip()
    return text


def _listed(text: str) -> list[str]:
    """Return the matters that the writer numbers, counts or puts under names; else nothing."""
    for places in filter(None, _marked(text)):
        head = _bare(text[: places[0][0]])
        ends = [*(start for start, _ in places[1:]), len(text)]
        told = [text[start:end].strip(MARKS) for (_, start), end in zip(places, ends, strict=True)]
        if len(places) > 1 and all(_may_be_a_matter(one) for one in told):
            return [_with_head(head, one) for one in told]
    return []


def _marked(text: str) -> Iterator[list[tuple[int, int]]]:
    """Yield the places of the marks of each way of counting: where each begins and ends."""
    for marks in grouped(WORDS, "marks").values():
        places: list[tuple[int, int]] = []
        for mark in marks:
            found = compiled(mark).search(text, places[-1][1] if places else 0)
            if found is None:
                break
            places.append(found.span())
        yield places
    for again in listed(WORDS, "again"):
        yield [found.span() for found in compiled(again).finditer(text)]


def _may_be_a_matter(told: str) -> bool:
    return bool(areas_of(told)) or (len(plain(told)) >= SHORTEST and asks(told))


def _with_head(head: str, told: str) -> str:
    """Return one of a list with what was told before it, where it says not itself what it is."""
    return f"{head}，{told}" if areas_of(head) and not areas_of(told) else told


def _by_area(text: str) -> list[str]:
    """Return a text cut where a clause opens another matter."""
    found, opened = [_Matter()], PLAIN
    clauses = list(_opened(text))
    several = holds(WORDS, "several", text) or sum(way != PLAIN for _, way in clauses) > 1
    for clause, way in clauses:
        opened = way if way != PLAIN else opened
        areas = areas_of(clause)
        if _begins(found[-1], clause, opened, several, len(text) <= SHORT_STORY):
            found.append(_Matter())
        found[-1].take(clause)
        if areas or len(plain(clause)) > TELLING:
            opened = PLAIN
    return [one.text for one in found]


def _begins(before: _Matter, clause: str, way: str, several: bool, short: bool) -> bool:
    """Return whether a clause begins another matter than the one before it.

    Args:
        before: the matter before it.
        clause: the clause.
        way: the words that open it.
        several: whether the message says, or its words show, that it tells several matters.
        short: whether the message is no long story, in which many things are mentioned.
    """
    areas = areas_of(clause)
    if not before.clauses or (not before.areas and len(plain(before.text)) <= TELLING):
        return False
    if way == "another" and (not areas or not before.areas):
        known = bool(areas or before.areas)
        return known and len(plain(_bare(clause))) >= TELLING and not leans(_bare(clause))
    other = bool(areas and before.areas) and not areas & before.areas
    mixed = not several and any(one in _kin()[two] for one in areas for two in before.areas)
    if way in ("another", "strong"):
        return other
    return (
        other and not mixed and (way == "weak" or (short and _is_of_somebody_else(before, clause)))
    )


def _is_of_somebody_else(before: _Matter, clause: str) -> bool:
    """Return whether a clause, set apart by more than a comma, opens with another person."""
    apart = before.clauses[-1].rstrip(BREAK) == before.clauses[-1]
    return apart and holds(WORDS, "party", clause.strip(MARKS))


def _opened(text: str) -> Iterator[tuple[str, str]]:
    """Yield the clauses of a text, each with the words that open it: strong, weak or none."""
    ways = {way: "|".join(listed(WORDS, way)) for way in ("another", "strong", "weak")}
    cut = compiled("(?=" + "|".join(ways.values()) + ")")
    for clause in clauses_of(text):
        for piece in filter(None, cut.split(clause)):
            way = next((way for way, sign in ways.items() if compiled(sign).match(piece)), PLAIN)
            yield piece, way


def _without_leaning(parts: list[str]) -> list[str]:
    """Return the parts, each that says not what it is about with the one that it leans on."""
    found: list[str] = []
    for part in filter(None, parts):
        if found and (leans(part) or leans(found[-1])):
            found[-1] += f" {part}"
        else:
            found.append(part)
    return found


def _bare(text: str) -> str:
    """Return a text without the words that only open it, and those that announce several."""
    leads = compiled("|".join(listed(WORDS, "leads")))
    bare = leads.sub("", text.strip(MARKS))
    heads = "".join(clauses_of(bare)[:1])
    if (
        heads
        and heads.strip(MARKS) != bare
        and holds(WORDS, "heads", heads)
        and not areas_of(heads)
    ):
        bare = leads.sub("", bare[len(heads) :].strip(MARKS))
    return bare.strip(MARKS)


@cache
def _areas() -> dict[str, re.Pattern[str]]:
    return {one["area"]: re.compile(one["signs"]) for one in records(WORDS, "areas")}


@cache
def _kin() -> dict[str, set[str]]:
    """Return for each area those that are often one matter with it, either way round."""
    found: dict[str, set[str]] = {one["area"]: set() for one in records(WORDS, "areas")}
    for one in records(WORDS, "areas"):
        for other in one["kin"]:
            found[one["area"]].add(other)
            found[other].add(one["area"])
    return found
