"""Measuring entry search with variants left out, and what the bands make of it."""

import json

import pytest

from knowledge.__main__ import main
from knowledge.entries import Entry
from knowledge.evaluate_entries import Trial, left_out, measure, off_topic
from knowledge.ranking import Bands, Ranking
from knowledge.reranker import EntryRanker
from knowledge.settings import Settings


def test_each_variant_is_asked_once_with_the_index_not_holding_it(
    entries: list[Entry], fixture_settings: Settings
) -> None:
    content, model = fixture_settings.content_dir, fixture_settings.embedding_model
    trials = left_out(entries, content, model)
    assert sorted(trial.right for trial in trials) == [(0,)] * 6 + [(1,)] * 6 + [(2,)] * 6
    # A variant that the index does not hold scores less than one that it holds.
    known = off_topic(entries, content, model)
    assert max(trial.scores[0] for trial in trials) > max(t.scores[0] for t in known)


def test_one_fold_asks_only_its_own_variants(
    entries: list[Entry], fixture_settings: Settings
) -> None:
    content, model = fixture_settings.content_dir, fixture_settings.embedding_model
    assert len(left_out(entries, content, model, 0)) == 6
    assert len(left_out(entries, content, model, 4)) == 3


def test_shares_are_of_what_was_asked_and_of_what_was_answered() -> None:
    ranking = Ranking.load(Settings().content_dir)
    bands = ranking.bands
    sure, unsure, no = bands.answer + 0.2, (bands.answer + bands.ask_back) / 2, 0.0
    asked = [
        Trial((0,), [(0, sure), (1, 0.0)]),
        Trial((0,), [(1, sure), (0, 0.0)]),
        Trial((0,), [(1, unsure), (2, unsure), (0, unsure)]),
        Trial((0,), [(1, no)]),
    ]
    strange = [Trial((), [(0, sure), (1, 0.0)]), Trial((), [(0, no)])]
    found = measure(asked, strange, EntryRanker(ranking, None))
    assert (found["hits@1"], found["hits@3"]) == (0.25, 0.75)
    assert (found["coverage"], found["precision"]) == (0.5, 0.5)
    assert (found["asked_back"], found["asked_back_in_three"]) == (0.25, 1.0)
    assert (found["off_topic_answered"], found["off_topic_asked_back"]) == (0.5, 0.0)


def test_an_entry_that_answers_as_well_is_right_too_and_told_apart() -> None:
    ranking = Ranking.load(Settings().content_dir)
    found = measure([Trial((0, 1), [(1, 0.0), (2, 0.0)])], [], EntryRanker(ranking, None))
    assert (found["hits@1"], found["own@1"], found["own@3"]) == (1.0, 0.0, 0.0)


def test_the_command_measures_entries(
    fixture_settings: Settings, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CONTENT_DIR", str(fixture_settings.content_dir))
    monkeypatch.setenv("EMBEDDING_MODEL", fixture_settings.embedding_model)
    assert main(["evaluate", "--entries", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["variants"] == 18
    assert 0 < found["hits@1"] <= found["hits@3"] <= 1


def test_a_band_needs_its_score_and_an_answer_a_clear_lead() -> None:
    bands = Bands(answer=0.4, ask_back=0.3, clear_by=0.05, suggest=0.2, name_article=0.3)
    assert bands.of([0.5, 0.4]) == "answer"
    assert bands.of([0.5, 0.48]) == "ask_back"
    assert bands.of([0.5]) == "answer"
    assert bands.of([0.35, 0.1]) == "ask_back"
    assert bands.of([0.29]) == "not_sure"
    assert bands.of([]) == "not_sure"
