"""How well what is asked on after an entry is told apart, by ways that nothing has learnt from."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from knowledge.asked_next import AskedNext
from knowledge.encode import Encoder
from knowledge.entries import Entry
from knowledge.learn_next import split_says
from knowledge.ranking import OFFERED, Ranking, Reader
from knowledge.training_data import split_variants

APART = 97  # places between an entry and the one whose reader asks for it all of a sudden


@dataclass(frozen=True)
class _Trial:
    """What came of one text: the band, and whether the right answer is first, or in three."""

    band: str
    first: bool = False
    in_three: bool = False


def measure(entries: Sequence[Entry], content: Path, model: str, fold: int) -> dict[str, float]:
    """Ask the held out ways of asking on after their entry, and other matters after it.

    Args:
        entries: the entries.
        content: the folder with `ranking.yml` and the words.
        model: an encoder whose classifier was trained without the fold.
        fold: 0 to 4.

    Returns:
        `further` and `other_matters` are how many were asked. `hits@1`, `hits@3`, `coverage`,
        `precision`, `asked_back`, `asked_back_in_three` as for entries. `others_answered`,
        `others_asked_back`: first questions of another matter that were taken for a further one.
    """
    reader = Reader.load(content, Encoder(model), entries)
    without = {entry.id: _without(entry, fold) for entry in entries if entry.meta.asked_next}
    find = AskedNext(without, reader, Ranking.load(content).further).find
    told: list[_Trial] = []
    others: list[_Trial] = []
    for place, entry in enumerate(entries):
        if entry.id not in without:
            continue
        thinner = without[entry.id].meta.asked_next
        for asked, kept in zip(entry.meta.asked_next, thinner, strict=True):
            for way in split_says(asked, fold)[1]:
                found, band = find(entry.id, way)
                right = [one.asked is kept for one in found]
                told.append(_Trial(band, right[0], any(right[:OFFERED])))
        another = entries[(place + APART) % len(entries)]
        others += [_Trial(find(entry.id, v)[1]) for v in split_variants(another, fold)[1]]
    answered = [one for one in told if one.band == "answer"]
    back = [one for one in told if one.band == "ask_back"]
    return {
        "further": len(told),
        "hits@1": _share([one.first for one in told]),
        "hits@3": _share([one.in_three for one in told]),
        "coverage": _share([one.band == "answer" for one in told]),
        "precision": _share([one.first for one in answered]),
        "asked_back": _share([one.band == "ask_back" for one in told]),
        "asked_back_in_three": _share([one.in_three for one in back]),
        "other_matters": len(others),
        "others_answered": _share([one.band == "answer" for one in others]),
        "others_asked_back": _share([one.band == "ask_back" for one in others]),
    }


def _without(entry: Entry, fold: int) -> Entry:
    kept = [
        asked.model_copy(update={"says": split_says(asked, fold)[0]})
        for asked in entry.meta.asked_next
    ]
    return replace(entry, meta=entry.meta.model_copy(update={"asked_next": kept}))


def _share(which: Sequence[bool]) -> float:
    return round(float(np.mean(which)), 4) if which else 0.0
