"""A deployment's own values: over what ships, never over the law, and every mistake named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from eligibility import Facts, matters, own_parameters, parameters, parse_answer, question, screen
from eligibility.__main__ import main
from eligibility.errors import DataError

from .conftest import TODAY

STANDARD = "hardship_standard/hohhot"
SET = ["parameter", "set", STANDARD, "--value", "1000", "--from", "2026-11-22"]
INJURED = Facts.from_dict(
    {"matter": "traffic_injury", "groups": "none", "has_lawyer": False, "region": "hohhot"}
)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The deployment's own folder, empty."""
    folder = tmp_path / "own"
    folder.mkdir()
    monkeypatch.setenv(own_parameters.SETTING, str(folder))
    own_parameters.merged.cache_clear()
    return folder


def test_a_standard_that_is_set_counts_from_its_day_on(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*SET, "--reference", "某市〔2026〕1 号"]) == 0
    assert str(own / f"{STANDARD}.yml") in capsys.readouterr().out
    facts = INJURED.answered("monthly_income_per_person", 1000)
    assert screen(facts, date(2026, 11, 21)).state == "unknown"
    assert screen(facts, date(2026, 11, 22)).state == "yes"


def test_a_later_value_is_added_and_the_earlier_one_stays(own: Path) -> None:
    assert main([*SET, "--reference", "一号"]) == 0
    later = ["--value", "1200.5", "--from", "2027-01-01", "--reference", "二号"]
    assert main([*SET[:3], *later]) == 0
    known = own_parameters.in_use()
    assert known.number(STANDARD, date(2026, 12, 31)) == 1000
    assert known.number(STANDARD, date(2027, 1, 1)) == 1200.5
    assert known.number("decision_days", TODAY) == 7


def test_matters_are_set_as_a_list_none_and_null(own: Path) -> None:
    for day, value, expected in (
        ("2026-01-01", "land,other", ("land", "other")),
        ("2026-02-01", "none", ()),
        ("2026-03-01", "null", None),
    ):
        told = ["--value", value, "--from", day, "--reference", "条例"]
        assert main(["parameter", "set", "added_matters", *told]) == 0
        in_force = own_parameters.in_use().value("added_matters", date.fromisoformat(day))
        assert in_force == expected


def test_list_shows_what_is_set_and_what_is_still_to_be_set(
    own: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*SET, "--reference", "某市〔2026〕1 号"]) == 0
    assert main(["parameter", "list", "--on", "2026-11-22"]) == 0
    shown = capsys.readouterr().out
    assert f"{STANDARD}: 1000 元每人每月  2026-11-22  某市〔2026〕1 号" in shown
    assert "hardship_standard/baotou: null  (yours to set)" in shown
    assert "decision_days: 7 天" in shown


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"set": "hardship_standard/beijing"}, "there is no such parameter"),
        ({"set": "decision_days"}, "the law itself sets it"),
        ({"--value": "-5"}, "--value: value: expected yuan"),
        ({"--value": "0"}, "--value: value: expected yuan"),
        ({"--value": "inf"}, "--value: inf is no amount"),
        ({"--value": "land"}, "--value: value: expected yuan"),
        ({"--reference": "  "}, "--reference: name the document"),
        ({"set": "added_matters", "--value": "divorce"}, "divorce is no matter"),
        ({"set": "added_matters", "--value": "7"}, "expected a list of matters"),
    ],
)
def test_a_mistake_is_refused_and_nothing_is_written(
    own: Path, capsys: pytest.CaptureFixture[str], change: dict[str, str], says: str
) -> None:
    arguments = [*SET, "--reference", "某市〔2026〕1 号"]
    for key, value in change.items():
        arguments[arguments.index(key) + 1] = value
    assert main(arguments) == 2
    assert says in capsys.readouterr().err
    assert list(own.iterdir()) == []


def test_the_same_day_twice_is_refused(own: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*SET, "--reference", "一号"]) == 0
    assert main([*SET, "--reference", "二号"]) == 2
    assert "--from:" in capsys.readouterr().err


def test_a_day_that_is_no_day_is_refused(own: Path) -> None:
    with pytest.raises(SystemExit) as left:
        main([*SET[:5], "--from", "明天", "--reference", "一号"])
    assert left.value.code == 2


def test_without_the_setting_nothing_can_be_set(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(own_parameters.SETTING, raising=False)
    assert main([*SET, "--reference", "一号"]) == 2
    assert own_parameters.SETTING in capsys.readouterr().err
    assert own_parameters.in_use() is parameters.shipped()


BROKEN = {
    "decision_days.yml": "the law itself sets it",
    "hardship_standard/beijing.yml": "there is no such parameter",
    "hardship_standard/hohhot.yml": "expected yuan",
    "added_matters.yml": "expected a list of matters",
}
OWN = """
description: 测试
unit: 测试
values: [{from: 2026-01-01, value: 一千, reference: 测试, checked_on: 2026-11-22}]
"""


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_in_the_folder_is_named(own: Path, name: str) -> None:
    (own / name).parent.mkdir(exist_ok=True)
    (own / name).write_text(OWN, encoding="utf-8")
    with pytest.raises(DataError) as error:
        own_parameters.in_use()
    assert name in str(error.value)
    assert BROKEN[name] in str(error.value)


def test_a_folder_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(own_parameters.SETTING, str(tmp_path / "nowhere"))
    with pytest.raises(DataError, match="nowhere is not a folder"):
        own_parameters.in_use()


MATTER = """
consumer_rights:
  label: 买东西上当，要赔偿
  reference: 测试用的规定
  papers: [小票]
  says: [买到假货]
"""


@pytest.fixture
def own_matters(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of the deployment's own matters."""
    path = tmp_path / "matters.yml"
    monkeypatch.setenv(matters.SETTING, str(path))
    return path


def test_a_matter_of_the_regions_own_is_asked_for_understood_and_judged(
    own: Path, own_matters: Path
) -> None:
    own_matters.write_text(MATTER, encoding="utf-8")
    asked = question("matter", TODAY)
    assert parse_answer(asked, "在镇上买到假货了") == "consumer_rights"
    assert "买东西上当，要赔偿" in [option.label for option in asked.options]
    told = {"groups": "elderly", "has_lawyer": False, "region": "alxa", "stage": "not_started"}
    facts = Facts.from_dict({"matter": "consumer_rights", **told})
    assert screen(facts, TODAY).state == "unknown"
    since = ["--from", "2026-11-22", "--reference", "测试用的规定"]
    assert main(["parameter", "set", "added_matters", "--value", "consumer_rights", *since]) == 0
    assert screen(facts, date(2026, 11, 21)).state == "unknown"
    assert screen(facts, date(2026, 11, 22)).state == "yes"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (MATTER.replace("consumer_rights", "land"), "land: choose another id"),
        (MATTER.replace("consumer_rights", "Consumer"), "Consumer: choose another id"),
        (MATTER.replace("[小票]", "小票"), "papers must be a list"),
        (MATTER.replace("  says: [买到假货]\n", ""), "missing says"),
        (MATTER + "  basis: exempt\n", "unknown basis"),
    ],
)
def test_a_broken_file_of_matters_is_named(own_matters: Path, text: str, says: str) -> None:
    own_matters.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=says) as error:
        matters.read_own(own_matters)
    assert str(own_matters) in str(error.value)
