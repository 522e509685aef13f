"""The radar's days: every period by literal cases, and what the answers must always hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from eligibility import strict_yaml
from eligibility.errors import FactError
from eligibility.radar import LastDay, last_day, notes, rules, shipped
from eligibility.radar.answer import reckon
from eligibility.radar.periods import Period

FOLDER = Path(__file__).parent / "periods"
ONE_DAY = timedelta(days=1)
COUNTED = [period for period in shipped().values() if period.values[-1].length is not None]


@lru_cache
def _cases(name: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = strict_yaml.load(FOLDER / name)
    return found


LENGTHS = _cases("lengths.yml")
ROLLS = _cases("rolls.yml")
DATED = [case for case in LENGTHS + ROLLS if case["last"] is not None]


def _named(case: dict[str, Any]) -> str:
    return str(case.get("name", case["period"]))


def _expected(case: dict[str, Any]) -> tuple[date | None, datetime | None]:
    return case["last"], case.get("ends")


@pytest.mark.parametrize("case", LENGTHS + ROLLS, ids=_named)
def test_the_last_day_is_the_one_on_the_calendar(case: dict[str, Any]) -> None:
    answer = last_day(case["period"], case["event"], case["event"])
    assert (answer.last, answer.ends) == _expected(case)


@pytest.mark.parametrize("case", DATED, ids=_named)
def test_the_day_before_the_day_and_the_day_after(case: dict[str, Any]) -> None:
    before, today, after = (
        last_day(case["period"], case["event"], case["last"] + shift)
        for shift in (-ONE_DAY, timedelta(), ONE_DAY)
    )
    assert [answer.days_left for answer in (before, today, after)] == [1, 0, -1]
    assert [answer.passed for answer in (before, today, after)] == [False, False, True]
    acts = before.kind == "act"
    assert [answer.urgent for answer in (before, today, after)] == [acts, acts, False]


@pytest.mark.parametrize("period", COUNTED, ids=lambda period: period.id)
@pytest.mark.parametrize("change", [1, -1])
def test_changing_a_length_makes_a_case_fail(period: Period, change: int) -> None:
    """The cases notice every length that is changed by one."""
    length = period.values[-1].length
    cases = [case for case in LENGTHS if case["period"] == period.id]
    assert cases
    assert length is not None
    changed = replace(period, values=(replace(period.values[-1], length=length + change),))
    answers = [(reckon(changed, case["event"], case["event"]), case) for case in cases]
    assert any((answer.last, answer.ends) != _expected(case) for answer, case in answers)


def test_there_are_many_periods_and_each_has_exactly_one_length_case() -> None:
    assert len(shipped()) >= 60
    assert sorted(case["period"] for case in LENGTHS) == sorted(shipped())


def test_a_week_before_is_not_yet_urgent() -> None:
    """法律援助法 44: fewer than seven days."""
    start = date(2026, 3, 10)
    assert not last_day("civil_appeal_judgment", start, date(2026, 3, 18)).urgent
    assert last_day("civil_appeal_judgment", start, date(2026, 3, 19)).urgent


def test_an_urgent_answer_offers_legal_aid_first() -> None:
    answer = last_day("civil_appeal_judgment", date(2026, 3, 10), date(2026, 3, 24))
    assert answer.actions[0].reference == "《法律援助法》第四十四条"
    assert "7 天" in answer.actions[0].text


@pytest.mark.parametrize("period", shipped())
def test_a_passed_period_is_never_called_lost_and_has_a_way_on(period: str) -> None:
    answer = last_day(period, date(1990, 3, 10), date(2026, 11, 22))
    told = answer.headline.text + "".join(reason.text for reason in answer.actions)
    assert answer.actions
    assert "12348" in answer.actions[-1].text
    for word in ("丧失", "没有权利", "不能再要", "您不符合", "没救"):
        assert word not in told


@pytest.mark.parametrize("period", shipped())
def test_every_answer_names_the_article_of_its_length(period: str) -> None:
    answer = last_day(period, date(2026, 3, 10), date(2026, 3, 10))
    cited = {reason.reference for reason in (answer.headline, *answer.steps)}
    assert shipped()[period].values[-1].reference in cited


def test_the_reasoning_names_the_rule_that_rolls() -> None:
    answer = last_day("civil_appeal_judgment", date(2026, 9, 20), date(2026, 9, 21))
    assert "顺延到2026年10月8日（星期四）" in "".join(step.text for step in answer.steps)
    assert "《民事诉讼法》第八十五条" in [step.reference for step in answer.steps]


def test_where_nothing_rolls_the_working_day_before_is_named() -> None:
    answer = last_day("labour_award_suit", date(2026, 9, 20), date(2026, 9, 21))
    assert "最近的工作日是2026年9月30日（星期三）" in "".join(step.text for step in answer.steps)


def test_a_year_without_an_arrangement_is_said() -> None:
    answer = last_day("civil_appeal_ruling", date(2026, 12, 22), date(2026, 12, 23))
    told = "".join(step.text for step in answer.steps)
    assert "没有 2027 年的放假安排" in told
    assert "2026年12月31日" in told


def test_an_event_before_the_checked_text_is_said() -> None:
    told = last_day("civil_limitation", date(2015, 3, 10), date(2026, 3, 10)).steps
    assert any("那时候的规定我们没有核对过" in step.text for step in told)
    told = last_day("civil_limitation", date(2024, 3, 10), date(2026, 3, 10)).steps
    assert not any("那时候的规定" in step.text for step in told)


def test_a_day_still_to_come_is_asked_about() -> None:
    told = last_day("civil_appeal_judgment", date(2026, 12, 1), date(2026, 11, 22)).steps
    assert "还没到" in told[0].text


@pytest.mark.parametrize(
    ("period", "moment", "ends"),
    [
        ("protection_order", datetime(2026, 11, 20, 10, 20), datetime(2026, 11, 23, 10, 20)),
        ("protection_order_urgent", datetime(2026, 12, 31, 23, 0), datetime(2027, 1, 1, 23, 0)),
        ("detention_notice", datetime(2026, 11, 20, 10, 20), datetime(2026, 11, 21, 11, 0)),
        ("preservation_urgent", datetime(2026, 11, 20, 23, 5), datetime(2026, 11, 23, 0, 0)),
        ("autopsy", datetime(2026, 10, 1, 6, 0), datetime(2026, 10, 3, 6, 0)),
    ],
)
def test_hours_run_from_the_moment_and_over_holidays(
    period: str, moment: datetime, ends: datetime
) -> None:
    assert last_day(period, moment, moment.date()).ends == ends
    assert last_day(period, moment, ends).passed is False
    assert last_day(period, moment, ends + timedelta(minutes=1)).passed is True


def test_hours_of_a_day_without_a_clock_run_from_midnight() -> None:
    answer = last_day("protection_order", date(2026, 11, 20), date(2026, 11, 20))
    assert answer.ends == datetime(2026, 11, 24, 0, 0)
    assert any("没说几点" in step.text for step in answer.steps)


def test_hours_that_are_ours_to_keep_run_from_the_first_moment_of_the_day() -> None:
    answer = last_day("autopsy", date(2026, 11, 20), date(2026, 11, 20))
    assert answer.ends == datetime(2026, 11, 22, 0, 0)
    assert any("从那天零点" in step.text for step in answer.steps)


def test_a_period_that_does_not_exist_is_refused() -> None:
    with pytest.raises(FactError, match="no period is called appeal"):
        last_day("appeal", date(2026, 3, 10), date(2026, 3, 10))


def test_every_note_and_every_rule_is_used() -> None:
    used = {key for period in shipped().values() for key in (*period.notes, *period.late)}
    assert used == set(notes.shipped())
    assert {period.rules for period in shipped().values()} == set(rules.shipped())


def test_what_is_ours_to_do_has_more_than_a_phone_number_when_it_is_late() -> None:
    for period in shipped().values():
        if period.kind == "act" and period.values[-1].length is not None:
            assert period.late, period.id


@pytest.mark.parametrize("period", ["land_ownership_suit", "forest_ownership_suit"])
def test_ownership_suits_name_the_sixty_days_of_the_reconsideration(period: str) -> None:
    """Where the reconsideration must come first, its period is longer than that of the suit."""
    notes = last_day(period, date(2026, 11, 2), date(2026, 11, 22)).notes
    assert any("六十日" in note.text and "复议" in note.text for note in notes)


def _of(period: str, said: tuple[date, date], on: date) -> LastDay:
    return last_day(period, said[0], on, rough=True, other=said[1])


MARCH = (date(2026, 3, 1), date(2026, 3, 31))


def test_of_a_month_the_earliest_day_counts_and_is_said() -> None:
    answer = _of("labour_arbitration", MARCH, date(2026, 11, 23))
    assert answer.last == date(2027, 3, 1)
    assert "按最早的 2026年3月1日" in answer.headline.text
    assert answer.latest == date(2027, 3, 31)
    assert not answer.unsure


@pytest.mark.parametrize("on", [date(2027, 3, 1), date(2027, 3, 20)])
def test_what_may_be_over_or_not_is_no_alarm_and_no_comfort(on: date) -> None:
    answer = _of("labour_arbitration", MARCH, on)
    assert answer.unsure
    assert (answer.days_left, answer.passed, answer.urgent) == (None, False, False)
    told = answer.headline.text
    assert "2027年3月1日" in told
    assert "2027年3月31日" in told
    assert "今天就是最后一天" not in told
    assert "已经过了" not in told
    assert "先找准" in answer.actions[0].text


def test_what_is_over_by_every_day_is_said_to_be_with_the_ways_on() -> None:
    answer = _of("labour_arbitration", MARCH, date(2027, 4, 2))
    assert answer.passed
    assert "按最晚的 2026年3月31日" in answer.headline.text
    assert answer.actions


def test_what_must_be_over_first_is_counted_from_the_latest_day() -> None:
    answer = _of("divorce_sue_again", MARCH, date(2026, 9, 10))
    assert not answer.passed
    assert answer.last == date(2026, 9, 30)
