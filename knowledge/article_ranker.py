"""Orders articles: one network over all candidates, a second over the best of these."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from knowledge import priors
from knowledge.answered import Answered
from knowledge.cited import Cited
from knowledge.entries import Entry
from knowledge.errors import ContentError
from knowledge.index import Part
from knowledge.ranking import Candidates, Query, Ranking, candidates, rank
from knowledge.reranker import (
    RERANKER,
    Features,
    Network,
    Networks,
    common_features,
    likelihoods,
    ordered,
)
from knowledge.second_look import Places, second_look
from knowledge.statutes import Article


@dataclass(frozen=True)
class Known:
    """What is known of the articles before anything is asked.

    `facts` has a row per article: its priors and the logarithm of its length in characters.
    """

    facts: Features
    cited: Cited
    answered: Answered

    @classmethod
    def load(
        cls, encoder: Path, articles: Sequence[Article], entries: Sequence[Entry]
    ) -> "Known | None":
        """What lies beside an encoder, for these articles; None if it came without.

        Raises:
            ContentError: a file beside the encoder is not what training writes.
        """
        counted, answered = priors.load(encoder, articles), Answered.load(encoder, articles)
        if counted is None or answered is None:
            return None
        lengths = np.log1p(np.array([len(a.text) for a in articles], dtype=np.float32))
        facts = np.column_stack([counted, lengths])
        return cls(facts, Cited.of(entries, articles), answered)


@dataclass(frozen=True)
class ArticleRanker:
    """Ranks articles; `networks` are the first and the second."""

    ranking: Ranking
    networks: tuple[Network, Network] | None
    known: Known | None

    @classmethod
    def load(
        cls,
        ranking: Ranking,
        encoder: Path,
        articles: Sequence[Article],
        entries: Sequence[Entry],
    ) -> "ArticleRanker":
        """The ranker for an encoder: learnt if it came with one, otherwise the weighted sum.

        Raises:
            ContentError: a file beside the encoder is not what training writes.
        """
        networks = Networks.load(encoder)
        if networks is None:
            return cls(ranking, None, None)
        known = Known.load(encoder, articles, entries)
        if known is None:
            raise ContentError(f"{encoder}: {RERANKER} needs what train writes beside it")
        return cls(ranking, (networks.articles, networks.again), known)

    def rank(self, part: Part, query: Query) -> list[tuple[int, float]]:
        """Places of articles with their scores, best first."""
        if self.networks is None or self.known is None:
            return rank(part, query, self.ranking.articles)
        first, second = self.networks
        found, features = article_features(part, query, self.known)
        order, again = features_again(part, found, features, first, self.known)
        return ordered(found.rows[order], second.shares(again))

    def worth_naming(self, score: float) -> bool:
        """Whether an article may be named as possibly related, where no entry fits."""
        bands = self.ranking.likelihoods if self.networks else self.ranking.bands
        return score >= bands.name_article


def article_features(part: Part, query: Query, known: Known) -> tuple[Candidates, Features]:
    """The candidates and what the first network sees of them; one row each."""
    near = known.answered.near(query.vector)
    also = np.concatenate([known.cited.likely(likelihoods(query)), near.articles])
    found = candidates(part, query, also)
    columns = [common_features(found), known.facts[found.rows], near.features(found.rows)]
    return found, np.hstack(columns)


def features_again(
    part: Part, found: Candidates, features: Features, first: Network, known: Known
) -> tuple[Places, Features]:
    """The places among the candidates of the best by the first network, best first, and what the
    second sees of them; one row each.
    """
    order, seen = second_look(part, found.rows, first.shares(features), known.answered.laws)
    return order, np.hstack([seen, features[order]])
