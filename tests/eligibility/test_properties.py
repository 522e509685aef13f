"""What must hold for all facts, tried over a wide, evenly spaced sample of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, islice, permutations, product
from typing import Any

import pytest

from eligibility import UNKNOWN, Facts, Screening, labels, next_question, screen
from eligibility.facts import FACT_IDS, GROUPS
from eligibility.matters import all_matters
from eligibility.parameters import Parameters, shipped

from .conftest import TODAY

RANK = {"no": 0, "unknown": 1, "yes": 2}
VALUES: dict[str, tuple[Any, ...]] = {
    "matter": (None, UNKNOWN, *all_matters()),
    "groups": (
        None,
        UNKNOWN,
        frozenset(),
        frozenset({"migrant_worker"}),
        frozenset({"social_assistance"}),
    ),
    "has_lawyer": (None, UNKNOWN, True, False),
    "stage": (None, UNKNOWN, "retrial", "court"),
    "victim_of_abuse": (None, UNKNOWN, True, False),
    "retrial_acquittal": (None, True, False),
    "hardship_self_assessment": (None, UNKNOWN, True, False),
    "monthly_income_per_person": (None, UNKNOWN, 500, 5000),
    "region": (None, UNKNOWN, "hohhot", "alxa", "outside"),
    "for_whom": (None, UNKNOWN, "self", "child", "relative"),
    "represented": (None, "incapable", "capable"),
}
STRIDE = 30_011  # a prime, so that the sample runs through every value of every fact


def _sample() -> Iterator[Facts]:
    for combination in islice(product(*VALUES.values()), 0, None, STRIDE):
        yield Facts(**dict(zip(VALUES, combination, strict=True)))


SAMPLE = list(_sample())


@pytest.fixture(params=["shipped", "filled"])
def known(request: pytest.FixtureRequest, filled: Parameters) -> Parameters:
    return filled if request.param == "filled" else shipped()


def _state(facts: Facts, known: Parameters) -> str:
    return screen(facts, TODAY, known).state


def test_the_sample_is_wide_and_has_every_state(filled: Parameters) -> None:
    assert len(SAMPLE) > 400
    for fact_id, values in VALUES.items():
        assert {getattr(facts, fact_id) for facts in SAMPLE} == set(values)
    assert {_state(facts, filled) for facts in SAMPLE} == set(RANK)


def test_not_knowing_a_fact_never_makes_a_no(known: Parameters) -> None:
    for facts in SAMPLE:
        if _state(facts, known) != "no":
            for fact_id, nothing in product(VALUES, (None, UNKNOWN)):
                assert _state(replace(facts, **{fact_id: nothing}), known) != "no", facts


def test_a_no_stays_a_no_whatever_is_still_learnt(known: Parameters) -> None:
    for facts in SAMPLE:
        if _state(facts, known) == "no":
            for learnt in _one_more_fact(facts):
                assert _state(learnt, known) == "no", learnt


def test_a_yes_never_turns_into_a_no_by_learning_more(known: Parameters) -> None:
    for facts in SAMPLE:
        if _state(facts, known) == "yes":
            for learnt in _one_more_fact(facts):
                assert _state(learnt, known) != "no", learnt


def _one_more_fact(facts: Facts) -> Iterator[Facts]:
    for fact_id, values in VALUES.items():
        if not facts.known(fact_id):
            yield from (replace(facts, **{fact_id: value}) for value in values)


def test_one_more_waiver_never_makes_it_worse(known: Parameters) -> None:
    for facts in SAMPLE:
        before = RANK[_state(facts, known)]
        groups = facts.groups if isinstance(facts.groups, frozenset) else frozenset()
        for group in GROUPS:
            after = _state(replace(facts, groups=groups | {group}), known)
            if facts.groups in (None, UNKNOWN) and group == "migrant_worker":
                continue  # it closes an open question, and waives nothing outside Art. 42 (3)
            assert RANK[after] >= before, (facts, group)
        for exempting in ("victim_of_abuse", "retrial_acquittal"):
            assert RANK[_state(facts.answered(exempting, True), known)] >= before, facts


def test_the_order_of_answers_does_not_matter() -> None:
    answers = {"matter": "labour_pay", "groups": "none", "has_lawyer": False, "region": "alxa"}
    outcomes = set()
    for order in permutations(answers):
        facts = Facts()
        for fact_id in order:
            facts = facts.answered(fact_id, answers[fact_id])
        outcomes.add(screen(facts, TODAY))
    assert len(outcomes) == 1


def _shown(screening: Screening) -> tuple[Any, ...]:
    """Return what an answer is asked for: the result, the place, the papers, the time limits."""
    return (screening.state, screening.documents, screening.offices, screening.deadlines)


def _choices(fact_id: str) -> tuple[Any, ...]:
    return tuple(labels(fact_id)) or (0, 5000)


def test_a_question_is_asked_only_if_its_answers_can_differ(known: Parameters) -> None:
    """At once, or once another fact that is still open is known."""
    for facts in SAMPLE:
        asked = next_question(facts, TODAY, known)
        if asked is not None:
            possible = chain([facts], _one_more_fact(facts))
            assert any(_differs(asked.id, each, known) for each in possible), (asked.id, facts)


def _differs(fact_id: str, facts: Facts, known: Parameters) -> bool:
    answered = (facts.answered(fact_id, value) for value in _choices(fact_id))
    return len({_shown(screen(each, TODAY, known)) for each in answered}) > 1


def test_when_nothing_is_asked_no_further_answer_matters(known: Parameters) -> None:
    """Except where a person takes over, the result is no, or Art. 42 forbids asking."""
    spared = {"hardship_self_assessment", "monthly_income_per_person", "wrongdoer_is_guardian"}
    for facts in map(_answered_to_the_end, SAMPLE):
        now = screen(facts, TODAY, shipped())
        if now.refer or now.state == "no":
            continue
        for fact_id in set(FACT_IDS) - spared - {"days_left"}:
            if getattr(facts, fact_id) is None:
                for value in _choices(fact_id):
                    learnt = screen(facts.answered(fact_id, value), TODAY, shipped())
                    assert _shown(learnt) == _shown(now), (fact_id, facts)


def _answered_to_the_end(facts: Facts) -> Facts:
    while (asked := next_question(facts, TODAY)) is not None:
        facts = facts.answered(asked.id, _choices(asked.id)[-1])
    return facts
