"""Quiz questions cannot be wrong: they are the law's own words with a number taken out."""

import pytest

from knowledge import entries, quiz
from knowledge.entries import Citation
from knowledge.settings import Settings
from knowledge.statutes import Statutes

LIMIT = "劳动争议申请仲裁的时效期间为一年。仲裁时效期间从当事人知道之日起计算。"


def cited(proof: str | list[str]) -> Citation:
    return Citation(law="劳动争议调解仲裁法", article="第二十七条", proof=proof)


def test_the_number_of_the_proof_is_blanked_in_its_own_sentence() -> None:
    (item,) = quiz.items_of(cited("仲裁的时效期间为一年"), LIMIT)
    assert item.asked == "劳动争议申请仲裁的时效期间为（　）。"
    assert item.right == "一年"
    assert item.choices == ("一年", "二年", "三年")


def test_a_number_that_the_article_also_has_is_no_wrong_choice() -> None:
    (item,) = quiz.items_of(cited("仲裁的时效期间为一年"), LIMIT + "最长不超过二年。")
    assert item.choices == ("一年", "三年", "四年")


@pytest.mark.parametrize(
    ("proof", "text"),
    [
        ("应当告知", "机构应当告知。"),  # no number
        ("为一年", "期间为一年，满一年的再算。"),  # the sentence tells the answer elsewhere
        ("五至十年", "给付五至十年。"),  # part of a range
        ("第一年", "第一年不算。"),  # an ordinal
        ("一百三十日", "满一百三十日。"),  # not on the ladder
        ("不在这里的三日", "三日以内。"),  # the proof is not in the text
    ],
)
def test_nothing_is_asked_where_it_would_not_be_a_fair_question(proof: str, text: str) -> None:
    assert list(quiz.items_of(cited(proof), text)) == []


@pytest.mark.statutes
def test_every_question_of_every_entry_is_in_the_law_and_its_wrong_choices_are_not() -> None:
    settings = Settings()
    if settings.statutes_path is None:
        pytest.skip("no statute texts: set STATUTES_PATH")
    statutes, asked = Statutes.load(settings.statutes_path), 0
    for entry in entries.load_all(settings.entries_dir):
        for citation in entry.meta.citations:
            article = statutes.find(citation.law, citation.article)
            for item in quiz.items_of(citation, article.text if article else ""):
                assert article is not None
                asked += 1
                assert item.sentence in article.text
                assert item.asked.replace(quiz.BLANK, item.right) == item.sentence
                assert item.right in item.choices
                wrong = set(item.choices) - {item.right}
                assert len(wrong) == quiz.WRONG_CHOICES
                assert [one for one in wrong if one in article.text] == []
    assert asked > 1000
