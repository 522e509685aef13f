"""Quality measures, and the floors that the shipped encoder must keep."""

import json
from pathlib import Path

import pytest

from knowledge.__main__ import main
from knowledge.errors import ContentError
from knowledge.evaluate import measure, read_queries

HERE = Path(__file__).parent
FIXTURE_STATUTES = HERE.parent / "fixtures" / "statutes.jsonl"


def test_recall_and_rank_are_measured() -> None:
    answers = {"a": [1, 2, 3], "b": [9, 8, 7]}
    found = measure(lambda q: answers[q], [("a", frozenset({2})), ("b", frozenset({7, 100}))])
    assert found["recall@5"] == pytest.approx((1 + 0.5) / 2)
    assert found["mrr@10"] == pytest.approx((1 / 2 + 1 / 3) / 2, abs=1e-4)


def test_a_line_that_is_no_query_is_named(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text('{"query": "a", "relevant": [1]}\n{"query": "b"}\n')
    with pytest.raises(ContentError, match=r"q\.jsonl:2"):
        read_queries(path)


def test_the_command_prints_three_methods(
    fixture_settings: object, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from knowledge.settings import Settings

    assert isinstance(fixture_settings, Settings)
    monkeypatch.setenv("CONTENT_DIR", str(fixture_settings.content_dir))
    monkeypatch.setenv("EMBEDDING_MODEL", fixture_settings.embedding_model)
    queries = HERE / "bench" / "answered.jsonl"
    arguments = ["--statutes", str(FIXTURE_STATUTES), "--queries", str(queries), "--json"]
    assert main(["evaluate", *arguments]) == 0
    found = json.loads(capsys.readouterr().out)
    assert set(found) == {"bm25", "dense", "hybrid"}
    for method in found.values():
        assert set(method) == {"recall@5", "recall@10", "recall@30", "recall@100", "mrr@10"}
    assert found["hybrid"]["recall@10"] == 1.0
