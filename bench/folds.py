"""Article search on questions never learnt from, fold by fold, and what each stage adds.

Usage: python bench/folds.py ENCODER ENCODER …
Each ENCODER was trained with `python -m knowledge train --hold-out N`, N from 0 to 4, and then
`train-entries --hold-out N`. The questions held out of one are searched with it and with
re-ranking networks learnt on the others' questions: what ships, but for the one fold.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from knowledge import priors
from knowledge.entries import load_all
from knowledge.evaluate import measure, read_queries
from knowledge.fuse_articles import Searched, article_parts, learn_order, searched
from knowledge.index import Part
from knowledge.learning import Example, learn
from knowledge.ranking import Ranking
from knowledge.reranker import Features
from knowledge.settings import Settings
from knowledge.statutes import Article, Statutes
from knowledge.train import HELD_OUT

COMMON = 13  # columns of `common_features`; those of the priors and the length follow
SYNONYMS, ASKED = [1], [4, 8]
PRIORS = list(range(COMMON, COMMON + priors.COLUMNS))
ANSWERED = [PRIORS[-1] + 2 + n for n in range(4)]  # behind the article's length
COLUMNS = ANSWERED[-1] + 1
NAMES = ("recall@5", "recall@10", "recall@30", "recall@100", "mrr@10")
Order = Callable[[Searched], list[int]]  # the places of articles, best first


class Fold:
    """One encoder's held-out questions with their candidates."""

    def __init__(self, part: Part, questions: list[Searched], encoder: Path, ids: Features) -> None:
        self.asked = read_queries(encoder / HELD_OUT)
        self.questions = questions
        self._part, self._ids = part, ids
        self._found = {text: q for (text, _), q in zip(self.asked, questions, strict=True)}

    @property
    def reached(self) -> float:
        """Share of right articles among the candidates."""
        pairs = zip(self.asked, self.questions, strict=True)
        return float(np.mean([q.example.right.sum() / len(ids) for (_, ids), q in pairs]))

    def ranked(self, order: Order) -> dict[str, float]:
        """Measure an order of the candidates."""
        return measure(lambda text: self._named(order(self._found[text])), self.asked)

    def bm25(self) -> dict[str, float]:
        """Measure BM25 alone."""
        return measure(lambda text: self._named(self._words(text)), self.asked)

    def _words(self, question: str) -> list[int]:
        order = np.argsort(-self._part.lexical.scores(question), kind="stable")
        return [int(place) for place in order[:100]]

    def _named(self, places: Sequence[int]) -> list[int]:
        return [int(self._ids[place]) for place in places[:100]]


def every(encoders: Sequence[Path], articles: Sequence[Article], settings: Settings) -> list[Fold]:
    """The folds of all encoders."""
    entries, content = load_all(settings.entries_dir), settings.content_dir
    ids = np.array([article.id for article in articles])
    return [
        Fold(part, searched(articles, entries, part, encoder, content), encoder, ids)
        for encoder, part in zip(encoders, article_parts(articles, encoders, content), strict=True)
    ]


def by(score: Callable[[Features], Features]) -> Order:
    """The order by a score of the first network's features."""

    def order(question: Searched) -> list[int]:
        best = np.argsort(-score(question.example.features), kind="stable")
        return [int(place) for place in question.found.rows[best]]

    return order


def taught(folds: Sequence[Fold], but: Fold) -> list[Searched]:
    """The questions of the other folds."""
    return [question for fold in folds if fold is not but for question in fold.questions]


def once(folds: Sequence[Fold], without: Sequence[int] = ()) -> list[dict[str, float]]:
    """Each fold measured with a first network learnt on the others, some columns left out."""
    columns = [n for n in range(COLUMNS) if n not in without]
    rows = []
    for fold in folds:
        examples = [question.example for question in taught(folds, fold)]
        kept = [Example(e.features[:, columns], e.right) for e in examples if e.right.any()]
        network = learn(kept, none=False)
        rows.append(fold.ranked(by(lambda f, n=network: n.shares(f[:, columns]))))  # type: ignore[misc]
    return rows


def twice(folds: Sequence[Fold]) -> list[dict[str, float]]:
    """Each fold measured with both networks learnt on the others, as what ships."""
    rows = []
    for fold in folds:
        first, second = learn_order(taught(folds, fold))

        def order(question: Searched) -> list[int]:
            places, example = question.again(first)  # noqa: B023
            best = np.argsort(-second.shares(example.features), kind="stable")  # noqa: B023
            return [int(place) for place in places[best]]

        rows.append(fold.ranked(order))
    return rows


def show(name: str, rows: Sequence[dict[str, float]]) -> None:
    """Print the mean over folds."""
    mean = [np.mean([row[key] for row in rows]) for key in NAMES]
    print(f"{name:44}", *(f"{value:.3f}" for value in mean), flush=True)


def weighted(features: Features) -> Features:
    """The weighted sum that stands in for the network with other encoders."""
    weights = Ranking.load(Settings().content_dir).articles
    lexical = features[:, 0] + weights.synonyms * features[:, 1]
    return np.asarray(weights.lexical * lexical + (1 - weights.lexical) * features[:, 2])


def main() -> None:
    """Print the tables."""
    settings = Settings()
    if settings.statutes_path is None or len(sys.argv) < 3:
        sys.exit(__doc__)
    articles = Statutes.load(settings.statutes_path).articles
    folds = every([Path(name) for name in sys.argv[1:]], articles, settings)
    print(" " * 44, *NAMES)
    full = twice(folds)
    for name, fold, row in zip(sys.argv[1:], folds, full, strict=True):
        print(f"{name}, {len(fold.asked)} questions, {fold.reached:.3f} among candidates")
        show("  bm25", [fold.bm25()])
        show("  dense", [fold.ranked(by(lambda f: f[:, 2]))])
        show("  hybrid", [row])
    print("mean over folds")
    show("bm25", [fold.bm25() for fold in folds])
    show("dense", [fold.ranked(by(lambda f: f[:, 2])) for fold in folds])
    show("both, weighted sum", [fold.ranked(by(weighted)) for fold in folds])
    show("first network, no nearest everyday question", once(folds, ASKED))
    show("first network, no priors", once(folds, PRIORS))
    show("first network, no answered questions", once(folds, ANSWERED))
    show("first network", once(folds))
    show("second network (hybrid)", full)


if __name__ == "__main__":
    main()
