"""Questions written for articles: they belong to one version of a law, and are ours."""

from pathlib import Path

import pytest

from knowledge import lay_questions
from knowledge.encode import Encoder
from knowledge.errors import ContentError
from knowledge.index import Part
from knowledge.normalise import Words
from knowledge.ranking import Ranking, Reader, rank
from knowledge.settings import Settings
from knowledge.statutes import Statutes

SHIPPED = Settings().content_dir / lay_questions.FILE
ROW = "示例法\t2020-01-01\t第二条\t隔壁拿了我家的桶不还咋办\n"
COPIED = 12  # characters in a row that are no longer a way of asking, but the article itself


def _written(folder: Path, text: str) -> Path:
    (folder / lay_questions.FILE).write_text(text, encoding="utf-8")
    return folder


def test_a_question_belongs_to_its_article(tmp_path: Path, statutes: Statutes) -> None:
    found = lay_questions.load(_written(tmp_path, ROW), statutes.articles)
    assert found == {1: ["隔壁拿了我家的桶不还咋办"]}


def test_a_question_written_for_another_version_of_the_law_is_left_out(
    tmp_path: Path, statutes: Statutes
) -> None:
    folder = _written(tmp_path, ROW.replace("2020-01-01", "2019-01-01"))
    assert lay_questions.load(folder, statutes.articles) == {}


@pytest.mark.parametrize(
    "broken", ["示例法\t第二条\t谁的桶\n", ROW + ROW, ROW.strip()[:-12] + "\n"]
)
def test_a_broken_row_is_named(tmp_path: Path, statutes: Statutes, broken: str) -> None:
    with pytest.raises(ContentError, match=r"lay_questions\.tsv:\d"):
        lay_questions.load(_written(tmp_path, broken), statutes.articles)


def test_an_article_is_found_in_words_that_only_its_question_has(
    fixture_settings: Settings, content: Path, statutes: Statutes, tmp_path: Path
) -> None:
    encoder = Encoder(fixture_settings.embedding_model)
    asked = lay_questions.load(_written(tmp_path, ROW), statutes.articles)
    reader, weights = Reader(Words.load(content), encoder), Ranking.load(content).articles
    query = reader.read("隔壁拿了我家的东西咋办")
    with_questions = Part.of_articles(statutes.articles, encoder, asked)
    assert rank(with_questions, query, weights)[0][0] == 1
    assert rank(Part.of_articles(statutes.articles, encoder), query, weights)[0][0] != 1


def test_every_shipped_question_belongs_to_an_imported_article(real_statutes: Statutes) -> None:
    found = lay_questions.load(SHIPPED.parent, real_statutes.articles)
    assert sum(map(len, found.values())) == len(SHIPPED.read_text(encoding="utf-8").splitlines())
    assert len(found) >= 3000


def test_no_shipped_question_repeats_the_article(real_statutes: Statutes) -> None:
    articles = real_statutes.articles
    copied = [
        question
        for place, questions in lay_questions.load(SHIPPED.parent, articles).items()
        for question in questions
        if any(
            question[n : n + COPIED] in articles[place].text
            for n in range(len(question) - COPIED + 1)
        )
    ]
    assert copied == []
