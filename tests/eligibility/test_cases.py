"""The cases a clerk can read, and the command that runs them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from eligibility import cases, coverage
from eligibility.__main__ import main
from eligibility.errors import DataError
from eligibility.facts import ACCUSED_CASES, CHOICES, GROUPS, Facts
from eligibility.matters import all_matters
from eligibility.remedy_rules import all_remedies
from eligibility.sentences import all_sentences
from eligibility.setbacks import Setback

CASES = list(cases.read())
SCREENED = [case.given for case in CASES if isinstance(case.given, Facts)]
SETBACKS = [case.given for case in CASES if isinstance(case.given, Setback)]
GOOD = "- name: 讨薪\n  facts: {matter: labour_pay}\n  on: 2026-11-22\n  expect: {state: unknown}\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: cases.Case) -> None:
    assert case.misses() == []


def test_there_are_enough_cases_with_different_names() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names)) >= 250


def test_the_readme_states_how_many_cases_there_are() -> None:
    readme = (coverage.PATH.parents[1] / "README.md").read_text(encoding="utf-8")
    assert f"| {len(CASES)} 个，全部相符 |" in readme


def test_every_matter_has_a_case() -> None:
    assert {facts.matter for facts in SCREENED} >= set(all_matters())


@pytest.mark.parametrize("fact_id", CHOICES)
def test_every_choice_but_the_regions_has_a_case(fact_id: str) -> None:
    if fact_id != "region":
        assert {getattr(facts, fact_id) for facts in SCREENED} >= set(CHOICES[fact_id])


@pytest.mark.parametrize(
    ("fact_id", "members"), [("groups", GROUPS), ("accused_cases", ACCUSED_CASES)]
)
def test_every_group_and_case_of_article_25_stands_alone_once(
    fact_id: str, members: tuple[str, ...]
) -> None:
    told = [getattr(facts, fact_id) for facts in SCREENED]
    assert [member for member in members if frozenset({member}) not in told] == []


def test_every_setback_and_every_reason_for_it_has_a_case() -> None:
    told = {(setback.event, setback.why) for setback in SETBACKS}
    wanted = {(event, why) for event, rule in all_remedies().items() for why in rule.why or [None]}
    assert wanted - told == set()


def test_every_article_that_depends_on_the_facts_is_wanted_once_and_unwanted_once() -> None:
    """What everybody is told (notes) is left out: nobody must not hear it."""
    positive, negative = coverage.counts(CASES)
    parts = ("case_", "law_", "role_", "waived_", "exempt_", "deadline_", "office_", "other_law_")
    depends = {
        sentence.reference
        for key, sentence in all_sentences().items()
        if sentence.reference and key.startswith(parts)
    }
    assert depends - set(positive) == set()
    assert depends - set(negative) == set()


def test_the_table_of_articles_and_cases_is_current() -> None:
    """Otherwise run `python -m eligibility coverage --write`."""
    assert coverage.PATH.read_text(encoding="utf-8") == coverage.table()


def test_command_counts_the_cases(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["cases"]) == 0
    assert re.search(rf"{len(CASES)} cases, 0 missed", capsys.readouterr().out)


def test_command_fails_on_a_miss_and_says_what_was_missed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "wrong.yml").write_text(GOOD.replace("state: unknown", "state: no"), "utf-8")
    assert main(["cases", str(tmp_path)]) == 1
    shown = capsys.readouterr().out
    assert "讨薪" in shown
    assert "expected 'no', got 'unknown'" in shown


def test_command_fails_where_there_are_no_cases(tmp_path: Path) -> None:
    assert main(["cases", str(tmp_path)]) == 1


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (GOOD.replace("{state: unknown}", "{stat: unknown}"), "unknown stat"),
        (GOOD.replace("{state: unknown}", "{}"), "expect not empty"),
        (GOOD.replace("2026-11-22", "今天"), "on must be a date"),
        (GOOD.replace("  on: 2026-11-22\n", ""), "missing on"),
        (GOOD + "  setback: {event: refused}\n", "either facts or setback"),
        (GOOD.replace("facts: {matter: labour_pay}", "setback: {event: silent}"), "unknown state"),
    ],
)
def test_broken_case_is_an_error(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "broken.yml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=says):
        list(cases.read(tmp_path))


def test_case_with_a_parameter_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    known = "  known: {some_days: {from: 2026-01-01, value: 1}}\n"
    (tmp_path / "broken.yml").write_text(GOOD + known, encoding="utf-8")
    with pytest.raises(DataError, match="no parameter is called some_days"):
        next(cases.read(tmp_path)).misses()
