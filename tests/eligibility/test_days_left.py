"""A day to come is read as it is meant: a date without a year is the next one, not a span."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility import days_said, parse_answer, question
from eligibility.when import coming

ON = date(2026, 11, 18)  # a Wednesday


@pytest.mark.parametrize(
    ("text", "left", "value"),
    [
        ("11月20号到期", 2, "deadline"),
        ("11月20日", 2, "deadline"),
        ("12月1号", 13, "none"),
        ("12月1日就到期了", 13, "none"),
        ("下周三开庭", 7, "none"),
        ("腊月初八", 58, "none"),
        ("十月十五最后一天", 5, "deadline"),  # lunar: 23 November
        ("今天到期", 0, "deadline"),
        ("今天", 0, "deadline"),
        ("还有5天", 5, "deadline"),
        ("不到七天", 6, "deadline"),
        ("三个月", 90, "none"),
        ("8月3号到期", 258, "none"),
    ],
)
def test_the_days_left_until_the_day_that_was_said(text: str, left: int, value: str) -> None:
    assert days_said(text, ON) == left
    assert parse_answer(question("urgent", ON), text) == value


@pytest.mark.parametrize(
    "text",
    [
        "8月3号被辞退",
        "11月16日收到的判决",
        "昨天收到的判决",
        "今天吃什么好",
        "刚才说过了",
        "收到判决书十天了",
        "去年12月1号",
    ],
)
def test_a_day_gone_by_tells_no_days_left(text: str) -> None:
    assert days_said(text, ON) is None
    assert parse_answer(question("urgent", ON), text) is None


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("周二", date(2026, 11, 24)),
        ("5号", date(2026, 12, 5)),
        ("11月18号", ON),
        ("2027年3月1日", date(2027, 3, 1)),
        ("十天后", date(2026, 11, 28)),
        ("8月3号", date(2027, 8, 3)),
        ("12月1号或者12月3号", None),
        ("上周三", None),
    ],
)
def test_a_bare_day_is_the_next_one(text: str, day: date | None) -> None:
    left = days_said(text, ON)
    assert (None if left is None else ON + timedelta(days=left)) == day


def test_a_lunar_day_says_which_day_it_is() -> None:
    (only,) = coming("腊月初八", ON).candidates
    assert only.assumed is not None
    assert "2027年1月15日" in only.assumed


@given(st.dates(date(2020, 1, 1), date(2040, 1, 1)), st.integers(0, 360))
def test_a_written_day_ahead_is_read_back(on: date, ahead: int) -> None:
    day = on + timedelta(days=ahead)
    if (day.month, day.day) != (2, 29):
        assert days_said(f"{day.month}月{day.day}号", on) == ahead
