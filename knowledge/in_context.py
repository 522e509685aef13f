"""Ranks entries for a question that leans on another: what both say, and what lies near."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.entries import Entry
from knowledge.follow_up import Weights

Shares = NDArray[np.float32]
LEAST_SHARE = 1e-3  # of any entry, so that no search alone can rule it out
RECIPROCAL = 0.5  # nearness of an entry that names another as related without being named by it


@dataclass(frozen=True)
class Neighbours:
    """What lies near each entry: the share of what is related to it, and its topic's number."""

    related: Shares
    topics: NDArray[np.int64]

    @classmethod
    def of(cls, entries: Sequence[Entry]) -> "Neighbours":
        """The neighbours of entries, by their places."""
        places = {entry.id: place for place, entry in enumerate(entries)}
        related = np.zeros((len(entries), len(entries)), dtype=np.float32)
        for place, entry in enumerate(entries):
            related[place, [places[o] for o in entry.meta.related if o in places]] = 1
        topics = np.unique([entry.meta.topic for entry in entries], return_inverse=True)[1]
        return cls(np.maximum(related, RECIPROCAL * related.T), topics.astype(np.int64))

    def gain(self, before: Shares, weights: Weights) -> Shares:
        """What each entry gains from the shares of likelihood that those before it had."""
        near = np.minimum(before @ self.related, 1)
        of_topics = np.bincount(self.topics, weights=before)
        topic = np.minimum(of_topics[self.topics], 1)
        gained = weights.shown * before + weights.related * near + weights.topic * topic
        return np.asarray(gained, dtype=np.float32)


def combine(
    alone: Shares, together: Shares, gain: Shares, lean: float, weights: Weights
) -> list[tuple[int, float]]:
    """Places of entries with their shares of likelihood, best first; with "none" they make one.

    Args:
        alone: the shares for the question by itself; one place per entry.
        together: those for the question read together with what was asked before it.
        gain: what lies near what was asked before gains.
        lean: how much the question leans, 0 to 1.
        weights: those of `follow_ups.yml`.
    """
    own = (1 - weights.softens * lean) * _logarithms(alone)
    scores = own + lean * (weights.together * _logarithms(together) + np.append(gain, 0))
    likely = np.exp(scores - scores.max())
    shares = (likely / likely.sum())[:-1]
    return [(int(place), float(shares[place])) for place in np.argsort(-shares, kind="stable")]


def _logarithms(shares: Shares) -> Shares:
    """Logarithms of the shares, and behind them that of "none of these"."""
    every = np.append(shares, max(0.0, 1 - float(shares.sum())))
    return np.asarray(np.log(every + LEAST_SHARE), dtype=np.float32)
