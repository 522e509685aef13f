"""The pages' data: every fact has a name, every way its article, every broken file its error."""

from __future__ import annotations

from pathlib import Path

import pytest

from aid import ways, words
from aid.documents import papers, particulars
from eligibility import DataError
from eligibility.facts import FACT_IDS
from tests.aid.people import NAMES, TODAY, request_of


def test_every_fact_has_a_name() -> None:
    assert set(words.words()["facts"]) == set(FACT_IDS)


def test_answers_are_told_in_words() -> None:
    for name in NAMES:
        for fact_id, label, answer in words.told(request_of(name).facts, TODAY):
            assert label
            assert answer not in ("", fact_id)
            assert "{" not in answer
            assert not answer.isascii() or answer.isdigit()


@pytest.mark.statutes
def test_every_way_that_names_an_article_has_its_proof_there(
    articles: dict[tuple[str, str], str],
) -> None:
    cited = [way for way in ways.all_ways() if way.reference]
    assert cited
    for way in cited:
        law, article = (way.reference or "").removeprefix("《").split("》")
        assert way.proof
        assert way.proof in articles[law, article]


def test_local_ways_are_unknown_until_an_institution_fills_them_in() -> None:
    unknown = {way.id for way in ways.all_ways() if way.text is None}
    assert unknown == {"post", "online", "proxy"}


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (ways.read, "post: {label: 邮寄, text: 可以, reference: 《法律援助法》第十三条}"),
        (ways.read, "post: {label: 邮寄}"),
        (papers.read, "summary: {title: 小结}"),
        (particulars.read, "applicant: {title: 甲, fields: {name: {label: 乙, color: red}}}"),
    ],
)
def test_a_broken_file_is_an_error_that_names_it(read: object, text: str, tmp_path: Path) -> None:
    path = tmp_path / "broken.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=r"broken\.yml"):
        read(path)  # type: ignore[operator]
