"""Fusion of word search and meaning search into one score."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge import strict_yaml
from knowledge.encode import Encoder, Vectors
from knowledge.entries import Entry
from knowledge.entry_scores import EntryScores
from knowledge.errors import ContentError
from knowledge.index import Part
from knowledge.lexical import tokens
from knowledge.normalise import Words, plain

CANDIDATES = 300  # documents taken from each search before fusion
WAYS = 200  # nearest known ways of asking that are looked at
OFFERED = 3  # entries to choose from when the question is asked back
SYNONYM_SHARE = 0.2  # of legal terms for everyday words, when candidates are chosen by words
CONTEXT_WEIGHT = 0.5  # of the question before, against 1 for the one asked
Scores = NDArray[np.float32]
Rows = NDArray[np.int64]


class Weights(BaseModel):
    """Share of the lexical score (the dense one gets the rest), and of synonyms in it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lexical: float
    synonyms: float


class Bands(BaseModel):
    """When to answer, when to ask back, and when to say "not sure".

    `answer` and `ask_back` are scores of the best entry; to be answered, it must also be
    `clear_by` ahead of the next one. Below that, asking back costs less than a wrong answer.
    Where no entry is sure enough for either, `suggest` is the score of the best from which the
    nearest are suggested all the same, and `name_article` that of an article worth naming.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    answer: float
    ask_back: float
    clear_by: float
    suggest: float
    name_article: float

    def of(self, scores: Sequence[float]) -> str:
        """The band for the entries' scores, best first."""
        best, second = (*scores, 0.0, 0.0)[:2]
        if best >= self.answer and best - second >= self.clear_by:
            return "answer"
        return "ask_back" if best >= self.ask_back else "not_sure"

    def suggests(self, scores: Sequence[float]) -> bool:
        """Whether the nearest entries are worth suggesting."""
        return max(scores, default=0.0) >= self.suggest


class Likelihoods(BaseModel):
    """The same decision where a network gives shares of likelihood instead of scores.

    `answer`: share of the best entry. `ask_back`, `suggest`: that of the three that are offered.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    answer: float
    ask_back: float
    suggest: float
    name_article: float

    def of(self, shares: Sequence[float]) -> str:
        """The band for the entries' shares, best first."""
        if max(shares, default=0.0) >= self.answer:
            return "answer"
        return "ask_back" if sum(shares[:OFFERED]) >= self.ask_back else "not_sure"

    def suggests(self, shares: Sequence[float]) -> bool:
        """Whether the nearest entries are worth suggesting."""
        return sum(shares[:OFFERED]) >= self.suggest


class FurtherWeights(BaseModel):
    """How an entry's further questions are weighed against each other and against none of them.

    A question scores the cosine of its nearest way of asking, and that of its answer times
    `answer_text`; "none of these" scores `none`. Shares of likelihood are those of the scores times
    `sharpness`. `answer`: the share of the best. `ask_back`: that of the three that are offered.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    answer_text: float
    none: float
    sharpness: float
    answer: float
    ask_back: float


class Ranking(BaseModel):
    """The weights and thresholds of `ranking.yml`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    articles: Weights
    entries: Weights
    bands: Bands
    likelihoods: Likelihoods
    further: FurtherWeights

    @classmethod
    def load(cls, content: Path) -> "Ranking":
        """Read `ranking.yml`.

        Raises:
            ContentError: a key is missing or unknown.
        """
        path = content / "ranking.yml"
        try:
            return cls.model_validate(strict_yaml.read(path))
        except ValidationError as error:
            raise ContentError(f"{path}: {error}") from error


@dataclass(frozen=True)
class Query:
    """A question made ready: plain text, legal terms for its everyday words, and its vector.

    `likely` holds the logarithm of each entry's share of likelihood by the classifier of entries,
    `often` what each gains because citizens ask for it often; None for an encoder that came without
    the classifier.
    """

    text: str
    terms: str
    vector: Vectors
    likely: Scores | None = None
    often: Scores | None = None

    @cached_property
    def words(self) -> list[str]:
        """The words and pairs of characters of the text; cut once, looked for in every part."""
        return tokens(self.text)

    def after(self, context: "Query") -> "Query":
        """This question, understood as following another one."""
        vector = self.vector + np.float32(CONTEXT_WEIGHT) * context.vector
        vector /= max(float(np.linalg.norm(vector)), 1e-6)
        terms = f"{self.terms} {context.terms}".strip()
        likely = None
        if self.likely is not None and context.likely is not None:
            likely = self.likely + np.float32(CONTEXT_WEIGHT) * context.likely
            likely -= np.log(np.exp(likely - likely.max()).sum()) + likely.max()
        return Query(f"{self.text} {context.text}", terms, vector, likely, self.often)


class Reader:
    """Makes queries ready."""

    def __init__(self, words: Words, encoder: Encoder, entries: EntryScores | None = None) -> None:
        self._words = words
        self._encoder = encoder
        self.entry_scores = entries

    @classmethod
    def load(cls, content: Path, encoder: Encoder, entries: Sequence[Entry]) -> "Reader":
        """A reader with the words of a content folder and what lies beside the encoder.

        Raises:
            ContentError: one of these files is broken.
        """
        words = Words.load(content)
        return cls(words, encoder, EntryScores.load(Path(encoder.name), entries, words))

    def text(self, question: str) -> str:
        """The question as it is searched, and compared with known ways of asking."""
        return self._words.without_fillers(plain(question))

    def read(self, question: str) -> Query:
        """A question as a query."""
        text = self.text(question)
        terms = " ".join(self._words.legal_terms(text))
        vector = self._encoder.encode([text])[0]
        if self.entry_scores is None:
            return Query(text, terms, vector)
        return Query(text, terms, vector, self.entry_scores.of(text), self.entry_scores.often)

    def meanings(self, texts: Sequence[str]) -> Vectors:
        """Unit vectors of texts, as the classifier of entries reads them; shape (texts, size).

        Those of the encoder where it came without the classifier.
        """
        ready = [self.text(text) for text in texts]
        if self.entry_scores is None:
            return self._encoder.encode(ready)
        return np.array([self.entry_scores.vector(text) for text in ready], dtype=np.float32)


@dataclass(frozen=True)
class Candidates:
    """Documents that either search found, and what both say of each; one place per document.

    `coverage` and `synonyms` are shares of the rare words of the query, and of the legal terms for
    its everyday words, that the document has; `cosine` is that of the vectors, `text_cosine`
    that of the text alone, `asked_cosine` that of the nearest known way of asking for it. Where
    none is among the nearest of all, `asked_cosine` is that of the last of those.
    """

    rows: Rows
    coverage: Scores
    synonyms: Scores
    cosine: Scores
    text_cosine: Scores
    asked_cosine: Scores


def candidates(part: Part, query: Query, also: Rows | None = None) -> Candidates:
    """The documents worth ranking: the best of each search, in the order of the index.

    Args:
        part: the documents.
        query: the question.
        also: rows that are worth ranking whatever the searches say.
    """
    coverage = part.lexical.coverage(query.words)
    synonyms = np.zeros_like(coverage)
    if query.terms:
        synonyms = part.lexical.coverage(tokens(query.terms), query.words)
    count = min(CANDIDATES, len(coverage))
    best_words = np.argpartition(-(coverage + SYNONYM_SHARE * synonyms), count - 1)[:count]
    asked = _nearest_ways(part, query)
    found = (
        best_words,
        part.dense.nearest(query.vector, count),
        np.flatnonzero(asked > asked.min()),
        *(() if also is None else (also,)),
    )
    rows = np.unique(np.concatenate(found))
    cosine = part.dense.cosines(query.vector, rows)
    text_cosine = part.texts.cosines(query.vector, rows)
    return Candidates(rows, coverage[rows], synonyms[rows], cosine, text_cosine, asked[rows])


def _nearest_ways(part: Part, query: Query) -> Scores:
    """For each document, the cosine of the nearest way of asking for it; see `Candidates`."""
    nearest = np.zeros(len(part.texts.vectors), dtype=np.float32)
    if part.asking is None:
        return nearest
    ways = part.asking.dense.nearest(query.vector, WAYS)
    if not len(ways):  # a question of which the encoder knows no piece has no direction
        return nearest
    cosines = part.asking.dense.cosines(query.vector, ways)
    nearest[:] = cosines.min()
    np.maximum.at(nearest, part.asking.owners[ways], cosines)
    return nearest


def rank(part: Part, query: Query, weights: Weights) -> list[tuple[int, float]]:
    """Documents with their scores, best first.

    A score is a weighted mean of the share of the query's rare words that a document has, and its
    cosine. Scores of different parts can be compared.
    """
    found = candidates(part, query)
    lexical = found.coverage + weights.synonyms * found.synonyms
    scores = weights.lexical * lexical + (1 - weights.lexical) * found.cosine
    order = np.argsort(-scores, kind="stable")
    return [(int(found.rows[n]), float(scores[n])) for n in order]
