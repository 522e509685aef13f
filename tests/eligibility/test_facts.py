"""Facts: what is accepted, and an error naming the key for everything else."""

from __future__ import annotations

from typing import Any

import pytest

from eligibility import UNKNOWN, FactError, Facts


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("mattr", "labour_pay"),
        ("matter", "labor"),
        ("matter", ["labour_pay"]),
        ("groups", "rich"),
        ("groups", ["migrant_worker", "rich"]),
        ("groups", 3),
        ("region", "beijing"),
        ("has_lawyer", "yes"),
        ("has_lawyer", 1),
        ("stage", "trial"),
        ("days_left", 1.5),
        ("days_left", "soon"),
        ("days_left", True),
        ("monthly_income_per_person", -1),
        ("monthly_income_per_person", float("nan")),
        ("monthly_income_per_person", "800"),
    ],
)
def test_bad_fact_is_an_error_naming_its_key(key: str, value: Any) -> None:
    with pytest.raises(FactError) as error:
        Facts.from_dict({key: value})
    assert error.value.key == key
    assert str(error.value).startswith(f"{key}: ")


def test_facts_that_are_not_a_mapping_are_an_error() -> None:
    with pytest.raises(FactError, match="facts"):
        Facts.from_dict(["labour_pay"])  # type: ignore[arg-type]


def test_one_group_none_and_a_list_are_accepted() -> None:
    assert Facts.from_dict({"groups": "minor"}).groups == frozenset({"minor"})
    assert Facts.from_dict({"groups": "none"}).groups == frozenset()
    listed = Facts.from_dict({"groups": ["minor", "disabled"]})
    assert listed.groups == frozenset({"minor", "disabled"})


def test_not_asked_and_not_known_are_different() -> None:
    facts = Facts.from_dict({"matter": None, "region": UNKNOWN})
    assert facts.matter is None
    assert facts.region == UNKNOWN
    assert not facts.known("matter")
    assert not facts.known("region")


def test_facts_survive_the_way_to_plain_values_and_back() -> None:
    facts = Facts.from_dict(
        {"matter": "labour_pay", "groups": ["migrant_worker"], "has_lawyer": False, "days_left": 0}
    )
    assert Facts.from_dict(facts.to_dict()) == facts
    assert facts.to_dict()["groups"] == ["migrant_worker"]


def test_a_later_answer_replaces_an_earlier_one() -> None:
    facts = Facts().answered("region", "baotou").answered("region", "chifeng")
    assert facts.region == "chifeng"
