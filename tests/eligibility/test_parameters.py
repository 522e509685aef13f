"""Parameters: dated values, and an error that names the file for everything else."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from eligibility import parameters
from eligibility.errors import DataError
from eligibility.parameters import Dated, Parameter, Parameters

BROKEN = Path(__file__).parent / "broken"
SAYS = {
    "unknown_key": "unknown author",
    "unknown_value_key": "unknown author",
    "repeated_key": "'unit' occurs twice",
    "repeated_value_key": "'value' occurs twice",
    "missing_key": "missing unit",
    "missing_reference": "missing reference",
    "missing_checked_on": "missing checked_on",
    "date_is_text": "from must be a date",
    "empty_reference": "reference must be text",
    "same_date_twice": "from dates must be different and in order",
    "dates_out_of_order": "from dates must be different and in order",
    "no_values": "values must be a list",
    "not_a_mapping": "expected keys and values",
    "not_yaml": "expected ',' or ']'",
    "value_of_unknown_kind": "of no known kind",
    "list_of_numbers": "a list may hold only text",
    "unknown_local": "unknown local 'guess'",
    "wrong_ending": "only .yml files belong",
    "not_text": "special characters are not allowed",
}


def test_every_broken_folder_is_tested() -> None:
    assert {path.name for path in BROKEN.iterdir()} == set(SAYS)


@pytest.mark.parametrize("folder", sorted(SAYS))
def test_broken_file_is_named_with_what_is_wrong(folder: str) -> None:
    with pytest.raises(DataError) as error:
        parameters.read(BROKEN / folder)
    assert "some_days" in str(error.value)
    assert SAYS[folder] in str(error.value)


def test_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no parameters here"):
        parameters.read(tmp_path)


def _dated(start: date, value: int | None) -> Dated:
    return Dated(start, value, "《法律援助法》第四十三条", date(2026, 11, 22))


def test_value_holds_from_its_day_until_the_next_one() -> None:
    changes = (
        _dated(date(2022, 1, 1), 7),
        _dated(date(2025, 3, 1), 5),
        _dated(date(2026, 3, 1), None),
    )
    known = Parameters({"some_days": Parameter("some_days", "", "天", changes)})
    expected = {
        date(2021, 12, 31): None,
        date(2022, 1, 1): 7,
        date(2025, 2, 28): 7,
        date(2025, 3, 1): 5,
        date(2026, 2, 28): 5,
        date(2026, 3, 1): None,
    }
    assert {day: known.value("some_days", day) for day in expected} == expected


def test_unknown_name_is_an_error() -> None:
    with pytest.raises(DataError, match="no parameter is called some_days"):
        parameters.shipped().value("some_days", date(2026, 11, 22))


def test_text_where_a_number_is_needed_is_an_error() -> None:
    with pytest.raises(DataError, match="is not a number"):
        parameters.shipped().number("in_force", date(2026, 11, 22))


def test_no_regional_standard_is_shipped() -> None:
    """The figure is the deploying institution's to fill in; an invented one must never ship."""
    day = date(2026, 11, 22)
    names = [name for name in parameters.shipped().by_name if name.startswith("hardship_standard/")]
    assert len(names) == 12
    added = ["added_matters", "added_exempt_matters"]
    assert {parameters.shipped().value(name, day) for name in [*names, *added]} == {None}
