"""What the first order of the articles says of each: a second network orders the best again.

An article gains where the articles beside it, others of its law, or articles that read like the
best ones were put high too.
"""

import numpy as np
from numpy.typing import NDArray

from knowledge.index import Part

KEPT = 300  # best of the first order
BEST = (3, 10)  # articles that the others are compared with, each counting for its share
BESIDE = (1, 3)  # articles on either side in the law
LEAST = 1e-9  # share that still has a logarithm
FAR = -15.0  # logarithm that stands for an article beside it which is no candidate
Floats = NDArray[np.float32]
Places = NDArray[np.int64]


def second_look(part: Part, rows: Places, shares: Floats, laws: Places) -> tuple[Places, Floats]:
    """The places in `rows` of the best, best first, and what is to be seen of each, a row each.

    Args:
        part: the articles' index.
        rows: the candidates.
        shares: theirs, by the first network.
        laws: the number of the law of every article.
    """
    order = np.argsort(-shares, kind="stable")[:KEPT]
    rows, shares = rows[order], shares[order]
    law, logarithms = laws[rows], np.log(shares + np.float32(LEAST))
    columns = [
        *_like_the_best(part, rows, shares),
        logarithms,
        logarithms - logarithms[0],
        np.log1p(np.arange(len(rows))),
        np.log(np.bincount(law, weights=shares / shares.sum())[law] + 1e-4),
        np.log1p(np.bincount(law)[law]),
        *_beside(rows, logarithms, laws),
        np.log1p(_place_within(law)),
    ]
    return order, np.column_stack(columns).astype(np.float32)


def _like_the_best(part: Part, rows: Places, shares: Floats) -> list[Floats]:
    """Cosines with the middle of the first three, also of the texts alone, and of the first ten."""
    few, more = BEST
    dense, texts = part.dense.rows.at(rows), part.texts.at(rows)
    return [
        vectors @ _unit(shares[:count] @ vectors[:count])
        for vectors, count in ((dense, few), (texts, few), (dense, more))
    ]


def _unit(vector: Floats) -> Floats:
    return np.asarray(vector / max(float(np.linalg.norm(vector)), 1e-9), dtype=np.float32)


def _beside(rows: Places, logarithms: Floats, laws: Places) -> list[Floats]:
    """The best logarithm right beside each article, and of the two beyond on either side."""
    near, far = BESIDE
    every = np.full(len(laws) + far, FAR, dtype=np.float32)  # far ones before the first, too
    every[rows] = np.maximum(logarithms, FAR)
    law, last = laws[rows], len(laws) - 1

    def best(steps: range) -> Floats:
        found = [
            np.where(laws[np.minimum(rows + step, last)] == law, every[rows + step], FAR)
            for step in (*steps, *(-step for step in steps))
        ]
        return np.asarray(np.max(found, axis=0), dtype=np.float32)

    return [best(range(1, near + 1)), best(range(near + 1, far + 1))]


def _place_within(groups: Places) -> Places:
    """The place of each within its group, 0 for the first of it."""
    order = np.argsort(groups, kind="stable")
    grouped = groups[order]
    places = np.empty(len(groups), dtype=np.int64)
    places[order] = np.arange(len(groups)) - np.searchsorted(grouped, grouped)
    return places
