"""The second net under the rules of danger: how far a message's pieces sound like danger.

A linear score over characters and pairs of neighbours, learnt from labelled lines
(`tests/gateway/danger/train.py`). It hears what no rule foresaw and is wrong more often than a
rule, so it only has the numbers said before the answer.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gateway.errors import BadData

PATH = Path(__file__).parent / "data" / "danger_net.tsv"
SHORT = 40.0  # the length of a text of some fifteen characters; a shorter one says less, not more
SHORTEST = 5  # characters; in fewer there is nothing to weigh: the rules know the short cries
_UNIT = 1000  # the file holds thousandths


@dataclass(frozen=True)
class Net:
    """What was learnt.

    Attributes:
        bias: the score of a message without any known piece; above 0 is danger.
        pieces: by piece, its weight times its rarity, and its rarity squared.
    """

    bias: float
    pieces: Mapping[str, tuple[float, float]]

    @classmethod
    def of(cls, bias: float, weights: Mapping[str, tuple[float, float]]) -> "Net":
        """Returns a net of each piece's weight and rarity."""
        pieces = {piece: (weight * rare, rare * rare) for piece, (weight, rare) in weights.items()}
        return cls(bias, pieces)

    def score(self, text: str) -> float:
        """Returns how far a message sounds like danger; more than 0 is more likely than not."""
        known = [self.pieces[piece] for piece in pieces_of(text) if piece in self.pieces]
        length = math.sqrt(math.fsum(square for _, square in known))
        return self.bias + math.fsum(each for each, _ in known) / max(length, SHORT)


def sounds_like_danger(text: str, threshold: float = 0.0) -> bool:
    """Returns whether a message, written as the rules read it, scores above a threshold."""
    return len(text) >= SHORTEST and net().score(text) > threshold


def pieces_of(text: str) -> set[str]:
    """Returns the characters of a text and the pairs of neighbours, over marks between clauses."""
    text = text.replace(",", "")
    return {text[n : n + size] for size in (1, 2) for n in range(len(text) - size + 1)}


@cache
def net() -> Net:
    """Returns what was learnt.

    Raises:
        BadData: the file is missing, or not what `written` writes.
    """
    try:
        _, bias, *rows = PATH.read_text("utf-8").splitlines()
        weights = {}
        for row in rows:
            piece, weight, rarity = row.split("\t")
            weights[piece] = (int(weight) / _UNIT, int(rarity) / _UNIT)
        return Net.of(int(bias) / _UNIT, weights)
    except (OSError, ValueError) as error:
        raise BadData(f"{PATH}: {error!r}") from error


def written(note: str, bias: float, weights: Mapping[str, tuple[float, float]]) -> str:
    """Returns the text of the file.

    Args:
        note: the first line, for people and for what checks the file's age.
        bias: the score of a message without any known piece.
        weights: by piece, its weight and its rarity.
    """
    rows = [
        f"{piece}\t{round(weight * _UNIT)}\t{round(rarity * _UNIT)}"
        for piece, (weight, rarity) in sorted(weights.items())
    ]
    return "\n".join([note, str(round(bias * _UNIT)), *rows, ""])
