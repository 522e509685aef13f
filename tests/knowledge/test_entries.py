"""Reading content files."""

from pathlib import Path

import pytest

from knowledge.entries import Entry, ReplacedLaw, Topic, load_list
from knowledge.errors import ContentError, StatutesError
from knowledge.settings import Settings
from knowledge.statutes import Statutes


def test_an_entry_has_its_parts(entries: list[Entry]) -> None:
    entry = {entry.id: entry for entry in entries}["buckets/unreturned"]
    assert entry.answer.startswith("先当面要")
    assert "详细" not in entry.body
    assert entry.detail.startswith("借走水桶的人")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("- {id: a, title: A}\n- {id: a, title: B}\n", "twice"),
        ("- {id: a}\n", "title"),
        ("a: b\n", "must be a list"),
        ("- {id: a, title: [\n", r"list\.yml"),
    ],
)
def test_a_wrong_list_is_named(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "list.yml"
    path.write_text(text)
    with pytest.raises(ContentError, match=reason):
        load_list(path, Topic)


def test_a_law_revised_under_its_name_is_replaced_only_while_the_old_text_is_at_hand() -> None:
    laws = load_list(Settings().content_dir / "replaced_laws.yml", ReplacedLaw)
    marriage = next(law for law in laws if law.law == "婚姻登记条例")
    assert marriage.applies({"婚姻登记条例": "2003-08-08"})
    assert not marriage.applies({"婚姻登记条例": "2025-04-06"})


@pytest.mark.parametrize(
    "content", ["{}\n", "not json\n", '{"id": 1, "law": "x"}\n'], ids=["empty", "text", "short"]
)
def test_a_wrong_statute_file_is_named_with_its_line(tmp_path: Path, content: str) -> None:
    path = tmp_path / "statutes.jsonl"
    path.write_text(content)
    with pytest.raises(StatutesError, match=r"statutes\.jsonl:1"):
        Statutes.load(path)


def test_a_missing_statute_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(StatutesError, match=r"none\.gz"):
        Statutes.load(tmp_path / "none.gz")
