"""Questions: one thing at a time, each reachable, each with its reason in the law."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from eligibility import UNKNOWN, DataError, Facts, next_question, question
from eligibility.facts import FACT_IDS
from eligibility.parameters import Parameters
from eligibility.questions import FOLDER

from .conftest import TODAY

IDS = sorted(path.stem for path in FOLDER.glob("*.yml"))


def test_every_fact_but_the_count_of_days_has_a_question() -> None:
    """People do not count days for us: the question about urgency reads a number of days too."""
    assert set(IDS) == set(FACT_IDS) - {"days_left"}


@pytest.mark.parametrize("fact_id", IDS)
def test_question_is_filled_in_and_cites_the_law(fact_id: str) -> None:
    asked = question(fact_id, TODAY)
    shown = "".join((asked.ask, asked.why, *(option.label for option in asked.options)))
    assert "{" not in shown
    assert re.search(r"《法律援助法》第.+条", asked.why)
    assert asked.ask.endswith(("？", "。"))


def test_unknown_question_is_an_error() -> None:
    with pytest.raises(DataError, match="shoe_size"):
        question("shoe_size", TODAY)


def _interview(facts: Facts, **answers: object) -> list[str]:
    asked = []
    while (following := next_question(facts, TODAY)) is not None:
        asked.append(following.id)
        facts = facts.answered(following.id, answers[following.id])
    return asked


def test_migrant_worker_with_unpaid_wages_answers_six_questions() -> None:
    asked = _interview(
        Facts(matter="labour_pay"),
        for_whom="self",
        groups="migrant_worker",
        region="hohhot",
        has_lawyer=False,
        stage="not_started",
        urgent="none",
    )
    assert asked == ["for_whom", "groups", "region", "has_lawyer", "stage", "urgent"]


def test_victim_of_violence_is_not_asked_about_money() -> None:
    asked = _interview(
        Facts(matter="domestic_violence"),
        for_whom="self",
        region="hohhot",
        has_lawyer=False,
        stage="not_started",
        urgent="none",
    )
    assert asked == ["for_whom", "region", "has_lawyer", "stage", "urgent"]


def test_questions_end_when_the_result_is_no() -> None:
    facts = Facts(matter="labour_pay", groups=frozenset(), has_lawyer=True)
    assert next_question(facts, TODAY) is None


def test_what_a_person_does_not_know_is_not_asked_again() -> None:
    facts = Facts(matter="labour_pay")
    asked = []
    while (following := next_question(facts, TODAY)) is not None:
        asked.append(following.id)
        facts = facts.answered(following.id, UNKNOWN)
    assert len(asked) == len(set(asked)) > 0


def test_counted_days_make_the_question_about_urgency_needless() -> None:
    facts = Facts(matter="heroes", for_whom="self", region="alxa", has_lawyer=False, stage="court")
    asked = next_question(facts, TODAY)
    assert asked is not None
    assert asked.id == "urgent"
    assert next_question(replace(facts, days_left=9), TODAY) is None


def test_migrant_worker_is_offered_only_where_it_helps() -> None:
    for matter, offered in (("labour_pay", True), ("work_injury", True), ("pollution", False)):
        asked = next_question(Facts(matter=matter, for_whom="self"), TODAY)
        assert asked is not None
        assert asked.id == "groups"
        assert ("migrant_worker" in [option.value for option in asked.options]) is offered


REACHED: dict[str, Facts] = {
    "matter": Facts(),
    "victim_of_abuse": Facts(matter="support_payments"),
    "retrial_acquittal": Facts(matter="state_compensation"),
    "criminal_role": Facts(matter="criminal"),
    "criminal_stage": Facts(matter="criminal", criminal_role="accused"),
    "accused_cases": Facts(
        matter="criminal", criminal_role="accused", criminal_stage="trial", for_whom="self"
    ),
    "for_whom": Facts(matter="labour_pay"),
    "represented": Facts(matter="labour_pay", for_whom="relative"),
    "wrongdoer_is_guardian": Facts(matter="domestic_violence", for_whom="child"),
    "groups": Facts(matter="labour_pay", for_whom="self"),
    "region": Facts(matter="heroes", for_whom="self"),
    "has_lawyer": Facts(matter="heroes", for_whom="self", region="alxa"),
    "stage": Facts(matter="heroes", for_whom="self", region="alxa", has_lawyer=False),
    "urgent": Facts(
        matter="heroes", for_whom="self", region="alxa", has_lawyer=False, stage="court"
    ),
    "hardship_self_assessment": Facts(
        matter="pollution", for_whom="self", groups=frozenset(), region="alxa"
    ),
    "monthly_income_per_person": Facts(
        matter="pollution", for_whom="self", groups=frozenset(), region="hohhot"
    ),
}


@pytest.mark.parametrize("fact_id", IDS)
def test_every_question_and_option_can_be_reached(fact_id: str, filled: Parameters) -> None:
    facts = REACHED[fact_id]
    asked = next_question(facts, TODAY, filled)
    assert asked is not None
    assert asked.id == fact_id
    for option in question(fact_id, TODAY, filled).options:
        assert option in asked.options
        assert facts.answered(fact_id, option.value) != facts
