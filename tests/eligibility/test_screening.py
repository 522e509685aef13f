"""Screening: what cases/*.yml cannot say, because it needs other parameters or days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eligibility import Facts, NotInForceError, next_question, screen
from eligibility.parameters import Dated, Parameters, shipped

from .conftest import TODAY

INJURED = Facts.from_dict(
    {"matter": "traffic_injury", "groups": "none", "has_lawyer": False, "region": "hohhot"}
)


@pytest.mark.parametrize(
    ("income", "state"), [(0, "yes"), (999, "yes"), (1000, "yes"), (1000.5, "no"), (5000, "no")]
)
def test_income_is_compared_where_a_standard_is_known(
    filled: Parameters, income: float, state: str
) -> None:
    facts = replace(INJURED, monthly_income_per_person=income)
    # Art. 33 is still open while nobody knows whether a retrial is under way; the income decides.
    screening = screen(replace(facts, stage="not_started"), TODAY, filled)
    assert screening.state == state
    assert "《法律援助法》第三十四条" in [reason.reference for reason in screening.reasons]


def test_income_is_asked_only_where_a_standard_is_known(filled: Parameters) -> None:
    facts = replace(INJURED, for_whom="self")
    asked = next_question(facts, TODAY, filled)
    assert asked is not None
    assert asked.id == "monthly_income_per_person"
    asked = next_question(replace(facts, region="baotou"), TODAY, filled)
    assert asked is not None
    assert asked.id == "hardship_self_assessment"


def test_income_not_known_leaves_it_open(filled: Parameters) -> None:
    for income in (None, "unknown"):
        facts = replace(INJURED, monthly_income_per_person=income)
        assert screen(facts, TODAY, filled).state == "unknown"


def test_income_means_nothing_before_the_standard_holds(filled: Parameters) -> None:
    facts = replace(INJURED, monthly_income_per_person=5000)
    assert screen(facts, date(2025, 12, 31), filled).state == "unknown"


def test_income_over_the_standard_and_check_waived_stays_open(filled: Parameters) -> None:
    """Art. 42 waives the check, not the condition: what the person said leaves it open."""
    facts = replace(INJURED, groups=frozenset({"disabled"}), monthly_income_per_person=5000)
    assert screen(facts, TODAY, filled).state == "unknown"


def test_income_over_the_standard_does_not_matter_under_article_32(filled: Parameters) -> None:
    facts = replace(INJURED, matter="domestic_violence", monthly_income_per_person=5000)
    assert screen(facts, TODAY, filled).state == "yes"


def test_income_over_the_standard_with_groups_not_known_stays_open(filled: Parameters) -> None:
    facts = replace(INJURED, groups=None, stage="court", monthly_income_per_person=5000)
    assert screen(facts, TODAY, filled).state == "unknown"


def test_matter_the_region_adds_counts_as_listed(filled: Parameters) -> None:
    facts = Facts.from_dict(
        {"matter": "land", "groups": "elderly", "has_lawyer": False, "region": "alxa"}
    )
    screening = screen(facts, TODAY, filled)
    assert screening.state == "yes"
    assert screen(replace(facts, region="outside"), TODAY, filled).state == "unknown"


def test_matter_outside_every_list_is_no_but_nobody_is_sent_away(filled: Parameters) -> None:
    facts = Facts.from_dict(
        {
            "matter": "other",
            "victim_of_abuse": False,
            "region": "alxa",
            "stage": "not_started",
            "groups": "elderly",
        }
    )
    screening = screen(facts, TODAY, filled)
    assert screening.state == "no"
    assert screening.label == "可能不符合"
    references = [reason.reference for reason in screening.reasons]
    assert {"《法律援助法》第三十一条第（九）项", "《法律援助法》第二十三条"} <= set(references)
    assert any("12348" in reason.text for reason in screening.reasons)
    assert screen(replace(facts, stage=None), TODAY, filled).state == "unknown"
    assert screen(replace(facts, victim_of_abuse=None), TODAY, filled).state == "unknown"


def test_there_is_no_screening_before_the_act_is_in_force() -> None:
    assert screen(INJURED, date(2022, 1, 1)).state == "unknown"
    with pytest.raises(NotInForceError):
        screen(INJURED, date(2021, 12, 31))


def test_a_sentence_whose_number_has_ended_is_left_out() -> None:
    known = dict(shipped().by_name)
    name = "assignment_days"
    ended = Dated(date(2026, 1, 1), None, "测试", TODAY)
    known[name] = replace(known[name], values=(*known[name].values, ended))
    told = {deadline.id for deadline in screen(INJURED, TODAY, Parameters(known)).deadlines}
    assert "assignment" not in told
    assert "decision" in told


def test_no_address_is_invented() -> None:
    for office in screen(INJURED, TODAY).offices:
        assert office.address is None
        assert office.phone == "12348"
        assert "12348" in office.address_note


def test_everybody_is_told_that_it_is_no_decision_free_and_how_to_object() -> None:
    references = {note.reference for note in screen(Facts(), TODAY).notes}
    articles = ("第四十三条第一款", "第二十条", "第四十九条")
    assert {f"《法律援助法》{article}" for article in articles} <= references


@pytest.mark.parametrize("abused", [None, True, False])
def test_a_side_in_a_criminal_case_changes_nothing_in_another_matter(abused: bool | None) -> None:
    told = Facts.from_dict({"matter": "domestic_violence", "victim_of_abuse": abused})
    sided = replace(told, criminal_role="victim", criminal_stage="investigation")
    assert screen(sided, TODAY) == screen(told, TODAY)
    assert "victim" not in {document.id for document in screen(sided, TODAY).documents}
