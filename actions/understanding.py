"""Finding what is asked: the questions of a message, and the question inside a long story.

A text is cut at its marks into clauses. A clause asks if it has one of the signs in
words/understanding.yml and none of its exceptions. What is told before a question belongs to it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache

from actions.wording import listed, say

# A message with more than this many questions is a story with its thoughts, not a list.
MOST_QUESTIONS = 6
# A text up to this length is read as it is: searching it whole finds more than a part would.
SHORT_STORY = 120


@dataclass
class _Asked:
    """One question while it is put together, of clauses with their marks."""

    clauses: list[str] = field(default_factory=list)
    asks: bool = False

    @property
    def text(self) -> str:
        joined = "".join(self.clauses).strip()
        return re.sub(r"[,，、:：;；\s]+$", "", _leads().sub("", joined))


def questions_in(text: str) -> list[str]:
    """Return the questions of a message in its order, each with what was told for it.

    A message with at most one question comes back whole, as its only element. What is asked
    without a matter of its own (「那我该怎么办」) belongs to the question before it.
    """
    found: list[_Asked] = [_Asked()]
    for sentence in _parts(text):
        for clause in sentence:
            _take(clause, found)
    questions = _without_repeats([one for one in found if one.asks])
    if not 2 <= len(questions) <= MOST_QUESTIONS:
        return [text.strip()]
    if not found[-1].asks:
        questions[-1].clauses += found[-1].clauses
    return [one.text for one in questions]


def the_question_in(text: str) -> str:
    """Return the sentences of a long text that ask, with the sentence before a bare "what now?".

    A short text, and one in which nothing is asked or wished, comes back whole.
    """
    whole = text.strip()
    if len(whole) <= SHORT_STORY:
        return whole
    sentences = ["".join(one).strip() for one in _parts(whole)]
    asking = [index for index, sentence in enumerate(sentences) if _asks_in(sentence)]
    if not asking:
        wished = [one for one in sentences if any(_has("wanting", part) for part in _cut(one))]
        return "".join(wished[-2:]) or whole
    before = [index - 1 for index in asking if index and _only_bare(sentences[index])]
    return "".join(sentences[index] for index in sorted({*asking, *before}))


def pieces_of(text: str) -> list[str]:
    """Return the pieces of a text, each of which may tell a matter of its own.

    It is cut at its marks, and where a new thing is added without one: 「老板不给钱还把我开了」.
    """
    clauses = [clause for sentence in _parts(text) for clause in sentence]
    pieces = [
        piece
        for clause in clauses
        for piece in re.split("|".join(listed("understanding", "adds")), clause)
    ]
    return [piece for piece in map(_told, pieces) if piece]


def is_added_to(text: str) -> bool:
    """Return whether a text adds one thing to another without a mark between."""
    adds = "|".join(listed("understanding", "adds"))
    return any(re.search(adds, clause) for sentence in _parts(text) for clause in sentence)


def what_is_told_in(text: str) -> str:
    """Return a text without the clauses that ask."""
    return "".join(clause for clause in clauses_of(text) if not _is_question(clause))


def clauses_of(text: str) -> list[str]:
    """Return the clauses of a text, every mark kept."""
    return [clause for sentence in _parts(text) for clause in sentence]


def asks(text: str) -> bool:
    """Return whether anything in a text asks, or says what is wished."""
    clauses = [clause for sentence in _parts(text) for clause in sentence]
    return any(_is_question(one) or _is_bare(one) or _has("wanting", plain(one)) for one in clauses)


def asks_what_now(text: str) -> bool:
    """Return whether a text asks what to do without saying about what: 「我该干啥」."""
    return _is_bare(text)


def _take(clause: str, found: list[_Asked]) -> None:
    """Add a clause to the question it belongs to; one that asks closes its question."""
    bare = plain(clause)
    before = next((one for one in reversed(found) if one.asks), None)
    if before and not found[-1].clauses and (_has("goes_on", bare) or _is_bare(clause)):
        before.clauses.append(clause)
        return
    found[-1].clauses.append(clause)
    if _is_question(clause):
        if before and _is_bare(clause) and _nothing_told(found[-1]):
            before.clauses += found.pop().clauses
        else:
            found[-1].asks = True
        found.append(_Asked())


def _without_repeats(questions: list[_Asked]) -> list[_Asked]:
    first = {plain(one.text): one for one in reversed(questions)}
    return [one for one in questions if first[plain(one.text)] is one]


def _nothing_told(asked: _Asked) -> bool:
    """Say whether a question holds nothing besides courtesies and a bare "what now?"."""
    return all(_courtesy().fullmatch(plain(one)) for one in asked.clauses[:-1])


def _parts(text: str) -> list[list[str]]:
    """Return the sentences of a text, each as its clauses, every mark kept."""
    numbered = re.sub(_pattern("numbered"), "\n", text)
    sentences = _keep_marks(numbered, _pattern("ends"))
    return [_cut(sentence) for sentence in sentences if plain(sentence)]


def _cut(sentence: str) -> list[str]:
    commas = _pattern("commas")
    return _keep_marks(sentence, f"{commas}|(?<=[一-龥?])[ \t]+(?=[一-龥])")


def _keep_marks(text: str, marks: str) -> list[str]:
    pieces = re.split(f"({marks})", text)
    return [
        (piece + mark.replace("\n", "").replace("\r", ""))
        for piece, mark in zip(pieces[::2], [*pieces[1::2], ""], strict=True)
        if piece.strip()
    ]


def _is_question(clause: str) -> bool:
    said = plain(clause)
    for sign in _signs("not_asking"):
        said = sign.sub("", said)
    if not said or _courtesy().fullmatch(said):
        return False
    return clause.rstrip().endswith(("?", "？")) or _has("asking", said)


def _is_bare(clause: str) -> bool:
    return _has("bare", plain(clause))


def _told(piece: str) -> str:
    """Return a piece without the marks around it and the words that only join it to others."""
    bare = re.sub(r"^[\W_]+|[\W_]+$", "", piece)
    return re.sub(_pattern("joins"), "", bare)


def _asks_in(sentence: str) -> bool:
    return any(_is_question(clause) for clause in _cut(sentence))


def _only_bare(sentence: str) -> bool:
    """Say whether a sentence asks without saying about what."""
    return all(
        _is_bare(clause) or _courtesy().fullmatch(plain(clause)) is not None
        for clause in _cut(sentence)
    )


def plain(clause: str) -> str:
    """Return a clause without its marks and blanks."""
    return "".join(sign for sign in clause if unicodedata.category(sign)[0] in "LN")


def _has(signs: str, plain: str) -> bool:
    return any(sign.search(plain) for sign in _signs(signs))


@cache
def _signs(name: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in listed("understanding", name))


@cache
def _pattern(name: str) -> str:
    return say("understanding", name)


@cache
def _courtesy() -> re.Pattern[str]:
    return re.compile(_pattern("courtesy"))


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(_pattern("leads"))
