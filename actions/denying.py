"""What a citizen denies of what was just put forward stays away for the rest of the matter.

「不是赌 就是朋友借的」 after a menu: what the menu named of gambling is put forward no more, and
the rest of the words is searched. 「都不是」 denies all that was put forward. The words are in
words/denying.yml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from actions.entry_parts import HOLLOW
from actions.understanding import asks
from actions.wording import listed

WORDS = "denying"
LATELY = 10  # messages of the citizen; a matter is seldom longer
SHORTEST = 2  # characters that can be searched
TELLING = 6  # characters of a matter of its own
MARKS = " ，。！,.!"
Event = Mapping[str, Any]


@dataclass(frozen=True)
class Denial:
    """What was denied (`things`; none where it was all), and what had just been put forward."""

    things: tuple[str, ...]
    put_forward: str

    def excludes(self, hit: Mapping[str, Any]) -> bool:
        """Return whether a hit was put forward and is denied."""
        title = str(hit["title"])
        if title not in self.put_forward and str(hit.get("answer")) not in self.put_forward:
            return False
        return not self.things or any(_names(thing, title) for thing in self.things)


def denials_in(events: Sequence[Event]) -> tuple[Denial, ...]:
    """Return what a citizen denied lately, the last first."""
    told = [place for place, one in enumerate(events) if one.get("event") == "user"]
    found = []
    for before, place in zip([-1, *told], told, strict=False):
        text, shown = str(events[place].get("text") or ""), _shown(events[before + 1 : place])
        if shown and (_denies_all(text) or _things(text)):
            found.append(Denial(() if _denies_all(text) else tuple(_things(text)), shown))
    return tuple(reversed(found[-LATELY:]))


def denies(text: str) -> bool:
    """Return whether a text denies anything."""
    return _denies_all(text) or bool(_things(text))


def what_is_left(text: str) -> str:
    """Return what a text says besides its denial; "" where that is hardly anything."""
    rest = _words("all").sub("", text)
    for words in listed(WORDS, "things"):
        rest = re.sub(words, " ", rest)
    rest = _words("leads").sub("", rest.strip(MARKS))
    return rest if len(rest) >= SHORTEST else ""


def plainly_meant(text: str) -> str:
    """Return a text without the clause that only says what was not said before it."""
    return _words("corrected").sub("", text).strip() or text


def said_instead(text: str) -> str:
    """Return the matter that is told after all was called wrong; "" where none is told.

    「都不是！我说的是骗子要爆我通讯录」: what it was taken for no longer counts.
    """
    left = what_is_left(text) if _words("none_of_all").search(text) else ""
    told = left and _words("negated").sub("", left) == left
    return left if told and len(left) >= TELLING else ""


def leaning(text: str, question: str | None) -> str:
    """Return what to search of a text that follows a question: what it denies is left out.

    Where it says that something did not happen (「人没死」) and asks nothing, a search of it would
    find just that: what else it tells is added to the question.
    """
    rest = what_is_left(text) if denies(text) else text
    told = _words("negated").sub(" ", rest).strip(MARKS)
    if told == rest.strip(MARKS) or asks(rest) or not question:
        return rest or question or text
    for thing in _things(text):
        question = question.replace(thing, "")
    return f"{question.strip(MARKS)}，{told}".strip("，")


def _denies_all(text: str) -> bool:
    return _words("all").search(text) is not None


def _things(text: str) -> list[str]:
    found = (one for words in listed(WORDS, "things") for one in re.finditer(words, text))
    return [thing for one in found if (thing := one["thing"])]


def _names(thing: str, title: str) -> bool:
    """Return whether a title has all the signs of a thing, and does not deny it itself."""
    signs = set(thing) - HOLLOW
    plain = _words("other_words").sub("", title)
    denied = any(f"{no}{thing[:2]}" in title for no in ("不是", "没"))
    return bool(signs) and signs <= set(plain) and not denied


def _shown(events: Sequence[Event]) -> str:
    return "\n".join(_texts(events))


def _texts(events: Sequence[Event]) -> Iterator[str]:
    for one in events:
        if one.get("event") == "bot":
            yield str(one.get("text") or "")
            for button in (one.get("data") or {}).get("buttons") or ():
                yield str(button["title"])


@cache
def _words(name: str) -> re.Pattern[str]:
    return re.compile("|".join(listed(WORDS, name)))
