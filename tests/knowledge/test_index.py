"""Building the index: only when needed, with or without statute texts."""

import shutil
from pathlib import Path

import pytest

from knowledge import index
from knowledge.errors import IndexMissing
from knowledge.search import Searcher
from knowledge.settings import Settings


@pytest.fixture
def settings(tmp_path: Path, fixture_settings: Settings) -> Settings:
    """The fixture settings with an index folder and a content folder of their own."""
    shutil.copytree(fixture_settings.content_dir, tmp_path / "content")
    update = {"models_dir": tmp_path / "models", "content_dir": tmp_path / "content"}
    return fixture_settings.model_copy(update=update)


def test_building_twice_does_nothing_the_second_time(settings: Settings) -> None:
    said: list[str] = []
    index.build(settings, said.append)
    assert said[-1] == "index: done"
    said.clear()
    index.build(settings, said.append)
    assert said == ["index: up to date"]


def test_a_changed_entry_rebuilds_the_entries_only(settings: Settings) -> None:
    index.build(settings, lambda line: None)
    path = settings.entries_dir / "kites" / "stuck.md"
    path.write_text(path.read_text() + "\n下雨天别去取。\n")
    with pytest.raises(IndexMissing):
        index.load(settings)
    said: list[str] = []
    index.build(settings, said.append)
    assert any("entries" in line for line in said)
    assert not any("articles" in line for line in said)
    index.load(settings)


def test_without_statutes_entries_are_found_and_a_sentence_says_how_to_import(
    settings: Settings,
) -> None:
    bare = settings.model_copy(update={"statutes_path": None})
    said: list[str] = []
    searcher = Searcher.load(bare, said.append)
    assert any("STATUTES_PATH" in line for line in said)
    results = searcher.search("水桶不还")
    assert {hit.kind for hit in results.hits} == {"entry"}
    named = searcher.search("示例法第二条").article
    assert named is not None
    assert named.text is None


def test_without_any_entry_articles_are_still_found(settings: Settings) -> None:
    shutil.rmtree(settings.entries_dir)
    settings.entries_dir.mkdir()
    results = Searcher.load(settings, lambda line: None).search("水桶不还")
    assert {hit.kind for hit in results.hits} == {"article"}
    assert results.band == "not_sure"
