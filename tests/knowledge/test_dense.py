"""The vector index: exact for few rows, nearly exact for many, cosines always true."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge.dense import EXACT_UP_TO, ONE_LIST_UP_TO, DenseIndex, kind, widened
from knowledge.encode import Encoder
from knowledge.index import Asking, Part
from knowledge.normalise import Words
from knowledge.ranking import Reader, candidates
from knowledge.settings import Settings
from knowledge.statutes import Statutes


def _vectors(rows: int, dimensions: int = 32) -> np.ndarray:
    """Vectors in clumps, as those of texts are."""
    random = np.random.default_rng(7)
    centres = random.normal(size=(200, dimensions))
    found = centres[random.integers(0, 200, rows)] + 0.5 * random.normal(size=(rows, dimensions))
    unit = found / np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(unit, dtype=np.float32)


def test_the_nearest_rows_of_a_small_index_are_exact() -> None:
    vectors = _vectors(500)
    expected = np.argsort(-(vectors @ vectors[3]))[:10]
    assert DenseIndex.build(vectors).nearest(vectors[3], 10).tolist() == expected.tolist()


@pytest.mark.parametrize("rows", [EXACT_UP_TO + 1, ONE_LIST_UP_TO + 1])
def test_a_large_index_still_finds_what_is_nearest(rows: int) -> None:
    vectors = _vectors(rows)
    index = DenseIndex.build(vectors)
    kept = []
    for vector in vectors[:20]:
        best = np.argsort(-(vectors @ vector))[:10]
        kept.append(np.isin(best, index.nearest(vector, 300)).mean())
    assert np.mean(kept) > 0.75


def test_a_saved_index_finds_the_same(tmp_path: Path) -> None:
    vectors = _vectors(50)
    index = DenseIndex.build(vectors)
    index.save(tmp_path / "dense")
    loaded = DenseIndex.load(tmp_path / "dense")
    places = loaded.nearest(vectors[1], 60)
    assert places.tolist() == index.nearest(vectors[1], 60).tolist()
    assert len(places) == 50
    assert loaded.cosines(vectors[1], places) == pytest.approx(
        vectors[places] @ vectors[1], abs=1e-3
    )


def test_the_kind_of_index_follows_from_the_size() -> None:
    assert kind(EXACT_UP_TO, 256) == "Flat"
    assert kind(EXACT_UP_TO + 1, 256) == "PQ128x4fs"
    assert kind(EXACT_UP_TO + 1, 255) == "Flat"  # the code needs an even number
    assert kind(1_000_000, 256) == "IVF4000,PQ128x4fs"


@pytest.mark.parametrize("rows", [500, EXACT_UP_TO + 1])
def test_a_question_without_direction_names_no_row_that_is_not_there(rows: int) -> None:
    places = DenseIndex.build(_vectors(rows)).nearest(np.zeros(32, dtype=np.float32), 300)
    assert ((places >= 0) & (places < rows)).all()


def test_a_question_of_unknown_characters_is_searched_among_many_ways_of_asking(
    statutes: Statutes, fixture_settings: Settings, content: Path
) -> None:
    encoder = Encoder(fixture_settings.embedding_model)
    size = encoder.encode(["水桶"]).shape[1]
    ways = DenseIndex.build(_vectors(EXACT_UP_TO + 1, size))
    asking = Asking(ways, np.zeros(EXACT_UP_TO + 1, dtype=np.int64))
    part = replace(Part.of_articles(statutes.articles, encoder), asking=asking)
    found = candidates(part, Reader(Words.load(content), encoder).read("ᠮᠣᠩᠭᠣᠯ"))
    assert len(found.rows) == len(statutes.articles)


def test_numbers_of_half_precision_are_widened_exactly() -> None:
    every = np.arange(65536, dtype=np.uint16).view(np.float16)
    finite = every[np.isfinite(every)]
    assert np.array_equal(widened(finite), finite.astype(np.float32))
