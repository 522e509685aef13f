"""Retrieval quality over statute articles: word search, meaning search, and both."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge import lay_questions
from knowledge.article_ranker import ArticleRanker
from knowledge.encode import Encoder
from knowledge.entries import load_all
from knowledge.errors import ContentError
from knowledge.index import Part
from knowledge.ranking import Ranking, Reader
from knowledge.statutes import Statutes

DEPTHS = (5, 10, 30, 100)
Method = Callable[[str], list[int]]


def read_queries(path: Path) -> list[tuple[str, frozenset[int]]]:
    """Questions with the ids of the articles that answer them.

    Raises:
        ContentError: a line is not `{"query", "relevant": [ids]}`.
    """
    queries = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            queries.append((str(row["query"]), frozenset(map(int, row["relevant"]))))
        except (ValueError, KeyError, TypeError) as error:
            raise ContentError(f"{path}:{number}: not a query ({error!r})") from error
    return [query for query in queries if query[1]]


class Methods:
    """The three ways of ranking all articles, each giving at most 100 article ids."""

    def __init__(self, statutes: Statutes, part: Part, model: str, content: Path) -> None:
        self._articles = statutes.articles
        self._part = part
        entries = load_all(content / "entries")
        self._reader = Reader.load(content, Encoder(model), entries)
        ranking = Ranking.load(content)
        self._ranker = ArticleRanker.load(ranking, Path(model), statutes.articles, entries)

    def bm25(self, question: str) -> list[int]:
        """BM25 alone over the question as it was asked."""
        scores = self._part.lexical.scores(question)
        return self._ids(np.argsort(-scores, kind="stable"))

    def dense(self, question: str) -> list[int]:
        """The encoder alone."""
        vector = self._reader.read(question).vector
        return self._ids(self._part.dense.nearest(vector, DEPTHS[-1]))

    def hybrid(self, question: str) -> list[int]:
        """What the product does."""
        query = self._reader.read(question)
        ranked = self._ranker.rank(self._part, query)
        return self._ids([place for place, _ in ranked])

    def _ids(self, places: Sequence[int] | NDArray[np.int64]) -> list[int]:
        return [self._articles[int(place)].id for place in places[: DEPTHS[-1]]]


def measure(method: Method, queries: Sequence[tuple[str, frozenset[int]]]) -> dict[str, float]:
    """Mean recall at each depth, and mean reciprocal rank of the first right one in ten."""
    found = {f"recall@{depth}": 0.0 for depth in DEPTHS} | {"mrr@10": 0.0}
    for question, relevant in queries:
        ids = method(question)
        for depth in DEPTHS:
            found[f"recall@{depth}"] += len(relevant & set(ids[:depth])) / len(relevant)
        first = next((n for n, found_id in enumerate(ids[:10], 1) if found_id in relevant), None)
        found["mrr@10"] += 1 / first if first else 0.0
    return {name: round(total / max(1, len(queries)), 4) for name, total in found.items()}


def evaluate(
    statutes: Statutes, queries: Sequence[tuple[str, frozenset[int]]], model: str, content: Path
) -> dict[str, dict[str, float]]:
    """Quality of each method; all articles are searched, superseded ones too."""
    asked = lay_questions.load(content, statutes.articles)
    part = Part.of_articles(statutes.articles, Encoder(model), asked)
    methods = Methods(statutes, part, model, content)
    return {name: measure(getattr(methods, name), queries) for name in ("bm25", "dense", "hybrid")}
