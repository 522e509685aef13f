"""Orders the candidates of both searches by what each says of them, as learnt from questions.

A network of one small hidden layer over a dozen numbers per candidate: one network for entries,
two for articles (`article_ranker.py`). They replace the weighted sums where an encoder came with
them and cost a fraction of a millisecond. The score is a share of likelihood: those of all
candidates, and of "none of them" where that has been learnt, make one.
"""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.entry_scores import FILE
from knowledge.errors import ContentError
from knowledge.index import Part
from knowledge.ranking import (
    Bands,
    Candidates,
    Likelihoods,
    Query,
    Ranking,
    Rows,
    candidates,
    rank,
)

RERANKER = "reranker.json"  # beside the encoder
LONG_QUERY = 100  # characters; longer ones count as that long
LIKELY = 50  # entries that are candidates because the classifier names them
LEAST = 1e-6  # share that still has a logarithm
LENGTH = 13  # column of `entry_features`: how long the question is
BEST = [0, 2, 3, 4, 14]  # columns: coverage, the three cosines, the classifier's share
Features = NDArray[np.float32]


class Network(BaseModel):
    """Weights: features are centred and scaled, then one hidden layer with ReLU, then a sum.

    `none` is the score of "none of these"; absent where one of them always is the answer.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    centre: list[float]
    scale: list[float]
    hidden: list[list[float]]
    hidden_bias: list[float]
    out: list[float]
    none: float | None

    def shares(self, features: Features) -> Features:
        """Each row's share of likelihood; with that of "none of these" they make one."""
        centre, scale, hidden, bias, out = self._arrays
        layer = np.maximum((features - centre) / scale @ hidden.T + bias, 0)
        scores = layer @ out
        every = scores if self.none is None else np.append(scores, np.float32(self.none))
        likely = np.exp(every - every.max())
        return np.asarray(likely[: len(scores)] / likely.sum(), dtype=np.float32)

    @cached_property
    def _arrays(self) -> tuple[Features, ...]:
        numbers = (self.centre, self.scale, self.hidden, self.hidden_bias, self.out)
        return tuple(np.array(some, dtype=np.float32) for some in numbers)


class Networks(BaseModel):
    """The file beside the encoder.

    `again` orders the articles that `articles` puts first (`second_look`); `fits` says whether any
    entry fits, from `doubts`.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    articles: Network
    again: Network
    entries: Network
    fits: Network

    @classmethod
    def load(cls, encoder: Path) -> "Networks | None":
        """The networks beside an encoder, or None if it came without them.

        Raises:
            ContentError: the file is not what training writes.
        """
        path = encoder / RERANKER
        if not path.exists():
            return None
        try:
            return cls.model_validate(json.loads(path.read_text(encoding="utf-8")))
        except (ValueError, ValidationError) as error:
            raise ContentError(f"{path}: {error}") from error


@dataclass(frozen=True)
class EntryRanker:
    """Ranks entries."""

    ranking: Ranking
    networks: Networks | None

    @classmethod
    def load(cls, ranking: Ranking, encoder: Path) -> "EntryRanker":
        """The ranker for an encoder: learnt if it came with one, otherwise the weighted sum.

        Raises:
            ContentError: the networks are not what training writes.
        """
        return cls(ranking, Networks.load(encoder))

    def rank(self, part: Part, query: Query) -> list[tuple[int, float]]:
        """Places of entries with their scores, best first."""
        if self.networks is None:
            return rank(part, query, self.ranking.entries)
        found, features = entry_features(part, query)
        shares = self.networks.entries.shares(features)
        fits = self.networks.fits.shares(doubts(shares, features))
        return ordered(found.rows, _weighed(shares, found.rows, query) * fits)

    @property
    def bands(self) -> Bands | Likelihoods:
        """The thresholds that hold for this ranker's scores."""
        return self.ranking.likelihoods if self.networks else self.ranking.bands


def _weighed(shares: Features, rows: Rows, query: Query) -> Features:
    """The shares, with those of entries that citizens ask for often raised; their sum is kept."""
    if query.often is None:
        return shares
    weighed = shares * np.exp(query.often[rows])
    return np.asarray(weighed * (shares.sum() / max(float(weighed.sum()), LEAST)), dtype=np.float32)


def ordered(rows: Rows, shares: Features) -> list[tuple[int, float]]:
    """Places with their shares, best first."""
    order = np.argsort(-shares, kind="stable")
    return list(zip(rows[order].tolist(), shares[order].tolist(), strict=True))


def entry_features(part: Part, query: Query) -> tuple[Candidates, Features]:
    """The candidates and what the network for entries sees of them; one row each."""
    likely = likelihoods(query)
    found = candidates(part, query, np.argsort(-likely)[:LIKELY])
    length = np.full(len(found.rows), min(len(query.text), LONG_QUERY) / LONG_QUERY)
    shares = likely[found.rows]
    places = np.log1p(_places(likely))[found.rows]
    columns = [common_features(found), length, shares, shares - likely.max(), places]
    return found, np.column_stack(columns).astype(np.float32)


def doubts(shares: Features, features: Features) -> Features:
    """What the network that says whether any entry fits sees; one row.

    Args:
        shares: those of the candidates, by the network for entries.
        features: those of `entry_features`.
    """
    order = np.argsort(-shares, kind="stable")[:3]
    some = np.maximum(shares, LEAST)
    row = [
        *np.log(np.append(some[order], [LEAST, LEAST])[:2]),
        np.log(some[order].sum()),
        -(some * np.log(some)).sum(),
        *features[order[0], BEST],
        *features[:, BEST].max(axis=0),
        features[0, LENGTH],
    ]
    return np.array([row], dtype=np.float32)


def likelihoods(query: Query) -> Features:
    """The logarithm of each entry's share by the classifier.

    Raises:
        ContentError: the encoder came without one.
    """
    if query.likely is None:
        raise ContentError(
            f"{RERANKER} needs {FILE} beside it: run python -m knowledge train-entries"
        )
    return query.likely


def common_features(found: Candidates) -> Features:
    """What both searches say of each candidate, also in relation to the others."""
    words, meaning = _places(found.coverage), _places(found.cosine)
    return np.column_stack(
        [
            found.coverage,
            found.synonyms,
            found.cosine,
            found.text_cosine,
            found.asked_cosine,
            found.coverage - found.coverage.max(),
            found.cosine - found.cosine.max(),
            found.text_cosine - found.text_cosine.max(),
            found.asked_cosine - found.asked_cosine.max(),
            np.log1p(words),
            np.log1p(meaning),
            1 / (3 + words),
            1 / (3 + meaning),
        ]
    ).astype(np.float32)


def _places(scores: Features) -> Features:
    """The place of each score, 0 for the highest."""
    places = np.empty(len(scores), dtype=np.float32)
    places[np.argsort(-scores, kind="stable")] = np.arange(len(scores))
    return places
