"""Nothing is said to be over by a year that was named, nor by a law younger than the event."""

from __future__ import annotations

from datetime import date

from eligibility.radar import last_day

ON = date(2026, 11, 23)


def test_a_right_younger_than_the_event_is_not_counted() -> None:
    found = last_day("collective_decision_revocation", date(2022, 6, 1), ON)
    assert (found.last, found.passed) == (None, False)
    assert "2025年5月1日" in found.headline.text


def test_a_right_older_than_the_event_is_counted() -> None:
    found = last_day("collective_decision_revocation", date(2025, 7, 10), ON)
    assert found.last == date(2026, 7, 10)


def test_a_year_that_is_over_names_no_number_of_days() -> None:
    year = last_day("land_arbitration", date(2022, 1, 1), ON, rough=True, other=date(2022, 12, 31))
    assert "已经过了" not in year.headline.text
    assert any("直接到法院起诉" in way.text for way in year.actions)


def test_a_month_that_is_over_still_says_by_how_much() -> None:
    month = last_day("land_arbitration", date(2022, 1, 1), ON, rough=True, other=date(2022, 1, 31))
    assert "已经过了" in month.headline.text
