"""What citizens ask on after an entry: which of its further questions a half sentence means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge.encode import Vectors
from knowledge.entries import Entry, NextQuestion
from knowledge.ranking import OFFERED, FurtherWeights, Reader

REMEMBERED = 512  # entries whose further questions are kept as vectors
ASKED_LATELY = 32  # texts: each is asked of the entry read last, then of the ways its matter goes


@dataclass(frozen=True)
class Further:
    """A further question of an entry, and its share of likelihood."""

    asked: NextQuestion
    share: float


@dataclass(frozen=True)
class _Group:
    """The further questions of an entry.

    `ways` and `answers` are unit vectors, a row for each way of asking and for each question;
    `owners` says which question each way asks.
    """

    asked: tuple[NextQuestion, ...]
    owners: NDArray[np.int64]
    ways: Vectors
    answers: Vectors


class AskedNext:
    """Finds further questions; used from any thread.

    Args:
        entries: the entries by their ids.
        reader: gives texts a meaning.
        weights: how the nearest way of asking and the answer are weighed.
    """

    def __init__(
        self, entries: Mapping[str, Entry], reader: Reader, weights: FurtherWeights
    ) -> None:
        self._entries = entries
        self._reader = reader
        self._weights = weights
        self._group = lru_cache(REMEMBERED)(self._read)
        self._meaning = lru_cache(ASKED_LATELY)(lambda text: reader.meanings([text])[0])

    def find(self, entry: str, text: str) -> tuple[list[Further], str]:
        """The further questions of an entry, the likeliest first, and the band.

        The band is that of a search: answer the first, ask back which of three, or "not_sure".
        Unknown entries have none.
        """
        group = self._group(entry) if entry in self._entries else None
        if group is None:
            return [], "not_sure"
        shares = self._shares(group, text)
        order = np.argsort(-shares, kind="stable")
        found = [Further(group.asked[n], float(shares[n])) for n in order]
        return found, self._band([one.share for one in found])

    def _shares(self, group: _Group, text: str) -> NDArray[np.float64]:
        """Each question's share of likelihood; with that of "none of these" they make one.

        One that is asked in just these words has all of it.
        """
        same = [text in one.says for one in group.asked]
        if any(same):
            return np.array(same, dtype=np.float64)
        said, weights = self._meaning(text), self._weights
        best = np.full(len(group.asked), -1.0)
        np.maximum.at(best, group.owners, group.ways @ said)
        scores = np.append(best + weights.answer_text * (group.answers @ said), weights.none)
        ruled_out = [not one.may_be_meant(text) for one in group.asked]
        scores[:-1][ruled_out] = -np.inf
        likely = np.exp(weights.sharpness * (scores - scores.max()))
        return np.asarray(likely[:-1] / likely.sum())

    def _band(self, shares: Sequence[float]) -> str:
        if shares[0] >= self._weights.answer:
            return "answer"
        return "ask_back" if sum(shares[:OFFERED]) >= self._weights.ask_back else "not_sure"

    def _read(self, entry: str) -> _Group | None:
        asked = self._entries[entry].meta.asked_next
        if not asked:
            return None
        ways = [(way, owner) for owner, one in enumerate(asked) for way in one.says]
        return _Group(
            tuple(asked),
            np.array([owner for _, owner in ways]),
            self._reader.meanings([way for way, _ in ways]),
            self._reader.meanings([one.answer for one in asked]),
        )
