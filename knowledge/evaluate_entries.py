"""How well entries are found by a way of asking that the index does not hold, and the bands."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from knowledge import also_right, strict_yaml
from knowledge.encode import Encoder, Remembering
from knowledge.entries import Entry
from knowledge.index import Part
from knowledge.ranking import Ranking, Reader
from knowledge.reranker import EntryRanker
from knowledge.training_data import FOLDS

Ranked = list[tuple[int, float]]
DEPTH = 5  # ranks beyond are of no use to anybody who is asked to choose


@dataclass(frozen=True)
class Trial:
    """One question put to entry search, and what came.

    Attributes:
        right: the places of the entries that answer it: the one it was written for, then others
            that people found as good; none for what is off topic.
        found: places and scores, best first.
    """

    right: tuple[int, ...]
    found: Ranked

    @property
    def scores(self) -> list[float]:
        """The scores, best first."""
        return [score for _, score in self.found]

    def hit(self, depth: int) -> bool:
        """Whether a right entry is among the first `depth`."""
        return any(place in self.right for place, _ in self.found[:depth])

    def own(self, depth: int) -> bool:
        """Whether the entry that it was written for is."""
        return any(place in self.right[:1] for place, _ in self.found[:depth])


def left_out(
    entries: Sequence[Entry], content: Path, model: str, fold: int | None = None
) -> list[Trial]:
    """Ask each variant while the index does not hold it.

    The variants are left out one in each entry at a time: the first of every entry together, then
    the second, and so on.

    Args:
        entries: the entries.
        content: the folder with `ranking.yml` and the words.
        model: an encoder.
        fold: ask only the variants of this fold (0 to 4), for an encoder trained without them.
    """
    encoder = Remembering(model)
    reader = Reader.load(content, encoder, entries)
    ranker = EntryRanker.load(Ranking.load(content), Path(model))
    others = also_right.load(content, entries)
    return [
        Trial(
            (place, *others.get((place, variant), ())),
            ranker.rank(part, reader.read(variant))[:DEPTH],
        )
        for part, asked in without_variants(entries, encoder, fold)
        for place, variant in asked
    ]


def without_variants(
    entries: Sequence[Entry], encoder: Encoder, fold: int | None
) -> Iterator[tuple[Part, list[tuple[int, str]]]]:
    """Each turn's index, and the variants that it does not hold with the places of their entries.

    Arguments as in `left_out`; texts are encoded again in each turn (`Remembering` helps).
    """
    for turn in range(max(len(entry.meta.variants) for entry in entries)):
        if fold is not None and turn % FOLDS != fold:
            continue
        part = Part.of_entries([_without(entry, turn) for entry in entries], encoder)
        yield (
            part,
            [
                (place, variant)
                for place, entry in enumerate(entries)
                for variant in entry.meta.variants[turn : turn + 1]
            ],
        )


def off_topic(entries: Sequence[Entry], content: Path, model: str) -> list[Trial]:
    """Ask the lines of `off_topic.yml` that nothing has learnt from; arguments as in `left_out`."""
    encoder = Encoder(model)
    reader = Reader.load(content, encoder, entries)
    ranker = EntryRanker.load(Ranking.load(content), Path(model))
    part = Part.of_entries(entries, encoder)
    lines = strict_yaml.read(content / "off_topic.yml")[1::2]  # the others teach: knowledge/fuse.py
    return [Trial((), ranker.rank(part, reader.read(line))[:DEPTH]) for line in lines]


def measure(
    asked: Sequence[Trial], strange: Sequence[Trial], ranker: EntryRanker
) -> dict[str, float]:
    """Shares of what the search finds and what the bands of `ranking.yml` make of it.

    Returns:
        `variants` and `off_topic` are how many were asked. `hits@1`, `hits@3`: a right entry is
        first, or in three; `own@1`, `own@3`: the one it was written for is. `coverage`,
        `precision`: share answered, and of these right.
        `asked_back`, `asked_back_in_three`: share asked back, and of these with the right entry
        among the three offered. `off_topic_answered`, `off_topic_asked_back`: of off-topic lines.
    """
    answered = [trial for trial in asked if ranker.bands.of(trial.scores) == "answer"]
    back = [trial for trial in asked if ranker.bands.of(trial.scores) == "ask_back"]
    strange_bands = [ranker.bands.of(trial.scores) for trial in strange]
    return {
        "variants": len(asked),
        "hits@1": _share([trial.hit(1) for trial in asked]),
        "hits@3": _share([trial.hit(3) for trial in asked]),
        "own@1": _share([trial.own(1) for trial in asked]),
        "own@3": _share([trial.own(3) for trial in asked]),
        "coverage": len(answered) / max(1, len(asked)),
        "precision": _share([trial.hit(1) for trial in answered]),
        "asked_back": len(back) / max(1, len(asked)),
        "asked_back_in_three": _share([trial.hit(3) for trial in back]),
        "off_topic": len(strange),
        "off_topic_answered": _share([band == "answer" for band in strange_bands]),
        "off_topic_asked_back": _share([band == "ask_back" for band in strange_bands]),
    }


def _without(entry: Entry, number: int) -> Entry:
    variants = entry.meta.variants
    kept = variants[:number] + variants[number + 1 :]
    return replace(entry, meta=entry.meta.model_copy(update={"variants": kept}))


def _share(which: Sequence[bool] | NDArray[np.bool_]) -> float:
    return round(float(np.mean(which)), 4) if len(which) else 0.0
