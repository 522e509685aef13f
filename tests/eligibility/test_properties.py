"""What must hold for all facts: hypothesis looks for facts for which it does not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, product
from typing import Any

import pytest
from hypothesis import find, given, settings
from hypothesis import strategies as st

from eligibility import UNKNOWN, Facts, Screening, labels, next_question, screen
from eligibility.facts import ACCUSED_CASES, CHOICES, FACT_IDS, GROUPS, SETS, YES_NO
from eligibility.matters import all_matters
from eligibility.parameters import Parameters, shipped

from .conftest import TODAY

RANK = {"no": 0, "unknown": 1, "yes": 2}
EXAMPLES = settings(max_examples=150, deadline=None, derandomize=True)


def _values(fact_id: str) -> tuple[Any, ...]:
    """Return the values a fact is tried with, besides None and UNKNOWN."""
    if fact_id == "matter":
        return tuple(all_matters())
    if fact_id in SETS:
        return (frozenset(), *(frozenset({member}) for member in SETS[fact_id]))
    if fact_id in YES_NO:
        return (True, False)
    numbers = {"monthly_income_per_person": (500, 5000), "days_left": (-1, 0, 6, 7)}
    return numbers.get(fact_id) or CHOICES[fact_id]


def _any_of(fact_id: str) -> st.SearchStrategy[Any]:
    """Return a strategy for one fact; half of the matters are criminal, which have more rules."""
    known = st.sampled_from(_values(fact_id))
    if fact_id == "matter":
        known = st.one_of(st.just("criminal"), known)
    if fact_id in SETS:
        known = st.one_of(known, st.frozensets(st.sampled_from(SETS[fact_id])))
    return st.one_of(known, st.sampled_from((None, UNKNOWN)))


ANY_FACTS = st.builds(Facts, **{fact_id: _any_of(fact_id) for fact_id in FACT_IDS})


@pytest.fixture(scope="session", params=["shipped", "filled"])
def known(request: pytest.FixtureRequest, filled: Parameters) -> Parameters:
    return filled if request.param == "filled" else shipped()


def _state(facts: Facts, known: Parameters) -> str:
    return screen(facts, TODAY, known).state


@pytest.mark.parametrize("criminal", [True, False])
@pytest.mark.parametrize("state", RANK)
def test_every_state_is_tried_on_both_paths(criminal: bool, state: str, filled: Parameters) -> None:
    found = find(
        ANY_FACTS,
        lambda facts: (facts.matter == "criminal") is criminal and _state(facts, filled) == state,
        settings=settings(max_examples=5000, deadline=None, derandomize=True),
    )
    assert _state(found, filled) == state


@EXAMPLES
@given(facts=ANY_FACTS)
def test_not_knowing_a_fact_never_makes_a_no(facts: Facts, known: Parameters) -> None:
    if _state(facts, known) != "no":
        for fact_id, nothing in product(FACT_IDS, (None, UNKNOWN)):
            assert _state(replace(facts, **{fact_id: nothing}), known) != "no", fact_id


@EXAMPLES
@given(facts=ANY_FACTS)
def test_learning_more_keeps_a_no_and_never_turns_a_yes_into_a_no(
    facts: Facts, known: Parameters
) -> None:
    before = _state(facts, known)
    for learnt in _one_more_fact(facts):
        after = _state(learnt, known)
        assert after == "no" if before == "no" else True, learnt
        assert after != "no" if before == "yes" else True, learnt


def _one_more_fact(facts: Facts) -> Iterator[Facts]:
    for fact_id in FACT_IDS:
        if not facts.known(fact_id):
            yield from (replace(facts, **{fact_id: value}) for value in _values(fact_id))


@EXAMPLES
@given(facts=ANY_FACTS)
def test_one_more_waiver_never_makes_it_worse(facts: Facts, known: Parameters) -> None:
    before = RANK[_state(facts, known)]
    groups = facts.groups if isinstance(facts.groups, frozenset) else frozenset()
    for group in GROUPS:
        if facts.groups in (None, UNKNOWN) and group == "migrant_worker":
            continue  # it closes an open question, and waives nothing outside Art. 42 (3)
        after = _state(replace(facts, groups=groups | {group}), known)
        assert RANK[after] >= before, group
    for exempting in ("victim_of_abuse", "retrial_acquittal"):
        assert RANK[_state(facts.answered(exempting, True), known)] >= before, exempting


@EXAMPLES
@given(facts=ANY_FACTS)
def test_one_more_case_of_article_25_never_makes_it_worse(facts: Facts, known: Parameters) -> None:
    before = RANK[_state(facts, known)]
    cases = facts.accused_cases if isinstance(facts.accused_cases, frozenset) else frozenset()
    for case in ACCUSED_CASES:
        after = _state(replace(facts, accused_cases=cases | {case}), known)
        assert RANK[after] >= before, case


@EXAMPLES
@given(facts=ANY_FACTS)
def test_an_accused_person_without_a_defender_is_never_sent_away(
    facts: Facts, known: Parameters
) -> None:
    """Art. 24 knows "other reasons": nobody's means can make a no."""
    accused = replace(facts, matter="criminal", criminal_role="accused", has_lawyer=False)
    assert _state(accused, known) != "no"


@EXAMPLES
@given(facts=ANY_FACTS)
def test_as_shipped_only_a_lawyer_of_ones_own_makes_a_no(facts: Facts) -> None:
    """No region's list and no figure ships, so nothing else can be known to exclude anybody."""
    if _state(facts, shipped()) == "no":
        assert facts.has_lawyer is True


@EXAMPLES
@given(facts=ANY_FACTS)
def test_whoever_hears_a_no_hears_where_to_ask_and_that_it_is_no_decision(
    facts: Facts, known: Parameters
) -> None:
    screening = screen(facts, TODAY, known)
    if screening.state == "no":
        assert "12348" in "".join(reason.text for reason in screening.reasons)
        assert "《法律援助法》第四十九条" in [note.reference for note in screening.notes]


@EXAMPLES
@given(facts=ANY_FACTS, order=st.permutations(FACT_IDS))
def test_the_order_of_answers_does_not_matter(facts: Facts, order: list[str]) -> None:
    told = Facts()
    for fact_id in order:
        value = getattr(facts, fact_id)
        told = told.answered(fact_id, sorted(value) if isinstance(value, frozenset) else value)
    assert screen(told, TODAY) == screen(facts, TODAY)


def _shown(screening: Screening) -> tuple[Any, ...]:
    """Return what an answer is asked for: the result, the place, the papers, the time limits.

    In criminal cases also the reasons: who may apply and what the organs must do.
    """
    shown = (screening.state, screening.documents, screening.offices, screening.deadlines)
    return (*shown, screening.reasons) if screening.refer else shown


def _choices(fact_id: str) -> tuple[Any, ...]:
    return tuple(labels(fact_id)) or (0, 5000)


@EXAMPLES
@given(facts=ANY_FACTS)
def test_a_question_is_asked_only_if_its_answers_can_differ(
    facts: Facts, known: Parameters
) -> None:
    """At once, or once another fact that is still open is known."""
    asked = next_question(facts, TODAY, known)
    if asked is not None:
        possible = chain([facts], _one_more_fact(facts))
        assert any(_differs(asked.id, each, known) for each in possible), asked.id


def _differs(fact_id: str, facts: Facts, known: Parameters) -> bool:
    answered = (facts.answered(fact_id, value) for value in _choices(fact_id))
    return len({_shown(screen(each, TODAY, known)) for each in answered}) > 1


@EXAMPLES
@given(facts=ANY_FACTS)
def test_when_nothing_is_asked_no_further_answer_changes_the_result(facts: Facts) -> None:
    """Except where the result is no, nobody can name the matter, or Art. 42 forbids asking."""
    spared = {"hardship_self_assessment", "monthly_income_per_person", "wrongdoer_is_guardian"}
    facts = _answered_to_the_end(replace(facts, days_left=None))
    now = screen(facts, TODAY, shipped())
    if now.state == "no" or facts.matter == UNKNOWN or facts.criminal_role == UNKNOWN:
        return
    for fact_id in set(FACT_IDS) - spared - {"days_left"}:
        if getattr(facts, fact_id) is None:
            for value in _choices(fact_id):
                learnt = screen(facts.answered(fact_id, value), TODAY, shipped())
                assert learnt.state == now.state, fact_id
                if not now.refer:
                    assert _shown(learnt) == _shown(now), fact_id


def _answered_to_the_end(facts: Facts) -> Facts:
    while (asked := next_question(facts, TODAY)) is not None:
        facts = facts.answered(asked.id, _choices(asked.id)[-1])
    return facts
