"""The cases a clerk can read, and the command that runs them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from eligibility import cases
from eligibility.__main__ import main
from eligibility.errors import DataError
from eligibility.matters import all_matters

CASES = list(cases.read())
GOOD = "- name: 讨薪\n  facts: {matter: labour_pay}\n  on: 2026-11-22\n  expect: {state: unknown}\n"


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_case(case: cases.Case) -> None:
    assert case.misses() == []


def test_there_are_enough_cases_with_different_names() -> None:
    names = [case.name for case in CASES]
    assert len(names) == len(set(names)) >= 50


def test_every_matter_has_a_case() -> None:
    assert {case.facts.matter for case in CASES} >= set(all_matters())


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
    ],
)
def test_broken_case_is_an_error(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "broken.yml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=says):
        list(cases.read(tmp_path))
