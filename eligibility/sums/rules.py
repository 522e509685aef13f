"""The numbers of the formulas (rules.yml), dated and with the article each comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from eligibility import strict_yaml
from eligibility.errors import DataError, NotInForceError

PATH = Path(__file__).with_name("rules.yml")
NAMES = {
    *("months_for_a_full_year", "for_less_than_that", "for_each_year", "local_average_wage"),
    *("times_the_average", "most_years_above_it", "unlawful_factor", "counted_since"),
    *("double_after_months", "double_until_months"),
    *("court_fee_least", "court_fee_steps", "court_fee_settled", "court_fee_simple"),
    *("court_fee_appeal", "court_fee_advanced", "court_fee_borne", "court_fee_relief"),
}


@dataclass(frozen=True)
class Rule:
    """One number of a formula from a day on; None where nobody has checked it."""

    start: date
    value: Any
    reference: str
    proof: str


def rule(name: str, on: date) -> Rule:
    """Return a number as it is on a day.

    Raises:
        DataError: there is no such number.
        NotInForceError: the law was not in force yet.
    """
    if name not in all_rules():
        raise DataError(f"{PATH}: no {name}")
    begun = [one for one in all_rules()[name] if one.start <= on]
    if not begun:
        raise NotInForceError(f"{name} on {on}")
    return max(begun, key=lambda one: one.start)


def number(name: str, on: date) -> float:
    """Return a number that every formula needs.

    Raises:
        DataError: nobody has checked it.
    """
    value = rule(name, on).value
    if value is None:
        raise DataError(f"{PATH}: {name} is not known")
    return float(value)


@cache
def all_rules() -> dict[str, tuple[Rule, ...]]:
    """Return every number by its name.

    Raises:
        DataError: the file is broken.
    """
    return read(PATH)


def read(path: Path) -> dict[str, tuple[Rule, ...]]:
    """Read a file of numbers.

    Raises:
        DataError: naming the file and what is wrong with it.
    """
    named = strict_yaml.mapping(path, strict_yaml.load(path), required=NAMES)
    return {name: tuple(_rule(path, one) for one in dated) for name, dated in named.items()}


def _rule(path: Path, value: Any) -> Rule:
    fields = strict_yaml.mapping(path, value, required={"from", "value", "reference", "proof"})
    return Rule(fields["from"], fields["value"], fields["reference"], fields["proof"])
