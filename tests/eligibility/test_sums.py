"""Sums follow the statute's own formula, at its edges too, and make up no local number."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.errors import DataError, FactError, NotInForceError
from eligibility.sums import court_fee, double_wage, rule, severance
from eligibility.sums import rules as sums_rules
from tests.eligibility.test_statutes import REFERENCE

ON = date(2026, 11, 18)
RULES = [(name, one) for name, dated in sums_rules.all_rules().items() for one in dated]


@pytest.mark.parametrize(
    ("months", "wages"),
    [
        (1, 0.5),
        (5, 0.5),
        (5.9, 0.5),
        (6, 1),
        (11, 1),
        (12, 1),
        (12.5, 1.5),
        (17, 1.5),
        (18, 2),
        (23, 2),
        (36, 3),
        (42, 4),
        (120, 10),
        (156, 13),
    ],
)
def test_half_years_and_whole_years_make_wages(months: float, wages: float) -> None:
    found = severance(months, 6000, ON)
    assert found.wages == (wages, wages)
    assert found.yuan == (wages * 6000, wages * 6000)
    assert found.unlawful == (wages * 12000, wages * 12000)


def test_a_rough_number_of_years_leaves_the_last_half_year_open() -> None:
    found = severance(36, 6000, ON, rough=True)
    assert found.wages == (3.5, 4)
    assert found.yuan == (21000, 24000)


def test_a_rough_number_of_months_stays_within_its_year() -> None:
    assert severance(3, 6000, ON, rough=True).wages == (0.5, 1)


def test_years_before_the_law_are_not_counted_by_it() -> None:
    found = severance(20 * 12, 6000, ON)
    assert found.since == date(2008, 1, 1)
    assert found.wages == (19, 19)  # 18 years and 10 months since then
    assert severance(18 * 12, 6000, ON).since is None


def test_the_local_limit_is_not_known_and_nothing_is_made_up() -> None:
    assert rule("local_average_wage", ON).value is None
    found = severance(36, 90000, ON)
    assert found.capped_at is None
    assert found.yuan == (270000, 270000)


def test_above_a_known_local_limit_three_times_the_mean_counts_for_twelve_years_at_most(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = dict(sums_rules.all_rules())
    known["local_average_wage"] = (
        sums_rules.Rule(date(2008, 1, 1), 8000, "《劳动合同法》第四十七条", "三倍"),
    )
    monkeypatch.setattr(sums_rules, "all_rules", lambda: known)
    assert severance(15 * 12, 30000, ON).yuan == (12 * 24000, 12 * 24000)
    assert severance(15 * 12, 24000, ON).yuan == (15 * 24000, 15 * 24000)


@pytest.mark.parametrize(
    ("months", "more"),
    [(0.5, 0), (1, 0), (1.5, 0.5), (2, 1), (7, 6), (11.5, 10.5), (12, 11), (13, 11), (60, 11)],
)
def test_the_second_wage_runs_from_the_second_month_to_the_twelfth(
    months: float, more: float
) -> None:
    found = double_wage(months, 5000, ON)
    assert found.months == (more, more)
    assert found.yuan == (more * 5000, more * 5000)


def test_a_rough_number_of_months_leaves_the_last_month_open() -> None:
    assert double_wage(3, 5000, ON, rough=True).months == (2, 3)
    assert double_wage(12, 5000, ON, rough=True).months == (11, 11)


@pytest.mark.parametrize("numbers", [(0, 5000), (-1, 5000), (12, 0), (12, -3)])
def test_what_cannot_be_is_refused(numbers: tuple[float, float]) -> None:
    for sum_of in (severance, double_wage):
        with pytest.raises(FactError):
            sum_of(*numbers, ON)


def test_before_the_law_there_is_no_sum() -> None:
    with pytest.raises(NotInForceError):
        severance(12, 5000, date(2007, 12, 31))


def test_a_broken_file_is_refused_naming_it(tmp_path: Path) -> None:
    path = tmp_path / "rules.yml"
    path.write_text("unlawful_factor:\n  - {from: 2008-01-01, value: 2}\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"rules\.yml"):
        sums_rules.read(path)


def test_a_number_that_nobody_knows_is_asked_for_by_name() -> None:
    with pytest.raises(DataError):
        rule("overtime", ON)


@given(st.floats(0.1, 400), st.floats(1, 1e6), st.booleans())
def test_more_time_never_makes_less(months: float, wage: float, rough: bool) -> None:
    now, later = severance(months, wage, ON, rough=rough), severance(months + 12, wage, ON)
    assert now.wages[0] <= now.wages[1] <= later.wages[1] + 1e-9


@pytest.mark.parametrize(
    ("claim", "fee"),
    [
        (1, 50),
        (10_000, 50),
        (20_000, 300),
        (100_000, 2_300),
        (200_000, 4_300),
        (500_000, 8_800),
        (1_000_000, 13_800),
        (2_000_000, 22_800),
        (30_000_000, 191_800),
    ],
)
def test_a_court_asks_more_for_more_step_by_step(claim: float, fee: float) -> None:
    found = court_fee(claim, ON)
    assert found.yuan == fee
    assert found.halved == fee / 2
    assert fee == found.least + sum(one.yuan * one.percent / 100 for one in found.parts)


def test_no_court_fee_for_no_claim() -> None:
    with pytest.raises(FactError):
        court_fee(0, ON)


@pytest.mark.statutes
def test_each_step_of_the_court_fee_is_in_the_article(
    articles: dict[tuple[str, str], str],
) -> None:
    one = rule("court_fee_steps", ON)
    cited = REFERENCE.fullmatch(one.reference)
    assert cited
    text = articles[cited["law"], cited["article"]]
    for step in one.value:
        assert f"超过{step['above'] // 10000}万元" in text
        assert f"按照{step['percent']:g}%交纳" in text


@pytest.mark.statutes
@pytest.mark.parametrize(("name", "one"), RULES, ids=[name for name, _ in RULES])
def test_the_article_holds_its_number(
    name: str, one: sums_rules.Rule, articles: dict[tuple[str, str], str]
) -> None:
    cited = REFERENCE.fullmatch(one.reference)
    assert cited
    assert one.proof in articles[cited["law"], cited["article"]]
