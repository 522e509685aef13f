"""Layouts state law only with an article that says so, and are read strictly."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from aid.documents import all_papers
from aid.documents.layout import FOLDER, Statement, read, read_all
from eligibility import DataError

REFERENCE = re.compile(
    r"《(?P<law>[^》]+)》(?P<article>第[一二三四五六七八九十百零]+条)"
    r"(?:第(?P<paragraph>[一二三四五六七八九十]+)款)?(?:第（(?P<item>[一二三四五六七八九十]+)）项)?"
)
BROKEN = Path(__file__).parent / "broken"
STATEMENTS = [
    pytest.param(line, id=f"{layout.name} {line.reference} {line.text[:12]}")
    for layout in read_all()
    for line in layout.statements()
    if line.reference
]


@pytest.mark.statutes
@pytest.mark.parametrize("line", STATEMENTS)
def test_every_article_named_on_a_paper_holds_its_proof(
    line: Statement, articles: dict[tuple[str, str], str]
) -> None:
    cited = REFERENCE.fullmatch(line.reference or "")
    assert cited, line.reference
    text = articles[cited["law"], cited["article"]]
    if cited["item"]:
        (text,) = (row for row in text.split("\n") if row.startswith(f"（{cited['item']}）"))
    elif cited["paragraph"]:
        paragraphs = [row for row in text.split("\n") if not row.startswith("（")]
        text = paragraphs["一二三四五".index(cited["paragraph"])]
    assert line.proof
    assert line.proof in text


def test_print_that_names_no_article_states_no_law() -> None:
    for layout in read_all():
        assert layout.rests_on, layout.name
        for line in (*layout.statements(), Statement(layout.note), Statement(layout.title)):
            if line.reference is None:
                assert not re.search(r"第.+条|应当|必须|有权|依法|[七三五]日", line.text), line.text


def test_every_paper_has_its_layout_and_every_layout_its_paper() -> None:
    assert {layout.name for layout in read_all()} == set(all_papers())


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.yml")), ids=lambda path: path.stem)
def test_a_broken_layout_is_an_error_that_names_the_file(path: Path) -> None:
    with pytest.raises(DataError, match=path.name):
        read(path)


def test_the_broken_layouts_are_broken_in_one_place_only(tmp_path: Path) -> None:
    """The good twin of the broken files is read."""
    good = tmp_path / "good.yml"
    good.write_text(
        "title: 甲\nnote: 乙\nrests_on: []\nblocks:\n  - table:\n      columns: [2, 3]\n"
        "      rows:\n        - cells: [丙, {fill: ''}]\n",
        encoding="utf-8",
    )
    assert read(good).blocks
    assert len(list(FOLDER.glob("*.yml"))) == len(all_papers())
