"""Searching entries and articles."""

import datetime
import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from knowledge.article_names import ArticleNames
from knowledge.encode import Encoder
from knowledge.index import Part
from knowledge.replaced import Replaced
from knowledge.search import Searcher, without_repeats
from knowledge.settings import Settings
from knowledge.statutes import Statutes


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("邻居借了我的水桶，一直不还", "buckets/unreturned"),
        ("請問水桶被借走了不給我", "buckets/unreturned"),
        ("押金收多了", "buckets/deposit"),
        ("风筝挂在树上，人家不让拿", "kites/stuck"),
    ],
)
def test_a_question_finds_its_entry_first(searcher: Searcher, question: str, expected: str) -> None:
    assert searcher.search(question).of_kind("entry")[0].docid == expected


def test_a_known_way_of_asking_is_certain(searcher: Searcher) -> None:
    results = searcher.search("你好，桶要不回来")
    assert results.hits[0].docid == "buckets/unreturned"
    assert results.hits[0].score == 1.0
    assert results.band == "answer"


@pytest.mark.parametrize(
    "question", ["今天天气怎么样", "qwerty", "", "   ", "？？？", "\u1820\u1821"]
)
def test_what_nothing_answers_is_not_answered(searcher: Searcher, question: str) -> None:
    assert searcher.search(question).band == "not_sure"


def test_superseded_articles_and_replaced_laws_are_not_found(searcher: Searcher) -> None:
    found = searcher.search("借走水桶的人应当在十日内归还", k=20).of_kind("article")
    assert found
    assert not {"article:5", "article:8"} & {hit.docid for hit in found}


def test_a_follow_up_is_searched_with_the_question_before_it(searcher: Searcher) -> None:
    results = searcher.search("那他不同意呢", context="风筝挂在别人家树上")
    assert results.of_kind("entry")[0].docid == "kites/stuck"


def test_hits_are_in_order_and_at_most_k_of_each_kind(searcher: Searcher) -> None:
    results = searcher.search("水桶", k=2)
    scores = [hit.score for hit in results.hits]
    assert scores == sorted(scores, reverse=True)
    assert len(results.of_kind("entry")) == len(results.of_kind("article")) == 2


@pytest.mark.parametrize(
    ("question", "law", "article", "version", "replaced_by"),
    [
        ("示例法第2条", "示例法", "第二条", "2020-01-01", None),
        ("《中华人民共和国示例法》第三条之一怎么说", "示例法", "第三条之一", "2020-01-01", None),
        ("示例条例二条", "示例法实施条例", "第二条", "2021-05-01", None),
        ("示例法第九十条", "示例法", "第九十条", None, None),
        ("示例法第四条", "示例法", "第四条", None, None),
        ("月球法第三条", "月球法", "第三条", None, None),
        ("旧示例条例第一条", "旧示例条例", "第一条", None, "示例法"),
        ("示例法第一条", "示例法", "第一条", None, "示例法第二条"),
    ],
)
def test_a_named_article_is_given_or_said_to_be_missing(
    searcher: Searcher,
    question: str,
    law: str,
    article: str,
    version: str | None,
    replaced_by: str | None,
) -> None:
    results = searcher.search(question)
    named = results.article
    assert named is not None
    assert (named.law, named.article, named.version) == (law, article, version)
    assert (named.text is None) == (version is None)
    assert named.replaced_by == replaced_by
    assert results.band == "answer"


@pytest.mark.parametrize("question", ["我要五十条鱼", "第五十条", "示例法", "有什么条例"])
def test_no_article_is_seen_where_none_is_named(searcher: Searcher, question: str) -> None:
    assert searcher.search(question).article is None


def test_threads_get_the_same_results(searcher: Searcher) -> None:
    questions = ["水桶不还", "押金多少", "风筝挂树上"] * 4
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(searcher.search, questions))
    assert together == [searcher.search(question) for question in questions]


def test_very_long_text_is_cut(searcher: Searcher) -> None:
    assert searcher.search("水桶不还" + "啊" * 100_000).hits


def test_a_replaced_article_is_neither_found_nor_shown(searcher: Searcher) -> None:
    assert searcher.find_article("示例法", "第一条") is None
    found = searcher.search("为了给测试提供一部不存在的法律", k=9).of_kind("article")
    assert "《示例法》第一条" not in {hit.title for hit in found}
    assert searcher.find_article("示例法", "第二条") is not None


def test_a_law_that_does_not_hold_yet_says_from_when(tmp_path: Path) -> None:
    rows = [
        ("未来示例法", "第一条", "水桶应当归还。"),
        ("未来示例法", "第二条", "本法自2099年1月1日起施行。"),
        ("现行示例法", "第一条", "本法自2020年1月1日起施行。"),
    ]
    lines = [
        {"id": n, "law": law, "article": article, "version": "2026-06-01", "category": "示例",
         "superseded": False, "text": text}
        for n, (law, article, text) in enumerate(rows)
    ]  # fmt: skip
    path = tmp_path / "statutes.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines))
    statutes = Statutes.load(path)
    today = datetime.date(2026, 11, 22)
    assert statutes.in_force_from("未来示例法", today) == datetime.date(2099, 1, 1)
    assert statutes.in_force_from("未来示例法", datetime.date(2099, 1, 1)) is None
    assert statutes.in_force_from("现行示例法", today) is None
    names = ArticleNames(statutes, {}, Replaced({}, {}))
    named = names.find("未来示例法第一条")
    assert named is not None
    assert named.in_force_from == "2099-01-01"


def test_an_entry_is_looked_for_by_the_matter_beside_a_named_article(searcher: Searcher) -> None:
    alone = searcher.search("水桶多久要还")
    named = searcher.search("示例法第二条水桶多久要还")
    assert named.article is not None
    assert [hit.docid for hit in named.of_kind("entry")] == [
        hit.docid for hit in alone.of_kind("entry")
    ]
    assert [hit.score for hit in named.hits] == [hit.score for hit in alone.hits]


def test_a_question_that_is_only_a_name_is_searched_by_it(searcher: Searcher) -> None:
    assert searcher.search("示例法第二条").of_kind("article")


def test_an_article_that_says_the_same_as_a_better_one_is_left_out(
    fixture_settings: Settings, statutes: Statutes
) -> None:
    first, *rest = statutes.articles
    repeated = [first, replace(first, law="旧示例法", text=first.text), *rest]
    twice = [replace(a, text=a.text * 3) for a in repeated]  # so that the name weighs little
    part = Part.of_articles(twice, Encoder(fixture_settings.embedding_model))
    found = without_repeats(part, [(0, 0.5), (1, 0.4), (2, 0.1), (3, 0.05)], 3)
    assert [place for place, _ in found] == [0, 2, 3]
