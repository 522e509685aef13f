"""How likely topics and legal-aid matters are, by the entries that a message may be about."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from knowledge.entries import Entry
from knowledge.entry_scores import EntryScores
from knowledge.normalise import Words, plain

NO_MATTER = "none"
Shares = Mapping[str, float]


class TopicShares:
    """Adds up the entries' shares of likelihood; used from any thread.

    Args:
        entries: the entries, in the order of their scores.
        scores: the classifier of entries.
        words: makes texts ready for it.
    """

    def __init__(self, entries: Sequence[Entry], scores: EntryScores, words: Words) -> None:
        self._topics = [entry.meta.topic for entry in entries]
        self._matters = [matter_of(entry) for entry in entries]
        self._scores = scores
        self._words = words

    @classmethod
    def load(cls, encoder: Path, entries: Sequence[Entry], words: Words) -> "TopicShares | None":
        """What the classifier beside an encoder gives; None where there is none.

        Raises:
            ContentError: its file is broken.
        """
        scores = EntryScores.load(encoder, entries, words)
        return cls(entries, scores, words) if scores else None

    def of(self, text: str) -> tuple[Shares, Shares]:
        """The shares of topics and of matters (`NO_MATTER` among them); each make one."""
        likely = self._scores.of(self._words.without_fillers(plain(text))) + self._scores.often
        shares = np.exp(likely - likely.max())
        topics, matters = defaultdict[str, float](float), defaultdict[str, float](float)
        for topic, matter, share in zip(
            self._topics, self._matters, shares / shares.sum(), strict=True
        ):
            topics[topic] += float(share)
            matters[matter] += float(share)
        return topics, matters


def matter_of(entry: Entry) -> str:
    """The legal-aid matter an entry leads to."""
    return entry.meta.aid.matter_type if entry.meta.aid else NO_MATTER
