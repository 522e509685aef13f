"""First guesses at the topic and the legal-aid matter of a message, for routing and the desk.

Linear scores over hashed character pieces and words, learnt from labelled messages and the entries'
ways of asking, with the shares of the entries that it may be about. It decides nothing: the desk
shows the guesses as guesses.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jieba
import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.feature_extraction.text import HashingVectorizer, TfidfTransformer
from sklearn.svm import LinearSVC

from knowledge.entries import Entry
from knowledge.errors import ContentError
from knowledge.normalise import Words, plain
from knowledge.topic_shares import NO_MATTER, Shares, TopicShares, matter_of

FILE = "triage.npz"
LINES = "triage_lines.tsv"  # topics, best first; message
GUESSES = 2
SIZE = 2**17
SECOND_TOPIC, VARIANT = 0.5, 0.3  # weights against 1 for the best topic of a real message
OF_ENTRIES = 0.3  # what a share of 1 by the entries adds to a score; chosen on labels for tuning
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Guesses:
    """The two likeliest topics, and at most two legal-aid matters; the likeliest first."""

    topics: tuple[str, ...]
    matters: tuple[str, ...]


@dataclass(frozen=True)
class Example:
    """A message with topics and matter (`NO_MATTER` for none; None where nobody has said)."""

    text: str
    topics: tuple[str, ...]
    matter: str | None
    weight: float = 1.0


@dataclass(frozen=True)
class Scores:
    """Linear scores in bytes: `scale[c] * weights[c] @ pieces + bias[c]` for class c."""

    names: tuple[str, ...]
    weights: NDArray[np.int8]
    scale: Floats
    bias: Floats

    @classmethod
    def learn(cls, pieces: csr_matrix, names: Sequence[str], weight: Sequence[float]) -> "Scores":
        """Learn one score per name, each against all others."""
        model = LinearSVC(C=0.3).fit(pieces, names, sample_weight=weight)
        scale = np.abs(model.coef_).max(axis=1) / 127
        weights = np.round(model.coef_ / scale[:, None]).astype(np.int8)
        bias = np.asarray(model.intercept_, dtype=np.float32)
        return cls(tuple(model.classes_), weights, scale.astype(np.float32), bias)

    def ranked(self, pieces: csr_matrix, shares: Shares) -> list[str]:
        """The names, best first, a share of likelihood by the entries added to each."""
        some = self.weights[:, pieces.indices].astype(np.float32)
        scores = (some @ pieces.data.astype(np.float32)) * self.scale + self.bias
        by_entries = [shares.get(name, 0.0) for name in self.names]
        scores += OF_ENTRIES * np.array(by_entries, dtype=np.float32)
        return [self.names[n] for n in np.argsort(-scores, kind="stable")]


class Triage:
    """Guesses topics and matters; made once, then used from any thread."""

    def __init__(
        self,
        words: Words,
        rarity: Floats,
        topics: Scores,
        matters: Scores,
        shares: TopicShares | None = None,
    ) -> None:
        self._words = words
        self._rarity = rarity
        self._topics = topics
        self._matters = matters
        self._shares = shares

    @classmethod
    def learn(cls, examples: Sequence[Example], words: Words) -> "Triage":
        """Learn from messages."""
        counted = _count([example.text for example in examples], words)
        rarity = TfidfTransformer().fit(counted).idf_.astype(np.float32)
        pieces = _weigh(counted, rarity)
        rows, names, weight = [], [], []
        for row, example in enumerate(examples):
            for place, topic in enumerate(example.topics[:2]):
                rows.append(row)
                names.append(topic)
                weight.append(example.weight * (SECOND_TOPIC if place else 1))
        topics = Scores.learn(pieces[rows], names, weight)
        known = [(n, e.matter, e.weight) for n, e in enumerate(examples) if e.matter]
        matters = Scores.learn(
            pieces[[n for n, *_ in known]], [m for _, m, _ in known], [w for *_, w in known]
        )
        return cls(words, rarity, topics, matters)

    def guess(self, text: str) -> Guesses:
        """The guesses for one message."""
        pieces = _weigh(_count([text], self._words), self._rarity)
        by_topic, by_matter = self._shares.of(text) if self._shares else ({}, {})
        topics = self._topics.ranked(pieces, by_topic)[:GUESSES]
        matters = self._matters.ranked(pieces, by_matter)[:GUESSES]
        return Guesses(tuple(topics), tuple(m for m in matters if m != NO_MATTER))

    def save(self, folder: Path) -> None:
        """Write the weights to a folder."""
        folder.mkdir(parents=True, exist_ok=True)
        kept: dict[str, Any] = {"rarity": self._rarity.astype(np.float16)}
        for name, scores in (("topics", self._topics), ("matters", self._matters)):
            kept |= {f"{name}_{key}": np.array(value) for key, value in vars(scores).items()}
        np.savez_compressed(folder / FILE, **kept)

    @classmethod
    def load(cls, folder: Path, words: Words, shares: TopicShares | None = None) -> "Triage | None":
        """What `save` wrote, or None if there is nothing.

        Args:
            folder: where it is.
            words: makes texts ready.
            shares: what the classifier of entries adds; without it the guesses stand alone.

        Raises:
            ContentError: the file is not what `save` writes.
        """
        path = folder / FILE
        if not path.exists():
            return None
        try:
            with np.load(path) as kept:
                topics, matters = (
                    Scores(
                        tuple(map(str, kept[f"{name}_names"])),
                        *(kept[f"{name}_{key}"] for key in ("weights", "scale", "bias")),
                    )
                    for name in ("topics", "matters")
                )
                return cls(words, kept["rarity"].astype(np.float32), topics, matters, shares)
        except (KeyError, ValueError, OSError) as error:
            raise ContentError(f"{path}: not what triage writes ({error!r})") from error


def entry_examples(entries: Sequence[Entry]) -> list[Example]:
    """Each way of asking of each entry."""
    return [
        Example(way, (entry.meta.topic,), matter_of(entry), VARIANT)
        for entry in entries
        for way in (entry.meta.question, *entry.meta.variants)
    ]


def written_examples(path: Path) -> list[Example]:
    """Messages that we wrote, with their topics.

    Raises:
        ContentError: a row is not topics and a message.
    """
    examples = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        topics, _, text = line.partition("\t")
        if not topics.split() or not text.strip() or "\t" in text:
            raise ContentError(f"{path}:{number}: not topics and a message")
        examples.append(Example(text, tuple(topics.split()), None))
    return examples


def _pieces(text: str) -> list[str]:
    """Characters, their pairs and threes, and words of two or more characters."""
    grams = [text[n : n + size] for size in (1, 2, 3) for n in range(len(text) - size + 1)]
    return grams + [f"word {word}" for word in jieba.cut(text) if len(word) > 1]


_HASHER = HashingVectorizer(analyzer=_pieces, n_features=SIZE, alternate_sign=False, norm=None)


def _count(texts: Sequence[str], words: Words) -> csr_matrix:
    return _HASHER.transform([words.without_fillers(plain(text)) for text in texts])


def _weigh(counted: csr_matrix, rarity: Floats) -> csr_matrix:
    """Damped counts times rarity, each row of length one."""
    weighed = csr_matrix(counted, copy=True)
    weighed.data = (1 + np.log(weighed.data)) * rarity[weighed.indices]
    lengths = np.sqrt(np.asarray(weighed.multiply(weighed).sum(axis=1)).ravel())
    rows = np.repeat(np.arange(weighed.shape[0]), np.diff(weighed.indptr))
    weighed.data /= np.maximum(lengths, 1e-6)[rows]
    return weighed
