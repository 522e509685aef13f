"""Every period, note and counting rule, checked against the imported statute texts."""

from __future__ import annotations

import gzip
import json
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import yaml

from eligibility.numerals import read_numeral
from eligibility.radar import notes, rules, shipped
from eligibility.radar.wording import sentences
from eligibility.radar.workdays import regulation
from eligibility.sentences import Sentence
from tests.conftest import REPOSITORY

REFERENCE = re.compile(r"《(.+)》(第[一二三四五六七八九十百千零]+条)")
IN_FORCE = re.compile(r"本[^自]{1,2}自([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})日起施行")
NUMBER = r"(?<!第)(?<!最后)(?<!同)(\d+|[一二三四五六七八九十百两]+)"
AMOUNT = re.compile(NUMBER + r"(个?工作日|个月|小时|日|天|年)")
UNITS = {"天": "日", "个工作日": "日", "工作日": "日"}
Articles = dict[tuple[str, str], str]


def _told() -> Iterator[tuple[str, Sentence]]:
    """Yield where each sentence stands, and the sentence."""
    for period in shipped().values():
        yield f"{period.id} act", period.act
        if period.open is not None:
            yield f"{period.id} open", period.open
    for key, rule in rules.shipped().items():
        for part in ("start", *rules.OPTIONAL):
            found = getattr(rule, part)
            if found is not None:
                yield f"rules.yml {key} {part}", found
    yield from ((f"notes.yml {key}", note) for key, note in notes.shipped().items())
    yield from ((f"sentences.yml {key}", told) for key, told in sentences().items())


def _cited() -> Iterator[tuple[str, str, str]]:
    for where, told in _told():
        if told.reference is not None:
            yield where, told.reference, told.proof or ""
    for period in shipped().values():
        for value in period.values:
            yield period.id, value.reference, value.proof
    yield "holidays.yml", regulation().reference, regulation().proof


CITED = list(_cited())
TOLD = list(_told())


@pytest.mark.parametrize(("where", "reference", "proof"), CITED, ids=[item[0] for item in CITED])
@pytest.mark.statutes
def test_reference_exists_and_holds_its_proof(
    where: str, reference: str, proof: str, articles: Articles
) -> None:
    cited = REFERENCE.fullmatch(reference)
    assert cited, reference
    assert proof
    assert proof in articles[cited[1], cited[2]]


def _amounts(text: str) -> set[tuple[float | None, str]]:
    return {(read_numeral(number), UNITS.get(unit, unit)) for number, unit in AMOUNT.findall(text)}


@pytest.mark.parametrize(("where", "told"), TOLD, ids=[item[0] for item in TOLD])
@pytest.mark.statutes
def test_numbers_that_people_read_stand_in_the_article(
    where: str, told: Sentence, articles: Articles
) -> None:
    cited = REFERENCE.fullmatch(told.reference or "")
    lawful = _amounts(articles[cited[1], cited[2]]) if cited else set()
    assert _amounts(told.text) <= lawful


def test_sentences_that_cite_nothing_state_no_law() -> None:
    for where, told in TOLD:
        if told.reference is None:
            assert not re.search(r"法律规定|应当|必须|有权|依法", told.text), where


def test_only_known_phone_numbers_are_named() -> None:
    listed = yaml.safe_load((REPOSITORY / "knowledge/content/hotlines.yml").read_text("utf-8"))
    known = {entry["number"] for entry in listed}
    named = {
        number for _, told in TOLD for number in re.findall(r"(?<!\d)1\d{2,4}(?!\d)", told.text)
    }
    assert "12348" in named
    assert named <= known


def test_a_length_is_the_number_of_its_proof() -> None:
    """Where the article only points to another period, a note holds the number."""
    for period in shipped().values():
        for value in period.values:
            proofs = [value.proof, *(notes.shipped()[key].proof or "" for key in period.notes)]
            said = [read_numeral(number) for number, _ in AMOUNT.findall("\n".join(proofs[:1]))]
            noted = [read_numeral(number) for number, _ in AMOUNT.findall("\n".join(proofs))]
            assert value.length is None or value.length in (said or noted), period.id


def test_working_days_rest_on_the_article_or_on_a_rule() -> None:
    for period in shipped().values():
        for value in period.values:
            if value.unit == "workday":
                law = rules.shipped()[period.rules]
                assert law.workdays is not None or "工作日" in value.proof, period.id
            else:
                assert "工作日" not in value.proof, period.id


@pytest.fixture(scope="module")
def known_from() -> dict[str, date]:
    """From which day the imported text of each law is known to hold."""
    default = REPOSITORY.parent / "shared" / "laws" / "statutes.jsonl.gz"
    path = Path(os.environ.get("STATUTES_PATH") or default)
    if not path.is_file():
        pytest.skip("no statute texts here; set STATUTES_PATH to check dates against them")
    found: dict[str, date] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            if row["superseded"]:
                continue
            days = [date.fromisoformat(row["version"]), found.get(row["law"], date.min)]
            if named := IN_FORCE.match(row["text"]):
                days.append(date(*(int(part) for part in named.groups())))
            found[row["law"]] = max(days)
    return found


@pytest.mark.statutes
def test_no_value_is_older_than_the_text_it_was_read_in(known_from: dict[str, date]) -> None:
    for period in shipped().values():
        cited = REFERENCE.fullmatch(period.values[0].reference)
        assert cited
        assert period.values[0].start == known_from[cited[1]], period.id
