"""Which articles the entries cite: what a question is about says which articles it needs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.entries import Entry
from knowledge.statutes import Article

LIKELIEST = 8  # entries whose articles are looked at whatever else finds them
Floats = NDArray[np.float32]
Places = NDArray[np.int64]


@dataclass(frozen=True)
class Cited:
    """Citations: `entries[n]` cites `articles[n]`."""

    entries: Places
    articles: Places

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
        return cls(both[:, 0], both[:, 1])

    def likely(self, logarithms: Floats) -> Places:
        """The articles that the likeliest entries cite."""
        best = np.argsort(-logarithms, kind="stable")[:LIKELIEST]
        return np.unique(self.articles[np.isin(self.entries, best)])
