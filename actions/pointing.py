"""Which of several matters told before somebody means: by its place, by its words, or "next"."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from actions.apart import areas_of, leans
from actions.matters import title_of
from actions.other_questions import PLACES, Asked, place_among
from actions.understanding import plain
from actions.wording import compiled, grouped, listed

WORDS = "matters"
NUMBERS = {"两": 2, "俩": 2, "仨": 3, **{sign: place for place, sign in enumerate(PLACES, 1)}}
SHORTEST, LONGEST = 2, 10  # characters of a part of a matter that names it
ALIKE = 0.6  # of the signs of a name, those that must be a matter's own


@dataclass(frozen=True)
class Pointed:
    """One of what was asked together, and what is asked of it; "" where it is only named."""

    place: int
    rest: str = ""


def pointed_at(text: str, asked: Asked, offered: bool) -> Pointed | None:
    """Return which of what was asked a text means, None where it means none, or several.

    Args:
        text: what the citizen wrote.
        asked: what was asked together.
        offered: whether choices of another kind are open, which 「第二个」 counts.
    """
    if not asked:
        return None
    place = place_among(text, asked, loosely=not offered and len(text) <= LONGEST)
    if place is not None:
        return Pointed(place, _rest(re.split(r"第[1-9一二三四五六七八九].", text, maxsplit=1)[1]))
    if following := _next(text, asked):
        return following
    for frame in listed(WORDS, "points_at"):
        found = compiled(frame).fullmatch(text)
        place = _named(found["named"], asked) if found else None
        if found and place is not None:
            return Pointed(place, _rest(found["rest"]))
    return _by_a_part(text, asked)


def picked_together(text: str, count: int) -> list[int]:
    """Return the places that a text picks among so many choices: 「前两个都是」, 「都要」."""
    said = plain(text)
    if _is("all_of_them", said):
        return list(range(count))
    if found := _as("some_of_them", said):
        some = min(NUMBERS.get(found["count"], 0), count)
        return list(range(count))[-some:] if found["end"] == "后" else list(range(some))
    if found := _as("two_of_them", text.strip()):
        places = sorted({_number(found["one"]) - 1, _number(found["two"]) - 1})
        return places if len(places) > 1 and places[-1] < count else []
    return []


def drops_the_others(text: str, reminded: bool) -> bool:
    """Return whether a text lets go of what is still open; `reminded`: it was just named."""
    said = plain(text)
    return _is("dropped", said) or (reminded and _is("dropped_now", said))


def _next(text: str, asked: Asked) -> Pointed | None:
    said, left = plain(text), [place for place, one in enumerate(asked) if not one["done"]]
    if _is("last_one", said):
        return Pointed(len(asked) - 1)
    return Pointed(left[0]) if left and _is("next_one", said) else None


def _named(name: str, asked: Asked) -> int | None:
    """Return the one of what was asked that a name means; None where it is not clear."""
    said, told = _alike(name), [_alike(one["asks"]) for one in asked]
    ways = (
        (said in one for one in told),
        (bool(areas_of(name) & areas_of(one["asks"])) for one in asked),
        (title_of(name) is not None and title_of(name) == title_of(one["asks"]) for one in asked),
        (len(said) >= SHORTEST and _share(said, one) >= ALIKE for one in told),
    )
    return next((place for way in ways if (place := _only(way)) is not None), None)


def _by_a_part(text: str, asked: Asked) -> Pointed | None:
    """Return what was asked and is not talked of now whose own words a short text is."""
    said = plain(text)
    if not SHORTEST <= len(said) <= LONGEST or (leans(said) and len(said) > SHORTEST):
        return None
    place = _only(said in plain(one["asks"]) for one in asked)
    return Pointed(place) if place is not None and not asked[place].get("now") else None


def _only(fits: Iterable[bool]) -> int | None:
    places = [place for place, one in enumerate(fits) if one]
    return places[0] if len(places) == 1 else None


def _share(said: str, told: str) -> float:
    return len(set(said) & set(told)) / len(set(said))


def _alike(text: str) -> str:
    """Return a text with one word for what people call by several."""
    for word, same in grouped(WORDS, "alike").items():
        text = text.replace(word, str(same))
    return text


def _rest(text: str) -> str:
    rest = text.strip(" ，,。？?！!：:、")
    return "" if _is("only_points", plain(rest)) else rest


def _is(key: str, said: str) -> bool:
    return _as(key, said) is not None


def _as(key: str, said: str) -> re.Match[str] | None:
    return next(filter(None, (compiled(one).fullmatch(said) for one in listed(WORDS, key))), None)


def _number(sign: str) -> int:
    return int(sign) if sign.isdigit() else NUMBERS[sign]
