"""Word search: BM25 over jieba's words and pairs of neighbouring characters."""

import logging
import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

import bm25s
import jieba
import numpy as np
from numpy.typing import NDArray

jieba.setLogLevel(logging.WARNING)
_HAN = re.compile(r"[\u3400-\u9fff]+")
Scores = NDArray[np.float32]


def tokens(text: str) -> list[str]:
    """The words of a text and all pairs of neighbouring Chinese characters."""
    text = re.sub(r"\s+", "", text)
    words = [word for word in jieba.cut(text) if word[0].isalnum()]
    runs = _HAN.findall(text)
    return words + [run[i : i + 2] for run in runs for i in range(len(run) - 1)]


class LexicalIndex:
    """BM25 over rows of text."""

    def __init__(self, bm25: bm25s.BM25) -> None:
        self.bm25 = bm25
        self.rows = int(bm25.scores["num_docs"])

    @classmethod
    def build(cls, texts: list[str]) -> "LexicalIndex":
        """Index rows of text; row numbers are places in the list."""
        bm25 = bm25s.BM25()
        bm25.index([tokens(text) for text in texts], show_progress=False)
        return cls(bm25)

    def save(self, folder: Path) -> None:
        """Write the index to a folder."""
        self.bm25.save(folder)

    @classmethod
    def load(cls, folder: Path) -> "LexicalIndex":
        """Read what `save` wrote."""
        return cls(bm25s.BM25.load(folder))

    def scores(self, text: str) -> Scores:
        """The BM25 score of every row."""
        return self._scores(tokens(text))

    def coverage(self, words: Sequence[str], weight_of: Sequence[str] = ()) -> Scores:
        """How much of some rare words each row has, about 0 to 1; comparable over queries.

        Words that occur in no row count as the rarest.

        Args:
            words: what to look for (`tokens`).
            weight_of: when given, scores are divided by what these could reach instead.
        """
        most = sum(self._rarity(word) for word in weight_of or words)
        return self._scores(words) / max(most, 1e-6)

    def _scores(self, words: Sequence[str]) -> Scores:
        known = [word for word in words if word in self.bm25.vocab_dict]
        if not known:
            return np.zeros(self.rows, dtype=np.float32)
        return np.asarray(self.bm25.get_scores(known), dtype=np.float32)

    def _rarity(self, word: str) -> float:
        number = self.bm25.vocab_dict.get(word)
        rows = 0 if number is None else int(self._rows_with[number])
        return float(np.log(1 + (self.rows - rows + 0.5) / (rows + 0.5)))

    @cached_property
    def _rows_with(self) -> NDArray[np.int64]:
        """How many rows hold each word."""
        starts = np.asarray(self.bm25.scores["indptr"], dtype=np.int64)
        return np.asarray(starts[1:] - starts[:-1], dtype=np.int64)
