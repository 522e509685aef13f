"""A law is revised: which entries rest on it, and which of their articles read differently now."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge import freshness
from knowledge.__main__ import main
from knowledge.entries import ids, load_all
from knowledge.errors import ContentError
from knowledge.search import Searcher
from knowledge.settings import Settings
from knowledge.statutes import Statutes

FIXTURE = Path(__file__).parent.parent / "fixtures" / "statutes.jsonl"
Revise = Callable[..., Path]


@pytest.fixture
def checked(tmp_path: Path, content: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A content folder whose entries are recorded as checked against the fixture's texts."""
    folder = tmp_path / "content"
    shutil.copytree(content, folder)
    monkeypatch.setenv("CONTENT_DIR", str(folder))
    assert main(["record", "--statutes", str(FIXTURE)]) == 0
    return folder


@pytest.fixture
def revise(tmp_path: Path) -> Revise:
    """Writes a statute file in which one law has a new version, and some articles a new text."""

    def write(law: str, version: str, **texts: str | None) -> Path:
        rows = [json.loads(line) for line in FIXTURE.read_text(encoding="utf-8").splitlines()]
        for row in rows:
            if row["law"] == law and not row["superseded"]:
                row["version"] = version
                row["text"] = texts.get(row["article"], row["text"])
        path = tmp_path / "revised.jsonl"
        kept = [json.dumps(row, ensure_ascii=False) for row in rows if row["text"] is not None]
        path.write_text("\n".join(kept), encoding="utf-8")
        return path

    return write


def test_nothing_is_stale_against_the_texts_that_were_checked(
    checked: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["stale", "--statutes", str(FIXTURE)]) == 0
    assert "0 of 3 entries are stale" in capsys.readouterr().out


def test_a_revised_law_lists_its_entries_with_the_articles_that_changed(
    checked: Path, revise: Revise, capsys: pytest.CaptureFixture[str]
) -> None:
    revised = revise("示例法", "2022-03-01", 第二条="应当在二十日内归还。", 第三条之一=None)
    capsys.readouterr()
    assert main(["stale", "--statutes", str(revised), "--json"]) == 1
    found = json.loads(capsys.readouterr().out)
    versions = {"law": "示例法", "checked": "2020-01-01", "now": "2022-03-01"}
    assert found == {
        "buckets/deposit": [{**versions, "changed": [], "gone": []}],
        "buckets/unreturned": [{**versions, "changed": ["第二条"], "gone": []}],
        "kites/stuck": [{**versions, "changed": [], "gone": ["第三条之一"]}],
    }
    assert main(["stale", "--statutes", str(revised)]) == 1
    printed = capsys.readouterr().out
    assert "《示例法》 checked: 2020-01-01, now: 2022-03-01: 第二条 changed" in printed
    assert "3 of 3 entries are stale" in printed


def test_a_revision_older_than_the_day_of_checking_is_found_all_the_same(
    checked: Path, revise: Revise
) -> None:
    """Adopted before the entry was checked, imported after: the date alone would not show it."""
    revised = Statutes.load(revise("示例法实施条例", "2026-01-01"))
    record = freshness.load(checked)
    stale = [e.id for e in load_all(checked / "entries") if freshness.changes(e, record, revised)]
    assert stale == ["buckets/unreturned"]


def test_a_text_that_changed_under_the_same_version_is_found(checked: Path, revise: Revise) -> None:
    revised = Statutes.load(revise("示例法", "2020-01-01", 第三条="押金不得超过三百元。"))
    record = freshness.load(checked)
    found = {e.id: freshness.changes(e, record, revised) for e in load_all(checked / "entries")}
    assert [change.changed for change in found["buckets/deposit"]] == [("第三条",)]
    asked_next = [change.changed for change in found["buckets/unreturned"]]
    assert asked_next == [
        ("第三条",)
    ]  # its card rests on another article, a further answer on this
    assert found["kites/stuck"] == []


def test_an_entry_without_a_record_is_judged_by_its_date(checked: Path, revise: Revise) -> None:
    revised = Statutes.load(revise("示例法", "2027-01-01"))
    entry = load_all(checked / "entries")[0]
    assert freshness.changes(entry, {}, revised) == [freshness.Change("示例法", None, "2027-01-01")]
    assert freshness.changes(entry, {}, Statutes.load(FIXTURE)) == []


def test_laws_that_are_not_imported_make_nothing_stale(checked: Path) -> None:
    record = freshness.load(checked)
    none = Statutes([])
    assert not any(freshness.changes(e, record, none) for e in load_all(checked / "entries"))


def test_reading_one_entry_again_records_that_entry_only(checked: Path, revise: Revise) -> None:
    revised = revise("示例法", "2022-03-01", 第一条="为了示例。")
    read_again = checked / "entries" / "buckets" / "deposit.md"
    assert main(["record", "--statutes", str(revised), str(read_again)]) == 0
    record = freshness.load(checked)
    texts = Statutes.load(revised)
    stale = [e.id for e in load_all(checked / "entries") if freshness.changes(e, record, texts)]
    assert stale == ["buckets/unreturned", "kites/stuck"]


def test_an_entry_with_a_wrong_citation_is_not_recorded(
    checked: Path, revise: Revise, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (checked / freshness.RECORD).read_text(encoding="utf-8")
    revised = revise("示例法", "2022-03-01", 第二条="应当在二十日内归还。")
    assert main(["record", "--statutes", str(revised)]) == 1
    assert "nothing recorded" in capsys.readouterr().out
    assert (checked / freshness.RECORD).read_text(encoding="utf-8") == before


def test_a_broken_record_names_the_line(checked: Path) -> None:
    path = checked / freshness.RECORD
    path.write_text('{"entry": "a/b"}\n', encoding="utf-8")
    with pytest.raises(ContentError, match=r"checked_texts\.jsonl:1"):
        freshness.load(checked)


def test_search_marks_an_entry_whose_law_was_revised(
    checked: Path, revise: Revise, fixture_settings: Settings, tmp_path: Path
) -> None:
    revised = revise("示例法实施条例", "2022-03-01")
    places = {"content_dir": checked, "statutes_path": revised, "models_dir": tmp_path / "models"}
    searcher = Searcher.load(fixture_settings.model_copy(update=places))
    stale = {entry.id for entry in searcher.entries.values() if searcher.is_stale(entry)}
    assert stale == {"buckets/unreturned"}


def test_every_entry_of_the_project_is_recorded_with_all_it_cites() -> None:
    settings = Settings()
    record = freshness.load(settings.content_dir)
    assert set(record) == ids(settings.entries_dir), "run: make record"
    for entry in load_all(settings.entries_dir):
        cited = {(c.law, c.article) for c in entry.cited}
        kept = {(law, a) for law, texts in record[entry.id].items() for a in texts.articles}
        assert cited == kept, f"{entry.id}: run make record"
