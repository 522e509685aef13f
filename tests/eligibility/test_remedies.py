"""Remedies: what cases/*.yml cannot say, because it needs other parameters or all data at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from eligibility.counting import days_after, months_after
from eligibility.parameters import Dated, Parameters, shipped
from eligibility.remedies import remedy
from eligibility.remedy_rules import all_remedies
from eligibility.sentences import all_sentences
from eligibility.setbacks import Setback

from .conftest import TODAY


def test_the_first_day_is_not_counted() -> None:
    assert days_after(date(2026, 11, 2), 5) == date(2026, 11, 7)
    assert days_after(date(2026, 12, 30), 3) == date(2027, 1, 2)


@pytest.mark.parametrize(
    ("start", "last"),
    [
        (date(2026, 1, 15), date(2026, 7, 15)),
        (date(2026, 8, 31), date(2027, 2, 28)),
        (date(2027, 8, 31), date(2028, 2, 29)),
        (date(2026, 6, 30), date(2026, 12, 30)),
        (date(2026, 7, 1), date(2027, 1, 1)),
    ],
)
def test_months_end_on_the_same_day_or_on_the_last_of_the_month(start: date, last: date) -> None:
    assert months_after(start, 6) == last


@pytest.mark.parametrize("event", all_remedies())
def test_every_period_names_a_number_that_ships(event: str) -> None:
    for step in all_remedies()[event].steps:
        if step.due:
            assert shipped().number(step.due.length, TODAY)


def test_every_sentence_about_remedies_is_told_somewhere() -> None:
    told = {f"remedy_{key}" for rule in all_remedies().values() for key in rule.sentences}
    assert {key for key in all_sentences() if key.startswith("remedy_")} == told


@pytest.mark.parametrize("event", all_remedies())
def test_nobody_is_told_that_it_is_hopeless(event: str) -> None:
    told = remedy(Setback(event), TODAY)
    text = "".join([step.text for step in told.steps] + [ground.text for ground in told.grounds])
    assert told.steps
    for hopeless in ("没有办法", "不能再", "来不及了", "您不符合"):
        assert hopeless not in text


def test_a_period_has_the_length_in_force_when_it_began() -> None:
    known = dict(shipped().by_name)
    longer = Dated(date(2026, 11, 10), 10, "测试", TODAY)
    days = known["objection_days"]
    known["objection_days"] = replace(days, values=(*days.values, longer))
    setback = Setback("objection_silent", objected_on=date(2026, 11, 9))
    told = {step.id: step.last_day for step in remedy(setback, TODAY, Parameters(known)).steps}
    assert told["object_answer"] == date(2026, 11, 14)
    setback = Setback("objection_silent", objected_on=date(2026, 11, 10))
    told = {step.id: step.last_day for step in remedy(setback, TODAY, Parameters(known)).steps}
    assert told["object_answer"] == date(2026, 11, 20)


def test_a_step_whose_number_has_ended_is_left_out() -> None:
    known = dict(shipped().by_name)
    ended = Dated(date(2026, 1, 1), None, "测试", TODAY)
    days = known["decision_days"]
    known["decision_days"] = replace(days, values=(*days.values, ended))
    steps = [step.id for step in remedy(Setback("silent"), TODAY, Parameters(known)).steps]
    assert "decision_due" not in steps
    assert "ask_institution" in steps
