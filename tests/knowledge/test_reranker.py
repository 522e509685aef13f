"""The re-ranker: priors counted from questions, a network learnt from held-out ones."""

import json
from pathlib import Path

import numpy as np
import pytest

from knowledge import fuse, priors
from knowledge.__main__ import main
from knowledge.encode import Encoder
from knowledge.entries import Entry
from knowledge.errors import ContentError
from knowledge.fuse import Example, learn
from knowledge.index import Part
from knowledge.normalise import Words
from knowledge.ranking import Ranking, Reader
from knowledge.reranker import FEATURES, RERANKER, Reranker, rank_articles
from knowledge.search import Searcher
from knowledge.settings import Settings
from knowledge.statutes import Statutes
from knowledge.train import Data, Recipe, train
from knowledge.training_data import Question

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def folds(
    tmp_path_factory: pytest.TempPathFactory,
    content: Path,
    statutes: Statutes,
    entries: list[Entry],
) -> list[Path]:
    """Two tiny encoders, each trained without a fold of the questions."""
    bench = HERE / "bench"
    recipe = Recipe(pieces=400, dimensions=32, steps=10, answered_share=4, noisy_share=2,
                    entry_share=4, span_share=4)  # fmt: skip
    made = []
    for fold in (0, 1):
        data = Data.read(statutes.articles, entries, bench / "answered.jsonl",
                         [bench / "noisy.jsonl"], bench / "lines.txt")  # fmt: skip
        data.hold_out(fold, recipe.seed)
        folder = tmp_path_factory.mktemp("folds") / str(fold)
        train(data, folder, lambda line: None, recipe)
        made.append(folder)
    return made


def test_priors_count_each_questions_answers_as_one(statutes: Statutes, tmp_path: Path) -> None:
    checked = [Question("a", (0,)), Question("b", (1, 2)), Question("c", (5,))]
    counts = priors.count(checked, [Question("d", (1, 99))], statutes.articles)
    assert counts["示例法"] == {"第一条": [1.0, 0.0], "第二条": [0.5, 0.5], "第三条": [0.5, 0.0]}
    priors.save(counts, tmp_path)
    known = priors.load(tmp_path, statutes.articles)
    assert known is not None
    assert known.shape == (len(statutes), priors.COLUMNS)
    assert known[0, 0] == 0 > known[5, 0] > known[8, 0]
    assert known[1, 2] == pytest.approx(np.log1p(0.5))


def test_an_encoder_without_priors_has_none_and_a_broken_file_is_named(
    statutes: Statutes, tmp_path: Path
) -> None:
    assert priors.load(tmp_path, statutes.articles) is None
    (tmp_path / priors.PRIORS).write_text("[1]")
    with pytest.raises(ContentError, match=r"priors\.json"):
        priors.load(tmp_path, statutes.articles)


def test_the_network_learns_which_feature_tells_right_from_wrong() -> None:
    random = np.random.default_rng(1)
    examples = []
    for _ in range(60):
        features = random.normal(size=(20, len(FEATURES))).astype(np.float32)
        right = np.zeros(20, dtype=np.float32)
        right[features[:, 2].argmax()] = 1
        examples.append(Example(features, right))
    network = learn(examples[:50])
    first = [network.scores(e.features).argmax() == e.right.argmax() for e in examples[50:]]
    assert sum(first) >= 8


def test_a_re_ranker_is_learnt_saved_and_used(
    folds: list[Path], content: Path, statutes: Statutes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONTENT_DIR", str(content))
    texts = str(HERE.parent / "fixtures" / "statutes.jsonl")
    out = folds[0]
    assert main(["fuse", *map(str, folds), "--statutes", texts, "--out", str(out)]) == 0
    reranker = Reranker.load(out, statutes.articles)
    assert reranker is not None
    encoder = Encoder(str(out))
    part = Part.of_articles(statutes.articles, encoder)
    query = Reader(Words.load(content), encoder).read("借走的水桶多少天要还")
    ranked = rank_articles(part, query, Ranking.load(content), reranker)
    assert sum(score for _, score in ranked) == pytest.approx(1, abs=1e-3)
    assert [score for _, score in ranked] == sorted((s for _, s in ranked), reverse=True)
    by_hand = rank_articles(part, query, Ranking.load(content), None)
    assert {place for place, _ in ranked} == {place for place, _ in by_hand}


def test_an_encoder_trained_on_everything_cannot_teach_the_re_ranker(
    fixture_settings: Settings, content: Path, statutes: Statutes
) -> None:
    with pytest.raises(ContentError, match="hold-out"):
        fuse.examples(statutes.articles, Path(fixture_settings.embedding_model), content)


def test_a_broken_re_ranker_is_named(folds: list[Path], statutes: Statutes) -> None:
    path = folds[1] / RERANKER
    path.write_text(json.dumps({"centre": []}))
    with pytest.raises(ContentError, match=r"reranker\.json"):
        Reranker.load(folds[1], statutes.articles)
    path.unlink()


def test_search_works_with_an_encoder_that_came_without_one(fixture_settings: Settings) -> None:
    assert not (Path(fixture_settings.embedding_model) / RERANKER).exists()
    found = Searcher.load(fixture_settings, lambda line: None).search("水桶多少天要还")
    assert found.of_kind("article")
