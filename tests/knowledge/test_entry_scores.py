"""The classifier of entries: learnt beside an encoder, read for the entries there are."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from knowledge import entry_scores, train_entries
from knowledge.article_ranker import ArticleRanker, Known, article_features
from knowledge.cited import Cited
from knowledge.encode import Encoder
from knowledge.entries import Entry
from knowledge.entry_scores import FILE, EntryScores
from knowledge.errors import ContentError
from knowledge.index import Part
from knowledge.normalise import Words
from knowledge.ranking import Ranking, Reader
from knowledge.settings import Settings
from knowledge.statutes import Statutes
from knowledge.topic_shares import TopicShares
from knowledge.train_entries import Recipe

SMALL = Recipe(epochs=30, batch=16, clauses=4, least=1)


@pytest.fixture(scope="module")
def words(content: Path) -> Words:
    """The fixture's filler words."""
    return Words.load(content)


@pytest.fixture(scope="module")
def trained(
    fixture_settings: Settings,
    entries: list[Entry],
    words: Words,
    tmp_path_factory: pytest.TempPathFactory,
) -> Path:
    """A copy of the fixture's encoder with a classifier beside it."""
    folder = tmp_path_factory.mktemp("classifier")
    for name in (entry_scores.TOKENIZER, train_entries.WEIGHTS):
        source = Path(fixture_settings.embedding_model) / name
        (folder / name).write_bytes(source.read_bytes())
    real = [("桶借给邻居不还给我", "buckets/unreturned"), ("没有这个条目", "buckets/gone")]
    more = [("风筝挂树上了够不着", "kites/stuck")] * 3  # not citizens': they ask for it no oftener
    train_entries.train(entries, real, more, words, folder, None, lambda line: None, SMALL)
    return folder


def test_each_entrys_own_question_is_known_again(
    trained: Path, entries: list[Entry], words: Words
) -> None:
    scores = EntryScores.load(trained, entries, words)
    assert scores is not None
    for place, entry in enumerate(entries):
        found = scores.of(words.without_fillers(entry.meta.question))
        assert found.argmax() == place
        assert np.exp(found).sum() == pytest.approx(1, abs=1e-4)


def test_its_further_questions_are_told_apart(
    trained: Path, entries: list[Entry], words: Words
) -> None:
    scores = EntryScores.load(trained, entries, words)
    assert scores is not None
    questions = next(entry for entry in entries if entry.meta.asked_next).meta.asked_next
    ways = [scores.vector(one.says[0]) for one in questions]
    others = np.array([scores.vector(one.says[1]) for one in questions])
    assert [int((others @ way).argmax()) for way in ways] == list(range(len(questions)))


def test_what_citizens_ask_for_often_gains(
    trained: Path, entries: list[Entry], words: Words
) -> None:
    scores = EntryScores.load(trained, entries, words)
    assert scores is not None
    often = dict(zip((entry.id for entry in entries), scores.often, strict=True))
    assert often["buckets/unreturned"] > 0 > often["kites/stuck"]
    new = replace(entries[0], meta=entries[0].meta.model_copy(update={"id": "buckets/new"}))
    later = EntryScores.load(trained, [new], words)
    assert later is not None
    assert later.often[0] == pytest.approx(min(often.values()))


def test_an_entry_written_later_is_found_by_its_ways_of_asking(
    trained: Path, entries: list[Entry], words: Words
) -> None:
    new = replace(entries[0], meta=entries[0].meta.model_copy(update={"id": "buckets/new"}))
    scores = EntryScores.load(trained, [*entries[1:], new], words)
    assert scores is not None
    assert scores.of(words.without_fillers(new.meta.question)).argmax() == len(entries) - 1


def test_topics_and_matters_share_what_their_entries_have(
    trained: Path, entries: list[Entry], words: Words
) -> None:
    shares = TopicShares.load(trained, entries, words)
    assert shares
    for entry in entries:
        topics, matters = shares.of(entry.meta.question)
        assert sum(topics.values()) == pytest.approx(1)
        assert sum(matters.values()) == pytest.approx(1)
        assert max(topics, key=lambda topic: topics[topic]) == entry.meta.topic
    assert TopicShares.load(trained / "none", entries, words) is None


def test_text_without_a_known_piece_says_nothing_of_any_entry(
    trained: Path, entries: list[Entry], words: Words
) -> None:
    scores = EntryScores.load(trained, entries, words)
    assert scores is not None
    assert not scores.vector("qqq").any()
    assert np.isfinite(scores.of("")).all()


def test_an_encoder_without_a_classifier_has_none_and_a_broken_file_is_named(
    trained: Path, entries: list[Entry], words: Words, tmp_path: Path
) -> None:
    assert EntryScores.load(tmp_path, entries, words) is None
    (tmp_path / FILE).write_bytes(b"no")
    with pytest.raises(ContentError, match=r"entries\.npz"):
        EntryScores.load(tmp_path, entries, words)


def test_one_trained_on_all_variants_has_no_fold(
    trained: Path, entries: list[Entry], words: Words
) -> None:
    with pytest.raises(ContentError, match="hold-out"):
        entry_scores.fold_of(trained)
    train_entries.train(
        entries, [], [], words, trained, 3, lambda line: None, replace(SMALL, epochs=1)
    )
    assert entry_scores.fold_of(trained) == 3


def test_what_a_question_leans_on_counts_too(
    trained: Path, entries: list[Entry], content: Path, fixture_settings: Settings
) -> None:
    words = Words.load(content)
    scores = EntryScores.load(trained, entries, words)
    reader = Reader(words, Encoder(fixture_settings.embedding_model), scores)
    before = reader.read(entries[2].meta.question)
    both = reader.read(entries[0].meta.question).after(before)
    assert both.likely is not None
    assert np.exp(both.likely).sum() == pytest.approx(1, abs=1e-4)
    assert both.likely[2] > reader.read(entries[0].meta.question).likely[2]  # type: ignore[index]


def test_articles_that_the_likeliest_entries_cite_are_candidates(
    entries: list[Entry], statutes: Statutes
) -> None:
    cited = Cited.of(entries, statutes.articles)
    shares = np.full(len(entries), 0.1, dtype=np.float32)
    shares[0] = 0.8
    places = {(a.law, a.article): n for n, a in enumerate(statutes.articles) if not a.superseded}
    first = {places[c.law, c.article] for c in entries[0].meta.citations}
    assert first <= {*cited.likely(np.log(shares)).tolist()}


def test_networks_without_the_classifier_they_learnt_with_are_refused(
    entries: list[Entry], statutes: Statutes, content: Path, fixture_settings: Settings
) -> None:
    encoder = Path(fixture_settings.embedding_model)
    query = Reader(Words.load(content), Encoder(str(encoder))).read("水桶")
    part = Part.of_articles(statutes.articles, Encoder(str(encoder)))
    ranker = ArticleRanker.load(Ranking.load(content), encoder, statutes.articles, entries)
    assert ranker.rank(part, query)  # by the weighted sum
    known = Known.load(encoder, statutes.articles, entries)
    assert known is not None
    with pytest.raises(ContentError, match="train-entries"):
        article_features(part, query, known)
