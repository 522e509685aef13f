"""Which articles the entries cite: what a question is about says which articles it needs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.entries import Entry
from knowledge.statutes import Article

LIKELIEST = 8  # entries whose articles are looked at whatever else finds them
LEAST = 1e-3  # share, so that an article cited by none still has a logarithm
COLUMNS = 3
Floats = NDArray[np.float32]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Cited:
    """Citations: `entries[n]` cites `articles[n]`; `laws` numbers the law of every article."""

    entries: Places
    articles: Places
    laws: Places

    @classmethod
    def of(cls, entries: Sequence[Entry], articles: Sequence[Article]) -> "Cited":
        """The citations of entries, by places; superseded articles do not count."""
        places = {(a.law, a.article): n for n, a in enumerate(articles) if not a.superseded}
        pairs = [
            (number, places[name])
            for number, entry in enumerate(entries)
            for name in dict.fromkeys((c.law, c.article) for c in entry.meta.citations)
            if name in places
        ]
        both = np.array(pairs, dtype=np.int64).reshape(-1, 2)
        names = [article.law for article in articles]
        laws = np.unique(names, return_inverse=True)[1].astype(np.int64)
        return cls(both[:, 0], both[:, 1], laws)

    def likely(self, logarithms: Floats) -> Places:
        """The articles that the likeliest entries cite."""
        best = np.argsort(-logarithms, kind="stable")[:LIKELIEST]
        return np.unique(self.articles[np.isin(self.entries, best)])

    def features(self, logarithms: Floats, rows: Places) -> Floats:
        """Logarithms of shares of likelihood, shape (rows, 3).

        The likeliest entry that cites the article; all that cite it; all that cite its law, each
        counting for the share of its citations that lie there.
        """
        shares = np.exp(logarithms)[self.entries]
        most = np.zeros(len(self.laws), dtype=np.float32)
        total = np.zeros_like(most)
        np.maximum.at(most, self.articles, shares)
        np.add.at(total, self.articles, shares)
        spread = shares / np.bincount(self.entries, minlength=len(logarithms))[self.entries]
        of_laws = np.bincount(self.laws[self.articles], weights=spread, minlength=len(self.laws))
        columns: Floats = np.column_stack([most[rows], total[rows], of_laws[self.laws[rows]]])
        return np.asarray(np.log(columns + LEAST), dtype=np.float32)
