"""Which entry a question is about, by a classifier that knows nothing but the entries.

A bag of the encoder's pieces with short vectors of its own, and one direction per entry: learnt
from the ways of asking (`train_entries.py`), in small whole numbers beside the encoder.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from knowledge.entries import Entry
from knowledge.errors import ContentError
from knowledge.normalise import Words, plain

FILE = "entries.npz"  # beside the encoder
TOKENIZER = "tokenizer.json"
# Whole numbers reach up to these, either way. Compressed, one of ±7 takes half a byte; with ±127,
# ±15, ±9, ±7 and ±5 the right entry is first for 0.641, 0.640, 0.640, 0.638 and 0.636.
LEVELS = {"vectors": 7, "directions": 127}
OFTEN = 0.3  # of the logarithm of how often an entry is asked for; chosen on labels for tuning
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class EntryScores:
    """Logarithms of the entries' shares of likelihood, for texts that the reader made ready.

    `rows[n]` is the row in `vectors` of the tokenizer's piece n (the last row, of zeros, where it
    is not known); `directions` and `bias` have a row per entry. `often` is the logarithm of how
    much more likely an entry is because citizens ask for it often, before anything is read.
    """

    tokenizer: Tokenizer
    rows: NDArray[np.int64]
    vectors: Floats
    directions: Floats
    bias: Floats
    often: Floats

    def of(self, text: str) -> Floats:
        """One logarithm per entry; the shares make one."""
        scores = self.directions @ self.vector(text) + self.bias
        scores -= scores.max()
        return np.asarray(scores - np.log(np.exp(scores).sum()), dtype=np.float32)

    def vector(self, text: str) -> Floats:
        """The text as a unit vector; zero where no piece is known."""
        pieces = self.tokenizer.encode(text, add_special_tokens=False).ids
        summed = self.vectors[self.rows[pieces]].sum(axis=0)
        return np.asarray(summed / max(float(np.linalg.norm(summed)), 1e-6), dtype=np.float32)

    @classmethod
    def load(cls, encoder: Path, entries: Sequence[Entry], words: Words) -> "EntryScores | None":
        """What `save` wrote, for these entries; None if the encoder came without it.

        An entry written since the classifier learnt gets the direction of its ways of asking.

        Raises:
            ContentError: the file is not what `save` writes.
        """
        path = encoder / FILE
        if not path.exists():
            return None
        try:
            with np.load(path) as kept:
                vectors, directions = (
                    kept[name] * kept[f"{name}_scale"][:, None].astype(np.float32)
                    for name in ("vectors", "directions")
                )
                pieces, bias, ids = kept["pieces"], kept["bias"], kept["ids"]
                often = _often(kept["asked"])
        except (KeyError, ValueError, OSError) as error:
            raise ContentError(f"{path}: not what train-entries writes ({error!r})") from error
        tokenizer = Tokenizer.from_file(str(encoder / TOKENIZER))
        rows = np.full(tokenizer.get_vocab_size(), len(pieces), dtype=np.int64)
        rows[pieces] = np.arange(len(pieces))
        padded = np.vstack([vectors, np.zeros_like(vectors[:1])])
        known = cls(tokenizer, rows, padded, directions, bias, often)
        return known._for(entries, {str(name): n for n, name in enumerate(ids)}, words)

    def _for(self, entries: Sequence[Entry], places: dict[str, int], words: Words) -> "EntryScores":
        """The same with rows for just these entries, in this order."""
        length = float(np.linalg.norm(self.directions, axis=1).mean())
        directions = np.zeros((len(entries), self.directions.shape[1]), dtype=np.float32)
        bias = np.full(len(entries), self.bias.mean(), dtype=np.float32)
        often = np.full(len(entries), self.often.min(initial=0), dtype=np.float32)
        for n, entry in enumerate(entries):
            place = places.get(entry.id)
            if place is not None:
                directions[n], bias[n] = self.directions[place], self.bias[place]
                often[n] = self.often[place]
                continue
            ways = (entry.meta.question, *entry.meta.variants)
            middle = sum(self.vector(words.without_fillers(plain(way))) for way in ways)
            directions[n] = length * middle / max(float(np.linalg.norm(middle)), 1e-6)
        return EntryScores(self.tokenizer, self.rows, self.vectors, directions, bias, often)


def _often(asked: NDArray[np.int64]) -> Floats:
    """How much more likely entries are that citizens ask for often; 0 where no counts are known.

    Args:
        asked: for each entry, how many citizens' questions it answers.
    """
    return np.asarray(OFTEN * np.log((asked + 1) / (asked.mean() + 1)), dtype=np.float32)


def save(
    folder: Path, pieces: Sequence[int], vectors: Floats, directions: Floats, bias: Floats,
    ids: Sequence[str], asked: Sequence[int], fold: int | None,
) -> None:  # fmt: skip
    """Write the classifier beside the encoder; each row is scaled to whole numbers (`LEVELS`)."""
    kept: dict[str, NDArray[np.generic]] = {
        "pieces": np.array(pieces, dtype=np.int32),
        "bias": bias.astype(np.float32),
        "ids": np.array(ids),
        "asked": np.array(asked, dtype=np.int64),
        "fold": np.array(-1 if fold is None else fold),
    }
    for name, rows in (("vectors", vectors), ("directions", directions)):
        scale = np.maximum(np.abs(rows).max(axis=1), 1e-6) / LEVELS[name]
        kept[name] = np.round(rows / scale[:, None]).astype(np.int8)
        kept[f"{name}_scale"] = scale.astype(np.float16)
    np.savez_compressed(folder / FILE, **kept)  # type: ignore[arg-type]


def fold_of(encoder: Path) -> int:
    """The fold of variants that the classifier beside an encoder was trained without.

    Raises:
        ContentError: there is none, or it was trained on all variants.
    """
    path = encoder / FILE
    if path.exists():
        with np.load(path) as kept:
            if (fold := int(kept["fold"])) >= 0:
                return fold
    raise ContentError(f"{encoder}: run train-entries --hold-out for it first")
