"""What is asked on after an entry: told apart by meaning, and nothing forced."""

import re
from pathlib import Path

import pytest

from knowledge import evaluate_next
from knowledge.asked_next import AskedNext
from knowledge.encode import Encoder
from knowledge.entries import Entry, load
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


@pytest.mark.parametrize(
    ("text", "has_period", "has_none", "tricked"),
    [
        ("连带责任 没写期限 到期一年多银行才找我 我还用还不", False, True, True),
        ("写了连带 没约定保多久 到期一年半", False, True, True),
        ("没写保到哪天 银行过了两年才来", False, True, True),
        ("合同写了担保期两年 到期一年多", True, False, True),
        ("连带责任担保三年 去年到期", True, False, True),
        ("催款函让我签字 我签不签", True, True, False),
        ("他骗我签的担保", True, True, True),
    ],
)
def test_a_guarantee_without_a_period_is_not_one_with_a_period(
    text: str, has_period: bool, has_none: bool, tricked: bool
) -> None:
    root = Path("knowledge/content/entries")
    asked = load(root / "loans" / "guarantor.md", root).meta.asked_next
    of = {way: one for one in asked for way in one.says}
    told = ("写了担保期还在期内要不要还", "没写期限还用还不", "哄我签的字")
    assert [of[way].may_be_meant(text) for way in told] == [has_period, has_none, tricked]


def test_what_a_text_rules_out_is_not_found(further: AskedNext, entries: list[Entry]) -> None:
    entry = next(one for one in entries if one.id == ENTRY)
    first, *others = entry.meta.asked_next
    ruled = first.model_copy(update={"unless": re.compile("没丢")})
    entry.meta.asked_next[:] = [ruled, *others]
    found, _ = further.find(ENTRY, "他没丢 说桶丢了")
    assert (found[-1].asked, found[-1].share) == (ruled, 0)
    found, _ = further.find(ENTRY, "他说桶丢没了")
    assert found[0].asked == ruled
