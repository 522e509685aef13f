"""A data file that cannot be read is named, whatever is wrong with it."""

from pathlib import Path

import pytest

from gateway import data_files
from gateway.crisis import Words as CrisisWords
from gateway.data_files import Data
from gateway.errors import BadData
from gateway.leaving import LeavingWords
from gateway.safety import Rules
from gateway.words import Words

FILES: dict[str, type[Data]] = {
    "crisis": CrisisWords,
    "leaving": LeavingWords,
    "safety": Rules,
    "words": Words,
}


@pytest.mark.parametrize(("name", "kind"), FILES.items())
def test_each_file_is_as_it_must_be(name: str, kind: type[Data]) -> None:
    assert data_files.read(data_files.FOLDER / f"{name}.yml", kind)


@pytest.mark.parametrize("text", [None, "", "- a list", "asking: [", "unknown: 1"])
def test_a_file_that_cannot_be_read_is_named(text: str | None, tmp_path: Path) -> None:
    path = tmp_path / "leaving.yml"
    if text is not None:
        path.write_text(text, "utf-8")
    with pytest.raises(BadData, match=r"leaving\.yml"):
        data_files.read(path, LeavingWords)
