"""Learning to tell an entry's further questions apart, beside learning to tell entries apart.

One way of asking must find another way of the same question, or its answer, among the further
questions of the entry.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch.nn.functional import cross_entropy

from knowledge.entries import Entry, NextQuestion
from knowledge.normalise import Words, plain
from knowledge.training_data import FOLDS, Ids, encode, known_pieces, thin

SHARPNESS = 10.0  # of the cosines, at the start
GROUPS = 16  # entries in each batch
ASKED_THINNING = 0.4
OTHER_THINNING = 0.3
WITH_ANSWER = 0.5  # how often the answer is read with the other way of asking


@dataclass(frozen=True)
class FurtherPieces:
    """A further question as pieces: its ways of asking and its answer."""

    says: list[Ids]
    answer: Ids

    def pieces(self) -> Iterator[int]:
        """All pieces, one after another."""
        for some in (*self.says, self.answer):
            yield from some

    def known(self, rows: NDArray[np.int64]) -> "FurtherPieces":
        """The same with known pieces only, as rows."""
        return FurtherPieces(
            [known_pieces(one, rows) for one in self.says], known_pieces(self.answer, rows)
        )


Group = list[FurtherPieces]  # the further questions of an entry


def split_says(asked: NextQuestion, fold: int | None) -> tuple[list[str], list[str]]:
    """A further question's ways of asking to learn from, and those held out (none for None).

    It has some four ways; each is held out in one of the five folds.
    """
    held = [way for n, way in enumerate(asked.says) if n % FOLDS == fold]
    return [way for way in asked.says if way not in held], held


def questions(
    entries: Sequence[Entry], words: Words, tokenizer: Tokenizer, fold: int | None
) -> list[Group]:
    """The further questions of each entry that has several."""

    def read(texts: Sequence[str]) -> list[Ids]:
        return encode(tokenizer, [words.without_fillers(plain(text)) for text in texts])

    groups = []
    for entry in entries:
        kept = [(split_says(asked, fold)[0], asked.answer) for asked in entry.meta.asked_next]
        group = [FurtherPieces(read(says), read([answer])[0]) for says, answer in kept]
        groups += [group] if len(group) > 1 else []
    return groups


def loss(
    vectors: Callable[[Sequence[Ids]], torch.Tensor],
    sharpness: torch.Tensor,
    groups: Sequence[Group],
    random: np.random.Generator,
) -> torch.Tensor:
    """How badly one way of asking finds another of the same question within its entry.

    Args:
        vectors: turns texts into unit vectors.
        sharpness: what cosines are multiplied by.
        groups: the further questions of entries.
        random: draws entries and ways.
    """
    asked: list[Ids] = []
    others: list[Ids] = []
    owners: list[int] = []
    for number in random.integers(0, len(groups), GROUPS):
        for one in groups[number]:
            first, second = random.permutation(len(one.says))[[0, -1]]
            other = one.says[second]
            if random.random() < WITH_ANSWER:
                other = np.concatenate([other, one.answer])
            asked.append(thin(one.says[first], ASKED_THINNING, random))
            others.append(thin(other, OTHER_THINNING, random))
            owners.append(number)
    scores = sharpness * vectors(asked) @ vectors(others).T
    of = torch.tensor(owners)
    elsewhere = of[:, None] != of[None, :]
    return cross_entropy(scores.masked_fill(elsewhere, -1e9), torch.arange(len(asked)))
