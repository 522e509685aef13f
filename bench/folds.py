"""Article search on questions never learnt from, fold by fold, and what each stage adds.

Usage: python bench/folds.py ENCODER ENCODER …
Each ENCODER was trained with `python -m knowledge train --hold-out N`, N from 0 to 4, and then
`train-entries --hold-out N`. The questions held out of one are searched with it and with a
re-ranking network learnt on the others' questions.
"""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from knowledge import cited, fuse, lay_questions, priors
from knowledge.cited import Cited
from knowledge.encode import Encoder
from knowledge.entries import Entry, load_all
from knowledge.evaluate import measure, read_queries
from knowledge.fuse import Example
from knowledge.index import Part
from knowledge.lay_questions import Asked
from knowledge.lexical import LexicalIndex
from knowledge.ranking import Candidates, Ranking, Reader
from knowledge.reranker import Features, article_facts, article_features
from knowledge.settings import Settings
from knowledge.statutes import Article, Statutes
from knowledge.train import HELD_OUT

COMMON = 13  # columns of `common_features`; those of the priors follow
SYNONYMS, ASKED = [1], [4, 8]
PRIORS = list(range(COMMON, COMMON + priors.COLUMNS))
CITED = [PRIORS[-1] + 2 + n for n in range(cited.COLUMNS)]  # behind the article's length
NAMES = ("recall@5", "recall@10", "recall@30", "recall@100", "mrr@10")
Score = Callable[[Features], Features]


class Fold:
    """One encoder's held-out questions with their candidates."""

    def __init__(
        self,
        encoder: Path,
        articles: Sequence[Article],
        entries: Sequence[Entry],
        asked: Asked,
        lexical: LexicalIndex | None,
    ) -> None:
        self.questions = read_queries(encoder / HELD_OUT)
        self._ids = np.array([article.id for article in articles])
        model = Encoder(str(encoder))
        self._part = Part.of_articles(articles, model, asked, lexical)
        reader = Reader.load(Settings().content_dir, model, entries)
        facts, citations = article_facts(encoder, articles), Cited.of(entries, articles)
        self._found: dict[str, tuple[Candidates, Example]] = {}
        for text, relevant in self.questions:
            found, features = article_features(self._part, reader.read(text), facts, citations)
            right = np.isin(self._ids[found.rows], list(relevant)).astype(np.float32)
            self._found[text] = (found, Example(features, right))

    @property
    def lexical(self) -> LexicalIndex:
        """The word index, the same for every encoder."""
        return self._part.lexical

    @property
    def examples(self) -> list[Example]:
        """Those with a right candidate, to learn from."""
        return [example for _, example in self._found.values() if example.right.any()]

    @property
    def reached(self) -> float:
        """Share of right articles among the candidates."""
        shares = [self._found[q][1].right.sum() / len(ids) for q, ids in self.questions]
        return float(np.mean(shares))

    def ranked(self, score: Score) -> dict[str, float]:
        """Measure an order of the candidates."""
        return measure(lambda question: self._best(question, score), self.questions)

    def bm25(self) -> dict[str, float]:
        """Measure BM25 alone."""
        return measure(self._words, self.questions)

    def _best(self, question: str, score: Score) -> list[int]:
        found, example = self._found[question]
        order = np.argsort(-score(example.features), kind="stable")
        return [int(n) for n in self._ids[found.rows[order]][:100]]

    def _words(self, question: str) -> list[int]:
        order = np.argsort(-self._part.lexical.scores(question), kind="stable")
        return [int(n) for n in self._ids[order][:100]]


def every(
    encoders: Sequence[str], articles: Sequence[Article], entries: Sequence[Entry], asked: Asked
) -> list[Fold]:
    """The folds of all encoders."""
    folds: list[Fold] = []
    for encoder in encoders:
        lexical = folds[0].lexical if folds else None
        folds.append(Fold(Path(encoder), articles, entries, asked, lexical))
    return folds


def learnt(folds: Sequence[Fold], without: Sequence[int] = ()) -> list[dict[str, float]]:
    """Each fold measured with a network learnt on the others, some columns left out."""
    columns = [n for n in range(CITED[-1] + 1) if n not in without]
    rows = []
    for fold in folds:
        others = [e for other in folds if other is not fold for e in other.examples]
        kept = [Example(e.features[:, columns], e.right) for e in others]
        network = fuse.learn(kept, none=False)
        rows.append(fold.ranked(lambda f, n=network: n.shares(f[:, columns])))  # type: ignore[misc]
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
    asked = lay_questions.load(settings.content_dir, articles)
    entries = load_all(settings.entries_dir)
    folds, plain = (every(sys.argv[1:], articles, entries, some) for some in (asked, {}))
    print(" " * 44, *NAMES)
    full = learnt(folds)
    for encoder, fold, row in zip(sys.argv[1:], folds, full, strict=True):
        print(f"{encoder}, {len(fold.questions)} questions, {fold.reached:.3f} among candidates")
        show("  bm25", [fold.bm25()])
        show("  dense", [fold.ranked(lambda f: f[:, 2])])
        show("  hybrid", [row])
    print("mean over folds")
    show("bm25, articles alone", [fold.bm25() for fold in plain])
    show("bm25, with everyday questions", [fold.bm25() for fold in folds])
    show("dense, articles alone", [fold.ranked(lambda f: f[:, 2]) for fold in plain])
    show("dense, with everyday questions", [fold.ranked(lambda f: f[:, 2]) for fold in folds])
    show("both, weighted sum", [fold.ranked(weighted) for fold in folds])
    show("network, no everyday questions, no priors", learnt(plain, [*ASKED, *PRIORS]))
    show("network, no everyday questions", learnt(plain, ASKED))
    show("network, no priors", learnt(folds, PRIORS))
    show("network, nothing of what entries cite", learnt(folds, CITED))
    show("network, no synonyms", learnt(folds, SYNONYMS))
    show("network (hybrid)", full)


if __name__ == "__main__":
    main()
