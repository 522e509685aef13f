"""What must hold for every period, event and day."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from eligibility.radar import last_day, rules, shipped
from eligibility.radar.reckoning import add_months
from eligibility.radar.workdays import add_working, next_working, previous_working, working

COUNTED = [key for key, period in shipped().items() if period.values[-1].length is not None]
ROLLING = [
    key
    for key in COUNTED
    if shipped()[key].kind != "wait"
    and rules.shipped()[shipped()[key].rules].roll is not None
    and shipped()[key].values[-1].unit != "hour"
]
STAYING = [
    key
    for key in COUNTED
    if rules.shipped()[shipped()[key].rules].roll is None
    and shipped()[key].values[-1].unit == "day"
]
DAYS = st.dates(date(2004, 1, 1), date(2035, 12, 31))


def _last(period: str, event: date) -> date:
    event = max(event, shipped()[period].born or event)  # nothing is counted from before it
    found = last_day(period, event, event).last
    assert found is not None
    return found


@given(st.sampled_from(COUNTED), DAYS, st.integers(0, 400))
def test_a_later_event_never_ends_earlier(period: str, event: date, later: int) -> None:
    assert _last(period, event) <= _last(period, event + timedelta(days=later))


@given(st.sampled_from(ROLLING), DAYS)
def test_an_end_that_rolls_is_a_working_day(period: str, event: date) -> None:
    assert working(_last(period, event))


@given(st.sampled_from(STAYING), DAYS)
def test_an_end_that_stays_is_exactly_so_many_days_later(period: str, event: date) -> None:
    length = shipped()[period].values[-1].length
    assert length is not None
    assert _last(period, event) == event + timedelta(days=length)


@given(st.sampled_from(COUNTED), DAYS, st.integers(-2000, 2000))
def test_days_left_are_the_days_to_the_last(period: str, event: date, away: int) -> None:
    event = max(event, shipped()[period].born or event)
    answer = last_day(period, event, event + timedelta(days=away))
    assert answer.last is not None
    assert answer.days_left == (answer.last - event).days - away
    assert answer.passed == (answer.days_left < 0)
    assert not answer.urgent or 0 <= answer.days_left < 7


@given(DAYS, st.integers(1, 30))
def test_working_days_are_counted_one_by_one(day: date, count: int) -> None:
    last = add_working(day, count)
    between = (day + timedelta(days=step) for step in range(1, (last - day).days + 1))
    assert sum(working(one) for one in between) == count
    assert working(last)


@given(DAYS)
def test_the_nearest_working_days_stand_on_both_sides(day: date) -> None:
    before, after = previous_working(day), next_working(day)
    assert before <= day <= after
    assert (before == after) == working(day)


@given(DAYS, st.integers(0, 300))
def test_a_month_ends_on_the_same_day_or_on_the_last(day: date, months: int) -> None:
    """民法典 202."""
    end = add_months(day, months)
    assert (end.year - day.year) * 12 + end.month - day.month == months
    assert end.day == day.day or (end + timedelta(days=1)).day == 1
    assert end.day <= day.day
