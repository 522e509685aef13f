"""Which articles answered the training questions that are most like the one asked.

Only numbers lie beside the encoder: a vector of each question in whole numbers of one byte, and
which articles answered it; the questions themselves do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge.errors import ContentError
from knowledge.statutes import Article

FILE = "answered.npz"  # beside the encoder
NEAREST = 20  # questions whose answers are looked at
WIDTH = 0.1  # of a cosine, in which a question's weight falls to a third
LEAST = 1e-3  # weight, so that an article that answered none still has a logarithm
Floats = NDArray[np.float32]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Near:
    """What the nearest questions say.

    `articles` are those that answered them. For each numbered answer, and last for all other
    articles, `cosine` is that of the nearest question it answered (of the last of the nearest
    where it answered none) and `own` the weight of all that it answered; `of_law` is the weight of
    all that a law answered.
    """

    answered: "Answered"
    articles: Places
    cosine: Floats
    own: NDArray[np.float64]
    of_law: NDArray[np.float64]

    def features(self, rows: Places) -> Floats:
        """Four numbers on each of some articles, a row each."""
        numbers, laws = self.answered.numbers[rows], self.answered.laws[rows]
        cosine = self.cosine[numbers]
        weights = np.log(np.stack([self.own[numbers], self.of_law[laws]]) + LEAST)
        columns = [cosine, cosine - self.cosine.max(), *weights]
        return np.column_stack(columns).astype(np.float32)


@dataclass(frozen=True)
class Answered:
    """Unit vectors of questions; `questions[n]` was answered by `articles[n]`.

    `laws` numbers the law of every article, `numbers` the articles that are answers, and gives all
    others one number more. Question `law_questions[n]` was answered from the law numbered
    `law_answers[n]`, each pair once.
    """

    vectors: Floats
    questions: Places
    articles: Places
    numbers: Places
    laws: Places
    law_questions: Places
    law_answers: Places

    @classmethod
    def load(cls, encoder: Path, articles: Sequence[Article]) -> "Answered | None":
        """What `save` wrote, for the articles at hand; None if the encoder came without it.

        Raises:
            ContentError: the file is not what `save` writes.
        """
        path = encoder / FILE
        if not path.exists():
            return None
        try:
            with np.load(path) as kept:
                vectors = kept["vectors"].astype(np.float32)
                questions, names = kept["questions"].astype(np.int64), kept["names"]
                numbered = kept["articles"].astype(np.int64)
        except (KeyError, ValueError, OSError) as error:
            raise ContentError(f"{path}: not what training writes ({error!r})") from error
        vectors /= np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-6)
        places = {_name(article): place for place, article in enumerate(articles)}
        known = np.array([places.get(str(name), -1) for name in names], dtype=np.int64)[numbered]
        questions, known = questions[known >= 0], known[known >= 0]
        laws = np.unique([a.law for a in articles], return_inverse=True)[1].astype(np.int64)
        pairs = np.unique(np.column_stack([questions, laws[known]]), axis=0)
        answers = np.unique(known)
        numbers = np.full(len(articles), len(answers))
        numbers[answers] = np.arange(len(answers))
        return cls(vectors, questions, known, numbers, laws, pairs[:, 0], pairs[:, 1])

    def near(self, vector: Floats) -> Near:
        """What the questions nearest to a unit vector say."""
        cosines = self.vectors @ vector
        nearest = np.zeros(len(cosines), dtype=bool)
        nearest[np.argsort(-cosines, kind="stable")[:NEAREST]] = True
        weights = np.exp((cosines - 1) / WIDTH)
        here, of_law = nearest[self.questions], nearest[self.law_questions]
        articles, questions = self.articles[here], self.questions[here]
        numbers, (others, laws) = self.numbers[articles], self._most
        best = np.full(others + 1, cosines[nearest].min(), dtype=np.float32)
        np.maximum.at(best, numbers, cosines[questions])
        own = np.bincount(numbers, weights[questions], others + 1)
        by_law = np.bincount(self.law_answers[of_law], weights[self.law_questions[of_law]], laws)
        return Near(
            self, np.unique(articles), best, own.astype(np.float64), by_law.astype(np.float64)
        )

    @cached_property
    def _most(self) -> tuple[int, int]:
        """The highest number of an article, and how many laws there are."""
        return int(self.numbers.max(initial=0)), int(self.laws.max(initial=0)) + 1


def save(
    encoder: Path,
    vectors: Floats,
    answers: Sequence[Sequence[int]],
    articles: Sequence[Article],
) -> None:
    """Write questions beside the encoder; each vector is scaled to whole numbers to ±127.

    Args:
        encoder: its folder.
        vectors: one a question.
        answers: the places of the articles that answer each.
        articles: what these places point into.
    """
    pairs = [(n, place) for n, some in enumerate(answers) for place in some]
    questions, places = np.array(pairs, dtype=np.int64).reshape(-1, 2).T
    known, numbers = np.unique(places, return_inverse=True)
    scale = np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-6) / 127
    np.savez_compressed(
        encoder / FILE,
        vectors=np.round(vectors / scale).astype(np.int8),
        questions=questions.astype(np.int16),
        articles=numbers.astype(np.int16),
        names=np.array([_name(articles[place]) for place in known]),
    )


def _name(article: Article) -> str:
    return f"{article.law}\t{article.version}\t{article.article}"
