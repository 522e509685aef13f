"""When a first reply is due, and what counts as kept."""

from datetime import datetime, timedelta

import pytest

from desk.clock import CHINA
from desk.first_replies import Promise, kept, promise
from desk.roster import Duty

# 2026-11-20 is a Friday; the Monday after it is a working day.
FRIDAY = datetime(2026, 11, 20, 10, 0, tzinfo=CHINA)
MORNING = Duty(1, 1, "律师甲", FRIDAY.replace(hour=9), FRIDAY.replace(hour=12))
MINUTE = timedelta(minutes=1)


def test_on_duty_a_reply_is_due_in_ten_minutes_and_in_any_case_a_working_day_later() -> None:
    due = promise(FRIDAY, None, [MORNING])
    assert due.soon == FRIDAY + 10 * MINUTE
    assert due.latest == datetime(2026, 11, 23, 10, 0, tzinfo=CHINA)


def test_off_duty_only_the_working_day_counts() -> None:
    for asked in (MORNING.ends_at, MORNING.begins_at - MINUTE):
        assert promise(asked, None, [MORNING]).soon is None


def test_the_working_day_after_a_long_holiday_comes_after_the_holiday() -> None:
    """National Day 2026: the State Council gives 1 to 7 October off."""
    asked = datetime(2026, 9, 30, 16, 0, tzinfo=CHINA)
    assert promise(asked, None, []).latest == datetime(2026, 10, 8, 16, 0, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("answered", "now", "state"),
    [
        (None, 5, "running"),
        (None, 10, "running"),
        (None, 11, "slow"),
        (None, 4 * 1440, "breached"),
        (9, 20, "answered"),
        (11, 20, "slow_answered"),
        (4 * 1440, 5 * 1440, "late_answered"),
    ],
)
def test_what_became_of_a_promise(answered: int | None, now: int, state: str) -> None:
    at = None if answered is None else FRIDAY + answered * MINUTE
    assert promise(FRIDAY, at, [MORNING]).state(FRIDAY + now * MINUTE) == state


def asked(answered: int | None, *, on_duty: bool = True) -> Promise:
    at = None if answered is None else FRIDAY + answered * MINUTE
    return promise(FRIDAY, at, [MORNING] if on_duty else [])


def test_the_share_counts_those_asked_on_duty_whose_ten_minutes_are_over() -> None:
    nine_of_ten = [asked(3)] * 9 + [asked(40)]
    found = kept(nine_of_ten, FRIDAY + 60 * MINUTE)
    assert (found.share, found.reached, found.breached) == (0.9, True, 0)
    worse = kept([*nine_of_ten, asked(None)], FRIDAY + 60 * MINUTE)
    assert worse.reached is False
    still = kept([asked(None), asked(3, on_duty=False)], FRIDAY + 5 * MINUTE)
    assert (still.share, still.reached, still.all) == (None, None, 2)


def test_a_reply_that_came_after_a_working_day_is_a_breach_for_good() -> None:
    late = [asked(4 * 1440, on_duty=False), asked(None, on_duty=False)]
    assert kept(late, FRIDAY + 5 * 1440 * MINUTE).breached == 2
