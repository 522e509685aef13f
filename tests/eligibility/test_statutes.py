"""Every reference and every proof phrase, checked against the imported statute texts."""

from __future__ import annotations

import re

import pytest

from eligibility.matters import all_matters
from eligibility.parameters import shipped
from eligibility.questions import FOLDER, read
from eligibility.sentences import all_sentences

REFERENCE = re.compile(
    r"《(?P<law>[^》]+)》(?P<article>第[一二三四五六七八九十百千零]+条)"
    r"(?:第(?P<paragraph>[一二三四五六七八九十]+)款)?(?:第（(?P<item>[一二三四五六七八九十]+)）项)?"
)
NUMERALS = " 一二三四五六七八九"
Articles = dict[tuple[str, str], str]


def _cited() -> list[tuple[str, str, str | None]]:
    """Return where each citation stands, the reference, and its proof phrase."""
    found: list[tuple[str, str, str | None]] = []
    for key, sentence in all_sentences().items():
        if sentence.reference:
            found.append((f"sentences {key}", sentence.reference, sentence.proof))
    for key, matter in all_matters().items():
        found.append((f"matters.yml {key}", matter.reference, matter.proof))
    for name, parameter in shipped().by_name.items():
        found += [
            (f"parameters/{name}", dated.reference, dated.proof) for dated in parameter.values
        ]
    return found


CITED = _cited()


@pytest.mark.parametrize(("where", "reference", "proof"), CITED, ids=[item[0] for item in CITED])
@pytest.mark.statutes
def test_reference_exists_and_holds_its_proof(
    where: str, reference: str, proof: str | None, articles: Articles
) -> None:
    cited = REFERENCE.fullmatch(reference)
    assert cited, reference
    text = articles[cited["law"], cited["article"]]
    if cited["paragraph"]:
        paragraphs = [line for line in text.split("\n") if not line.startswith("（")]
        place = NUMERALS.index(cited["paragraph"])
        assert place <= len(paragraphs), reference
        if proof and not cited["item"]:
            assert proof in paragraphs[place - 1] or proof in text.split("\n")[place - 1]
    if cited["item"]:
        items = [line for line in text.split("\n") if line.startswith(f"（{cited['item']}）")]
        assert items, reference
        text = items[0]
    if proof:
        assert proof in text


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yml")), ids=lambda path: path.stem)
@pytest.mark.statutes
def test_every_question_cites_articles_that_exist(path: object, articles: Articles) -> None:
    why = read(path).why  # type: ignore[arg-type]
    quoted = re.findall(r"《([^》]+)》(第[一二三四五六七八九十百零]+条)", why)
    assert quoted
    law = quoted[0][0]
    for article in re.findall(r"第[一二三四五六七八九十百零]+条", why):
        assert (law, article) in articles


def test_every_number_that_ships_has_a_proof() -> None:
    for parameter in shipped().by_name.values():
        for dated in parameter.values:
            assert dated.value is None or dated.proof, parameter.name


def test_sentences_take_their_numbers_from_the_parameters() -> None:
    """No legal number is written into a sentence; the hotline is no legal number."""
    numbers = re.compile(r"\d|[一二三四五六七八九十百]+(?:天|日|个月|年|元)")
    for key, sentence in all_sentences().items():
        plain = re.sub(r"\{\w+\}|12348|最后一天|这一天|第二天", "", sentence.text)
        assert not numbers.search(plain), key


def test_sentences_that_cite_nothing_state_no_law() -> None:
    """A sentence that says what must or may be done under the law names the article it rests on."""
    for key, sentence in all_sentences().items():
        if sentence.reference is None:
            assert not re.search(r"法律规定|应当|必须|有权|依法", sentence.text), key
