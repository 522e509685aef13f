"""Finds the scores from which on to answer, to ask back, or to say "not sure"."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge import strict_yaml
from knowledge.encode import Encoder
from knowledge.entries import Entry
from knowledge.index import Part
from knowledge.normalise import Words
from knowledge.ranking import Bands, Ranking, Reader, rank
from knowledge.training_data import split_variants

OFF_TOPIC_NEAR_ANSWER = 0.02  # share of off-topic lines that may score like an answer
OFF_TOPIC_ASKED = 0.05  # share that may be asked back about


@dataclass(frozen=True)
class Calibration:
    """How well held-out variants find their entry, and what the bands make of it.

    `first`, `in_three`, `in_five` are shares of the variants whose entry is found there;
    `answered`, `asked_back` and `not_sure` what the bands of `ranking.yml` do with them, and
    `answered_right` and `asked_back_in_three` how often the entry is then first, or in three;
    `off_topic_answered` and `off_topic_asked_back` what the bands do with off-topic lines.
    `suggested_answer` and `suggested_ask_back` are the scores that hold the shares above.
    """

    variants: int
    first: float
    in_three: float
    in_five: float
    answered: float
    answered_right: float
    asked_back: float
    asked_back_in_three: float
    not_sure: float
    off_topic_answered: float
    off_topic_asked_back: float
    suggested_answer: float
    suggested_ask_back: float


def calibrate(entries: Sequence[Entry], content: Path, model: str, fold: int) -> Calibration:
    """Measure entry search with the variants of one fold, which are left out of the index.

    Args:
        entries: the entries.
        content: the folder with `off_topic.yml`, `ranking.yml` and the words.
        model: an encoder that was trained without that fold.
        fold: 0 to 4.
    """
    encoder = Encoder(model)
    reader = Reader(Words.load(content), encoder)
    ranking = Ranking.load(content)
    split = [split_variants(entry, fold) for entry in entries]
    known = [_with_variants(e, kept) for e, (kept, _) in zip(entries, split, strict=True)]
    part = Part.of_entries(known, encoder)

    def find(text: str) -> list[tuple[int, float]]:
        return rank(part, reader.read(text), ranking.entries)

    asked = [(find(variant), n) for n, (_, held) in enumerate(split) for variant in held]
    off_topic = [find(str(line)) for line in strict_yaml.read(content / "off_topic.yml")]
    ranks = np.array([_rank_of(right, found) for found, right in asked])
    bands = _bands([found for found, _ in asked], ranking.bands)
    off_bands = _bands(off_topic, ranking.bands)
    off_scores = [found[0][1] for found in off_topic]
    return Calibration(
        variants=len(asked),
        first=_share(ranks < 1),
        in_three=_share(ranks < 3),
        in_five=_share(ranks < 5),
        answered=_share(bands == "answer"),
        answered_right=_share(ranks[bands == "answer"] < 1),
        asked_back=_share(bands == "ask_back"),
        asked_back_in_three=_share(ranks[bands == "ask_back"] < 3),
        not_sure=_share(bands == "not_sure"),
        off_topic_answered=_share(off_bands == "answer"),
        off_topic_asked_back=_share(off_bands == "ask_back"),
        suggested_answer=float(np.quantile(off_scores, 1 - OFF_TOPIC_NEAR_ANSWER)),
        suggested_ask_back=float(np.quantile(off_scores, 1 - OFF_TOPIC_ASKED)),
    )


def _with_variants(entry: Entry, variants: list[str]) -> Entry:
    return replace(entry, meta=entry.meta.model_copy(update={"variants": variants}))


def _rank_of(right: int, found: list[tuple[int, float]]) -> int:
    """The right entry's place from 0; the number found when it is not among them."""
    return next((n for n, (place, _) in enumerate(found) if place == right), len(found))


def _bands(found: list[list[tuple[int, float]]], bands: Bands) -> NDArray[np.str_]:
    return np.array([bands.of([score for _, score in one]) for one in found])


def _share(which: NDArray[np.bool_]) -> float:
    return float(which.mean()) if len(which) else 0.0
