"""What else answers a way of asking is said of entries and ways that are there."""

import shutil
from pathlib import Path

import pytest

from knowledge import also_right
from knowledge.entries import Entry, load_all
from knowledge.errors import ContentError
from knowledge.evaluate_entries import left_out
from knowledge.settings import Settings


def _written(folder: Path, *rows: str) -> Path:
    (folder / also_right.FILE).write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    return folder


def test_the_other_entries_are_found_by_entry_and_way_of_asking(
    entries: list[Entry], tmp_path: Path
) -> None:
    one, other, third = (entry.id for entry in entries)
    asked = entries[0].meta.variants[1]
    found = also_right.load(_written(tmp_path, f"{one}\t{asked}\t{third}\t{other}"), entries)
    assert found == {(0, asked): (2, 1)}
    assert also_right.load(tmp_path / "elsewhere", entries) == {}


@pytest.mark.parametrize(
    "row",
    [
        "{own}\t{asked}",
        "nobody/at-all\t{asked}\t{own}",
        "{own}\t{asked}\tnobody/at-all",
        "{own}\t没人这么问\t{own}",
    ],
)
def test_what_is_not_there_is_refused_with_its_line(
    row: str, entries: list[Entry], tmp_path: Path
) -> None:
    own, asked = entries[0].id, entries[0].meta.variants[0]
    folder = _written(tmp_path, row.format(own=own, asked=asked))
    with pytest.raises(ContentError, match=r"also_right\.tsv:1"):
        also_right.load(folder, entries)


def test_it_counts_where_entries_are_measured(
    entries: list[Entry], fixture_settings: Settings, tmp_path: Path
) -> None:
    asked = entries[0].meta.variants[0]
    content = shutil.copytree(fixture_settings.content_dir, tmp_path / "content")
    _written(content, f"{entries[0].id}\t{asked}\t{entries[1].id}")
    trials = left_out(entries, content, fixture_settings.embedding_model)
    assert [trial.right for trial in trials if len(trial.right) > 1] == [(0, 1)]


def test_the_shipped_file_names_entries_and_ways_that_are_there() -> None:
    settings = Settings()
    assert also_right.load(settings.content_dir, load_all(settings.entries_dir))
