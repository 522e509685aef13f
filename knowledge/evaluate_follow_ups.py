"""How well the last turn of a conversation is understood, and with how much of those before it."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from knowledge import strict_yaml
from knowledge.errors import ContentError
from knowledge.results import Results
from knowledge.search import Searcher

HALVES = ("tune", "measure")
DEPTH = 10  # articles
Kind = Literal["follows", "new", "chat"]
Turns = Annotated[list[str], Field(min_length=2)]
Shares = dict[str, float]


class _Case(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    turns: Turns
    entries: Annotated[list[str], Field(min_length=1)]


@dataclass(frozen=True)
class Case:
    """A conversation: what was typed, turn by turn, and the entries that answer the last turn.

    `kind`: the last turn `follows` the others, is a `new` matter, or follows after some `chat`.
    `half`: `tune` for choosing weights, `measure` for nothing but measuring.
    """

    kind: Kind
    half: str
    turns: tuple[str, ...]
    entries: tuple[str, ...]


def read_cases(path: Path) -> list[Case]:
    """The conversations of a file; every other one is in the half for tuning.

    Raises:
        ContentError: the file is not lists of turns and entries by kind.
    """
    try:
        kinds = TypeAdapter(dict[Kind, list[_Case]]).validate_python(strict_yaml.read(path))
    except ValidationError as error:
        raise ContentError(f"{path}: {error}") from error
    every = [(kind, case) for kind, cases in kinds.items() for case in cases]
    return [
        Case(kind, HALVES[number % 2], tuple(case.turns), tuple(case.entries))
        for number, (kind, case) in enumerate(every)
    ]


def read_conversations(path: Path) -> list[tuple[list[str], frozenset[int]]]:
    """The turns of conversations with the ids of articles that another system guessed.

    Raises:
        ContentError: a line is not `{"turns", "candidates": [ids]}`.
    """
    conversations = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            ids = frozenset(map(int, row["candidates"]))
            conversations.append((list(map(str, row["turns"])), ids))
        except (ValueError, KeyError, TypeError) as error:
            raise ContentError(f"{path}:{number}: not a conversation ({error!r})") from error
    return conversations


def converse(searcher: Searcher, turns: Sequence[str], k: int = 3) -> Results:
    """What the last turn finds, each turn asked as the bot asks it (actions/answer_question.py)."""
    context: str | None = None
    shown: str | None = None
    for turn in turns[:-1]:
        found = searcher.search(turn, k, context, shown)
        entries = found.of_kind("entry")
        if found.band == "answer" and entries:
            shown = entries[0].docid
        elif found.opens or found.band == "not_sure":
            shown = None
        context = found.context
    return searcher.search(turns[-1], k, context, shown)


def measure(searcher: Searcher, cases: Sequence[Case]) -> dict[str, dict[str, Shares]]:
    """Shares by half and kind.

    Returns:
        `hits@1`, `hits@3`: a right entry is first, or in three. `answered`, `precision`: share
        answered at once, and of these right. `alone@1`, `alone@3`: hits of the last turn alone.
    """
    return {
        half: {
            kind: _shares(searcher, [c for c in cases if (c.half, c.kind) == (half, kind)])
            for kind in dict.fromkeys(case.kind for case in cases)
        }
        for half in HALVES
    }


def measure_articles(
    searcher: Searcher, conversations: Sequence[tuple[list[str], frozenset[int]]]
) -> Shares:
    """Mean share of the guessed articles in ten, for the conversation and its last turn alone."""
    within = alone = 0.0
    for turns, guessed in conversations:
        within += len(guessed & _articles(converse(searcher, turns, DEPTH))) / len(guessed)
        alone += len(guessed & _articles(searcher.search(turns[-1], DEPTH))) / len(guessed)
    count = max(1, len(conversations))
    return {
        "conversations": len(conversations),
        "recall@10": round(within / count, 4),
        "alone@10": round(alone / count, 4),
    }


def _shares(searcher: Searcher, cases: Sequence[Case]) -> Shares:
    found = [(case, converse(searcher, case.turns)) for case in cases]
    alone = [(case, searcher.search(case.turns[-1], 3)) for case in cases]
    answered = [(case, results) for case, results in found if results.band == "answer"]
    return {
        "cases": len(cases),
        "hits@1": _hits(found, 1),
        "hits@3": _hits(found, 3),
        "answered": round(len(answered) / max(1, len(cases)), 4),
        "precision": _hits(answered, 1),
        "alone@1": _hits(alone, 1),
        "alone@3": _hits(alone, 3),
    }


def _hits(found: Sequence[tuple[Case, Results]], depth: int) -> float:
    right = [
        any(hit.docid in case.entries for hit in results.of_kind("entry")[:depth])
        for case, results in found
    ]
    return round(sum(right) / max(1, len(right)), 4)


def _articles(results: Results) -> set[int]:
    return {hit.article.id for hit in results.hits if hit.article}
