"""Labels of citizens' questions name entries, topics and questions that exist."""

from pathlib import Path

import pytest

from knowledge import labels
from knowledge.entries import Topic, ids, load_list
from knowledge.errors import ContentError
from knowledge.settings import SHARED, Settings


def test_every_label_names_entries_and_topics_of_the_project() -> None:
    settings = Settings()
    topics = {t.id for t in load_list(settings.content_dir / "topics.yml", Topic)}
    known = ids(settings.entries_dir)
    for label in labels.read():
        assert set(label.topics) <= topics, label
        assert set(label.entries) <= known, label
        assert label.topics or not label.entries, label


def test_each_question_is_labelled_once() -> None:
    digests = [label.digest for label in labels.read()]
    assert len(digests) == len(set(digests))


def test_a_row_of_another_shape_is_named(tmp_path: Path) -> None:
    path = tmp_path / "labels.tsv"
    path.write_text("0123\tlearn\tlabour\tlabour/unpaid-wages\n0123\tguess\tlabour\t\n")
    with pytest.raises(ContentError, match=r"labels\.tsv:2"):
        labels.read(path)


def test_a_question_is_found_by_its_label_whatever_the_blanks_around_it(tmp_path: Path) -> None:
    (label,) = [x for x in labels.read() if x.use == "test"][:1]
    path = SHARED / "questions" / "citizen_questions.txt"
    if not path.exists():
        pytest.skip("needs the citizens' questions, which are not part of the project")
    found = [text for text, x in labels.labelled([path], "test") if x == label]
    assert [labels.digest(f" {text} ") for text in found] == [label.digest]


def test_a_labelled_question_may_stand_in_a_line_or_in_an_object(tmp_path: Path) -> None:
    asked = {"lines.txt": "欠条丢了还能要钱吗", "rows.jsonl": "狗咬了人谁赔"}
    (tmp_path / "lines.txt").write_text(asked["lines.txt"], encoding="utf-8")
    (tmp_path / "rows.jsonl").write_text(f'{{"query": "{asked["rows.jsonl"]}"}}', encoding="utf-8")
    rows = [f"{labels.digest(text)}\tlearn\t\t\n" for text in asked.values()]
    (tmp_path / "labels.tsv").write_text("".join(rows))
    found = labels.labelled([tmp_path / name for name in asked], "learn", tmp_path / "labels.tsv")
    assert [text for text, _ in found] == [*asked.values()]
