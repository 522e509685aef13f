"""Orders the candidates of both searches by what each says of them, as learnt from questions.

A network of one small hidden layer over a dozen numbers per candidate. It replaces the weighted
sum where an encoder came with one; it costs a fraction of a millisecond.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge import priors
from knowledge.errors import ContentError
from knowledge.index import Part
from knowledge.ranking import Candidates, Query, Ranking, candidates, rank
from knowledge.statutes import Article

RERANKER = "reranker.json"  # beside the encoder
FEATURES = (
    "coverage",
    "synonym coverage",
    "cosine",
    "law prior",
    "article prior, checked",
    "article prior, other",
    "coverage behind the best",
    "cosine behind the best",
    "rank by words",
    "rank by meaning",
    "reciprocal rank by words",
    "reciprocal rank by meaning",
    "length",
)
Features = NDArray[np.float32]


class Network(BaseModel):
    """Weights: features are centred and scaled, then one hidden layer with ReLU, then a sum."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    centre: list[float]
    scale: list[float]
    hidden: list[list[float]]
    hidden_bias: list[float]
    out: list[float]

    def scores(self, features: Features) -> Features:
        """One number per row of features; higher is better."""
        centred = (features - _array(self.centre)) / _array(self.scale)
        layer = np.maximum(centred @ _array(self.hidden).T + _array(self.hidden_bias), 0)
        return np.asarray(layer @ _array(self.out), dtype=np.float32)


def _array(numbers: list[float] | list[list[float]]) -> Features:
    return np.array(numbers, dtype=np.float32)


@dataclass(frozen=True)
class Reranker:
    """The network with what it needs to know of the articles that are searched."""

    network: Network
    priors: priors.Columns
    lengths: Features

    @classmethod
    def load(cls, encoder: Path, articles: Sequence[Article]) -> "Reranker | None":
        """The re-ranker beside an encoder, or None if it came without one.

        Raises:
            ContentError: its file is not what training writes.
        """
        path = encoder / RERANKER
        known = priors.load(encoder, articles)
        if known is None or not path.exists():
            return None
        try:
            network = Network.model_validate(json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, ValidationError) as error:
            raise ContentError(f"{path}: {error}") from error
        return cls(network, known, lengths(articles))

    def rank(self, part: Part, query: Query) -> list[tuple[int, float]]:
        """Articles with their share of likelihood among the candidates, best first."""
        found = candidates(part, query)
        scores = self.network.scores(features(found, self.priors, self.lengths))
        likely = np.exp(scores - scores.max())
        likely /= likely.sum()
        order = np.argsort(-likely, kind="stable")
        return [(int(found.rows[n]), float(likely[n])) for n in order]


def rank_articles(
    part: Part, query: Query, ranking: Ranking, reranker: Reranker | None
) -> list[tuple[int, float]]:
    """Articles with their scores, best first; the weighted sum where there is no re-ranker."""
    return reranker.rank(part, query) if reranker else rank(part, query, ranking.articles)


def lengths(articles: Sequence[Article]) -> Features:
    """The logarithm of each article's length in characters."""
    return np.log1p(np.array([len(a.text) for a in articles], dtype=np.float32))


def features(found: Candidates, known: priors.Columns, length: Features) -> Features:
    """What the network sees; shape (candidates, `FEATURES`)."""
    words = _places(found.coverage)
    meaning = _places(found.cosine)
    return np.column_stack(
        [
            found.coverage,
            found.synonyms,
            found.cosine,
            known[found.rows],
            found.coverage - found.coverage.max(),
            found.cosine - found.cosine.max(),
            np.log1p(words),
            np.log1p(meaning),
            1 / (3 + words),
            1 / (3 + meaning),
            length[found.rows],
        ]
    ).astype(np.float32)


def _places(scores: Features) -> Features:
    """The place of each score, 0 for the highest."""
    places = np.empty(len(scores), dtype=np.float32)
    places[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    return places
