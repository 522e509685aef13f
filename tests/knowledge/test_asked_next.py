"""What is asked on after an entry: told apart by meaning, and nothing forced."""

from pathlib import Path

import pytest

from knowledge import evaluate_next
from knowledge.asked_next import AskedNext
from knowledge.encode import Encoder
from knowledge.entries import Entry
from knowledge.learn_next import split_says
from knowledge.ranking import Ranking, Reader
from knowledge.settings import Settings
from knowledge.training_data import FOLDS

ENTRY = "buckets/unreturned"


@pytest.fixture
def further(fixture_settings: Settings, content: Path, entries: list[Entry]) -> AskedNext:
    """The further questions of the fixture's entries."""
    reader = Reader.load(content, Encoder(fixture_settings.embedding_model), entries)
    return AskedNext({entry.id: entry for entry in entries}, reader, Ranking.load(content).further)


def test_each_way_finds_its_own_question(further: AskedNext, entries: list[Entry]) -> None:
    questions = next(entry for entry in entries if entry.id == ENTRY).meta.asked_next
    for question in questions:
        for way in question.says:
            found, band = further.find(ENTRY, way)
            assert (found[0].asked, found[0].share) == (question, 1)
            assert band == "answer"
            assert len(found) == len(questions)


def test_other_words_for_it_are_told_by_their_meaning(further: AskedNext) -> None:
    found, _ = further.find(ENTRY, "没有照片行不行")
    assert found[0].asked.says[0] == "我没有照片"
    assert found[0].share < 1


def test_shares_leave_room_for_none_of_them(further: AskedNext) -> None:
    found, band = further.find(ENTRY, "风筝挂在树上了")
    assert band == "not_sure"
    assert sum(one.share for one in found) < 0.5


@pytest.mark.parametrize("entry", ["kites/stuck", "buckets/gone"])
def test_without_further_questions_nothing_is_found(further: AskedNext, entry: str) -> None:
    assert further.find(entry, "没证据行不行") == ([], "not_sure")


def test_each_way_is_held_out_in_one_fold(entries: list[Entry]) -> None:
    asked = next(entry for entry in entries if entry.id == ENTRY).meta.asked_next[0]
    held = [way for fold in range(FOLDS) for way in split_says(asked, fold)[1]]
    assert sorted(held) == sorted(asked.says)
    assert all(set(split_says(asked, fold)[0]).isdisjoint(split_says(asked, fold)[1])
               for fold in range(FOLDS))  # fmt: skip
    assert split_says(asked, None) == (asked.says, [])


def test_the_measure_asks_what_was_held_out_and_other_matters(
    entries: list[Entry], content: Path, fixture_settings: Settings
) -> None:
    found = evaluate_next.measure(entries, content, fixture_settings.embedding_model, 0)
    assert found["further"] == 3
    assert found["other_matters"] > 0
    assert all(0 <= found[key] <= 1 for key in ("hits@1", "hits@3", "coverage", "precision"))
