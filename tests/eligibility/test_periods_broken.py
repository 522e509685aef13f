"""Each error in the data of periods, with a file that causes it and is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from eligibility.errors import DataError
from eligibility.radar import periods, rules

GOOD = """
appeal:
  name: 上诉
  event: 收到判决书
  kind: act
  values:
    - {from: 2023-09-01, length: 15, unit: day, reference: 《法》第一条, proof: 十五日,
       checked_on: 2026-11-22}
  rules: civil_procedure
  act: {text: 交上诉状。, reference: null}
  notes: [mail_civil]
  late: [restore_civil]
  says: [上诉]
"""


def _write(folder: Path, text: str, name: str = "court.yml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_good_file_is_read(tmp_path: Path) -> None:
    found = periods.read(_write(tmp_path, GOOD))
    assert (found["appeal"].field, found["appeal"].values[0].length) == ("court", 15)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("kind: act", "kind: must", "kind 'must'"),
        ("rules: civil_procedure", "rules: roman", "no rules are called roman"),
        ("[mail_civil]", "[nothing]", "no note is called nothing"),
        ("says: [上诉]", "says: []", "at least one phrase"),
        ("length: 15", "length: null", "open belongs"),
        ("length: 15", "length: 0", "above 0"),
        ("length: 15", "length: 1.5", "above 0"),
        ("unit: day", "unit: week", "unit 'week'"),
        ("from: 2023-09-01", "from: 2023", "from must be a date"),
        ("checked_on: 2026-11-22", "checked_on: today", "checked_on must be a date"),
        (", proof: 十五日", "", "missing proof"),
        ("  event: 收到判决书\n", "", "missing event"),
        ("  kind: act\n", "  kind: act\n  color: red\n", "unknown color"),
        ("  kind: act\n", "  kind: act\n  kind: wait\n", "occurs twice"),
        ("  kind: act\n", "  kind: act\n  born: 2025\n", "born must be a date"),
        ("  kind: act\n", "  kind: act\n  after: nothing\n", "no period is called nothing"),
        ("reference: null}", "reference: null, proof: 十五日}", "belong together"),
        ("  values:\n    - {", "  values:\n    {", "values must be a list"),
    ],
)
def test_a_broken_period_is_refused_naming_the_file(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    assert old in GOOD
    with pytest.raises(DataError, match=says) as error:
        periods.read(_write(tmp_path, GOOD.replace(old, new)))
    assert str(tmp_path) in str(error.value)


def test_values_out_of_order_are_refused(tmp_path: Path) -> None:
    start, end = GOOD.index("    - {"), GOOD.index("  rules:")
    with pytest.raises(DataError, match="different and in order"):
        periods.read(_write(tmp_path, GOOD[:end] + GOOD[start:]))


def test_one_id_in_two_files_is_refused(tmp_path: Path) -> None:
    _write(tmp_path, GOOD, "again.yml")
    with pytest.raises(DataError, match=r"also in again\.yml"):
        periods.read(_write(tmp_path, GOOD))


def test_a_file_that_is_no_mapping_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="expected periods by id"):
        periods.read(_write(tmp_path, "- appeal\n"))


def test_a_folder_without_periods_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no periods here"):
        periods.read(tmp_path)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: {counts: backwards, start: {text: 一, reference: null}}", "counts is none of"),
        ("a: {counts: from_next_day}", "missing start"),
        (
            "a: {counts: from_next_day, start: {text: 一, reference: null},"
            " roll: {text: 二, reference: null}, stay: {text: 三, reference: null}}",
            "either rolls or stays",
        ),
    ],
)
def test_broken_rules_are_refused_naming_the_file(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "rules.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=says) as error:
        rules.read(path)
    assert str(path) in str(error.value)
