"""What the networks of articles see: the training questions that are near, and the first order."""

from pathlib import Path

import numpy as np
import pytest

from knowledge import answered
from knowledge.answered import Answered
from knowledge.article_ranker import ArticleRanker, Known
from knowledge.encode import Encoder
from knowledge.entries import Entry
from knowledge.errors import ContentError
from knowledge.index import Part
from knowledge.ranking import Ranking
from knowledge.reranker import RERANKER, Network, Networks
from knowledge.second_look import FAR, second_look
from knowledge.settings import Settings
from knowledge.statutes import Statutes

ACROSS = np.eye(4, dtype=np.float32)


@pytest.fixture
def asked(tmp_path: Path, statutes: Statutes) -> Answered:
    """Three questions, in directions of their own: answered by 0, by 0 and 1, by 6."""
    answered.save(tmp_path, ACROSS[:3], [(0,), (0, 1), (6,)], statutes.articles)
    found = Answered.load(tmp_path, statutes.articles)
    assert found is not None
    return found


def test_the_answers_of_near_questions_stand_out(asked: Answered) -> None:
    near = asked.near(ACROSS[1])
    assert near.articles.tolist() == [0, 1, 6]
    cosine, behind, own, of_law = near.features(np.arange(8)).T
    assert cosine[[0, 1]] == pytest.approx([1, 1], abs=1e-2)
    assert cosine[2] == cosine.min()
    assert behind.max() == 0
    assert own[1] > own[6] > own[2]
    assert of_law[2] == of_law[1] > of_law[6]  # an article of the law that answered


def test_only_the_nearest_questions_count(
    tmp_path: Path, statutes: Statutes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answered, "NEAREST", 1)
    answered.save(tmp_path, ACROSS[:3], [(0,), (0, 1), (6,)], statutes.articles)
    found = Answered.load(tmp_path, statutes.articles)
    assert found is not None
    assert found.near(ACROSS[2]).articles.tolist() == [6]


def test_the_file_holds_no_questions_and_names_articles_by_version(
    asked: Answered, tmp_path: Path, statutes: Statutes
) -> None:
    with np.load(tmp_path / answered.FILE) as kept:
        assert {*kept} == {"vectors", "questions", "articles", "names"}
        assert kept["vectors"].dtype == np.int8
    gone = [article for article in statutes.articles if article.article != "第二条"]
    fewer = Answered.load(tmp_path, gone)
    assert fewer is not None
    assert {gone[place].article for place in fewer.articles} == {"第一条"}
    assert len(fewer.questions) == len(asked.questions) - 2


@pytest.mark.usefixtures("asked")
def test_without_statute_texts_nothing_is_near(tmp_path: Path) -> None:
    found = Answered.load(tmp_path, [])
    assert found is not None
    assert not found.near(ACROSS[1]).articles.size


def test_an_encoder_without_the_file_has_none_and_a_broken_file_is_named(
    tmp_path: Path, statutes: Statutes
) -> None:
    assert Answered.load(tmp_path, statutes.articles) is None
    (tmp_path / answered.FILE).write_bytes(b"no")
    with pytest.raises(ContentError, match=r"answered\.npz"):
        Answered.load(tmp_path, statutes.articles)


def test_training_leaves_the_questions_that_it_learnt_from(
    fixture_settings: Settings, statutes: Statutes
) -> None:
    model = fixture_settings.embedding_model
    found = Answered.load(Path(model), statutes.articles)
    assert found is not None
    (vector,) = Encoder(model).encode(["桶借走多少天要还"])
    cosine = found.near(vector).features(np.arange(len(statutes.articles)))[:, 0]
    assert cosine[1] == pytest.approx(1, abs=1e-3)  # the article with the id 2


def test_networks_without_the_answered_questions_are_refused(
    tmp_path: Path, content: Path, statutes: Statutes, entries: list[Entry]
) -> None:
    one = Network(centre=[0], scale=[1], hidden=[[1]], hidden_bias=[0], out=[1], none=None)
    networks = Networks(articles=one, again=one, entries=one, fits=one)
    (tmp_path / RERANKER).write_text(networks.model_dump_json())
    assert Known.load(tmp_path, statutes.articles, entries) is None
    with pytest.raises(ContentError, match="what train writes"):
        ArticleRanker.load(Ranking.load(content), tmp_path, statutes.articles, entries)


def test_the_second_look_sees_what_is_beside_and_of_the_same_law(
    fixture_settings: Settings, statutes: Statutes
) -> None:
    part = Part.of_articles(statutes.articles, Encoder(fixture_settings.embedding_model))
    laws = np.unique([a.law for a in statutes.articles], return_inverse=True)[1]
    rows = np.array([0, 1, 5, 8])  # two neighbours, and the first articles of two other laws
    shares = np.array([0.2, 0.5, 0.2, 0.1], dtype=np.float32)
    order, seen = second_look(part, rows, shares, laws)
    assert rows[order].tolist() == [1, 0, 5, 8]
    logarithm, behind, _, of_law, _, beside, beyond, place = seen[:, 3:].T
    assert logarithm[0] == pytest.approx(np.log(0.5))
    assert behind[0] == 0
    assert of_law[0] == of_law[1] == pytest.approx(np.log(0.7), abs=1e-2)
    assert beside[1] == pytest.approx(np.log(0.5))
    assert (beside[2:] == FAR).all()  # the article before is another law's
    assert (beyond == FAR).all()
    assert place == pytest.approx(np.log1p([0, 1, 0, 0]))
    assert seen[0, 0] > seen[3, 0]  # the best is more like the middle of the best than the last
