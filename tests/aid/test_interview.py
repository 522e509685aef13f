"""Facts survive the way through a form's hidden fields."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st
from multidict import MultiDict

from aid.interview import SEVERAL, from_fields, step, to_fields
from eligibility import UNKNOWN, DataError, Facts, question
from eligibility.facts import FACT_IDS
from tests.aid.people import NAMES, TODAY, request_of


def values_of(fact_id: str) -> st.SearchStrategy[object]:
    """Return a strategy for the values of a fact, asked and not asked, known and unknown."""
    try:
        options = [option.value for option in question(fact_id, TODAY).options]
    except DataError:
        return st.integers(-400, 400)
    if fact_id in SEVERAL:
        members = st.sampled_from([option for option in options if option != "none"])
        return st.one_of(st.just(UNKNOWN), st.lists(members, unique=True))
    if not options:
        return st.one_of(st.just(UNKNOWN), st.floats(0, 1e6), st.integers(0, 100_000))
    return st.sampled_from([*options, UNKNOWN])


FACTS = st.fixed_dictionaries({}, optional={key: values_of(key) for key in FACT_IDS})


@settings(deadline=None)  # the first draw reads files
@given(FACTS)
def test_facts_come_back_from_a_form_as_they_went_in(values: dict[str, object]) -> None:
    facts = Facts.from_dict(values)
    assert from_fields(MultiDict(to_fields(facts))) == facts


def test_the_people_of_the_tests_survive_too() -> None:
    for name in NAMES:
        facts = request_of(name).facts
        assert from_fields(MultiDict(to_fields(facts))) == facts


def test_days_left_told_in_words_are_kept() -> None:
    """Eight days are no urgency, but a reason not to wait for the answer."""
    form = MultiDict({"fact.matter": "labour_pay", "asked": "urgent", "said": "还有八天"})
    told = step(form, TODAY).facts
    assert (told.urgent, told.days_left) == ("none", 8)
