"""The re-ranker: priors counted from questions, a network learnt from held-out ones."""

import json
from pathlib import Path

import numpy as np
import pytest

from knowledge import fuse_articles, labels, priors, train_entries
from knowledge.__main__ import main
from knowledge.article_ranker import ArticleRanker
from knowledge.encode import Encoder
from knowledge.entries import Entry
from knowledge.errors import ContentError
from knowledge.index import Part
from knowledge.learning import Example, learn
from knowledge.normalise import Words
from knowledge.ranking import Likelihoods, Ranking, Reader
from knowledge.reranker import RERANKER, EntryRanker, Networks
from knowledge.search import Searcher
from knowledge.settings import Settings
from knowledge.statutes import Statutes
from knowledge.train import Data, Recipe, train
from knowledge.training_data import Question

HERE = Path(__file__).parent
SMALL = train_entries.Recipe(runs=2, epochs=2, batch=16, clauses=4, least=1)


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
        data = Data.read(statutes.articles, entries, {}, bench / "answered.jsonl",
                         [bench / "noisy.jsonl"], bench / "lines.txt")  # fmt: skip
        data.hold_out(fold, recipe.seed)
        folder = tmp_path_factory.mktemp("folds") / str(fold)
        train(data, folder, lambda line: None, recipe)
        train_entries.train(
            entries, [], [], Words.load(content), folder, fold, lambda line: None, SMALL
        )
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


def _examples(random: np.random.Generator, count: int, answered: float = 1.0) -> list[Example]:
    """Candidates of which the one with the highest third number is right, if any is."""
    made = []
    for _ in range(count):
        features = random.normal(size=(20, 6)).astype(np.float32)
        right = np.zeros(20, dtype=np.float32)
        if random.random() < answered:
            best = features[:, 2].argmax()
            features[best, 2] += 2
            right[best] = 1
        made.append(Example(features, right))
    return made


def test_the_network_learns_which_feature_tells_right_from_wrong() -> None:
    examples = _examples(np.random.default_rng(1), 320)
    network = learn(examples[:300], False)
    first = [network.shares(e.features).argmax() == e.right.argmax() for e in examples[300:]]
    assert sum(first) >= 18
    assert network.shares(examples[0].features).sum() == pytest.approx(1)


def test_the_network_learns_when_none_is_right() -> None:
    examples = _examples(np.random.default_rng(2), 640, answered=0.5)
    network = learn(examples[:600], True)
    sure = [network.shares(e.features).sum() > 0.5 for e in examples[600:]]
    right = [bool(e.right.any()) for e in examples[600:]]
    assert np.mean(np.array(sure) == np.array(right)) > 0.8


def test_networks_are_learnt_saved_and_used(
    folds: list[Path],
    content: Path,
    statutes: Statutes,
    entries: list[Entry],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lines = HERE / "bench" / "lines.txt"
    asked = lines.read_text(encoding="utf-8").splitlines()
    rows = [f"{labels.digest(line)}\tlearn\tbuckets\tbuckets/deposit\n" for line in asked]
    (tmp_path / "labels.tsv").write_text("".join(rows), encoding="utf-8")
    monkeypatch.setenv("CONTENT_DIR", str(content))
    texts, out = str(HERE.parent / "fixtures" / "statutes.jsonl"), folds[0]
    command = ["fuse", *map(str, folds), "--statutes", texts, "--out", str(out)]
    with_labels = ["--lines", str(lines), "--labels", str(tmp_path / "labels.tsv")]
    assert main([*command, *with_labels]) == 0
    ranking, encoder = Ranking.load(content), Encoder(str(out))
    query = Reader.load(content, encoder, entries).read("借走的水桶多少天要还")
    part = Part.of_articles(statutes.articles, encoder)
    ranked = ArticleRanker.load(ranking, out, statutes.articles, entries).rank(part, query)
    assert sum(score for _, score in ranked) == pytest.approx(1, abs=1e-3)
    assert [score for _, score in ranked] == sorted((s for _, s in ranked), reverse=True)
    entry_ranker = EntryRanker.load(ranking, out)
    found = entry_ranker.rank(Part.of_entries(entries, encoder), query)
    assert 0 < sum(score for _, score in found) < 1  # the rest is "none of these"
    assert entry_ranker.bands.of([0.99]) == "answer"
    assert entry_ranker.bands.of([0.0]) == "not_sure"


def test_an_encoder_trained_on_everything_cannot_teach_the_re_ranker(
    fixture_settings: Settings, content: Path, statutes: Statutes, entries: list[Entry]
) -> None:
    encoder = Path(fixture_settings.embedding_model)
    (part,) = fuse_articles.article_parts(statutes.articles, [encoder], content)
    with pytest.raises(ContentError, match="hold-out"):
        fuse_articles.searched(statutes.articles, entries, part, encoder, content)


def test_a_broken_re_ranker_is_named(tmp_path: Path) -> None:
    (tmp_path / RERANKER).write_text(json.dumps({"articles": {}}))
    with pytest.raises(ContentError, match=r"reranker\.json"):
        Networks.load(tmp_path)


def test_search_works_with_an_encoder_that_came_without_one(fixture_settings: Settings) -> None:
    assert Networks.load(Path(fixture_settings.embedding_model)) is None
    found = Searcher.load(fixture_settings, lambda line: None).search("水桶多少天要还")
    assert found.of_kind("article")


def test_a_share_is_enough_alone_to_answer_and_three_together_to_ask_back() -> None:
    bands = Likelihoods(answer=0.6, ask_back=0.4, suggest=0.1, name_article=0.3)
    assert bands.of([0.6, 0.3]) == "answer"
    assert bands.of([0.2, 0.15, 0.06, 0.05]) == "ask_back"
    assert bands.of([0.2, 0.1, 0.05, 0.04]) == "not_sure"
    assert bands.of([]) == "not_sure"
    assert bands.suggests([0.05, 0.03, 0.02])
    assert not bands.suggests([0.05, 0.03, 0.01, 0.5])
