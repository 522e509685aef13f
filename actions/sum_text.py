"""A sum in words: what it comes to, from what, by which article, and what it leaves open."""

from __future__ import annotations

from datetime import date
from typing import Any

from actions.wording import say
from eligibility.sums import double_wage, rule, severance
from eligibility.told import Duration, Wage

GOAL = "sums"
SEVERANCE, DOUBLE_WAGE = "severance", "double_wage"


def told_sum(kind: str, worked: Duration, wage: Wage, on: date) -> str:
    """Return the text of a sum.

    Args:
        kind: `severance` or `double_wage`.
        worked: how long, with its months.
        wage: what a month brings.
        on: the day that counts for the law in force.
    """
    text = _severance if kind == SEVERANCE else _double_wage
    return text(worked, wage, on)


def _severance(worked: Duration, wage: Wage, on: date) -> str:
    found = severance(worked.months or 0, wage.amount.yuan, on, rough=worked.over)
    each, unlawful = rule("for_each_year", on), rule("unlawful_factor", on)
    rest = {
        "factor": unlawful.value,
        "unlawful": _between(found.unlawful),
        "unlawful_reference": unlawful.reference,
    }
    months = say(GOAL, "months", number=_between(found.wages))
    lines = [_worked_out("severance_says", worked, wage, months, found.yuan, each.reference, rest)]
    if found.since:
        since = rule("counted_since", on)
        shown = f"{found.since.year}年{found.since.month}月{found.since.day}日"
        lines.append(say(GOAL, "severance_since", since=shown, reference=since.reference))
    if found.capped_at is None:
        times, years = rule("times_the_average", on).value, rule("most_years_above_it", on).value
        lines.append(say(GOAL, "severance_limit", times=times, years=years))
    return "\n".join([*lines, say(GOAL, "severance_whether")])


def _double_wage(worked: Duration, wage: Wage, on: date) -> str:
    found = double_wage(worked.months or 0, wage.amount.yuan, on, rough=worked.over)
    after, until = rule("double_after_months", on), rule("double_until_months", on)
    if found.months[1] <= 0:
        return say(GOAL, "double_wage_none", worked=worked.words, reference=after.reference)
    rest = {"until_reference": until.reference, "most": until.value - after.value}
    months = say(GOAL, "more_months", number=_between(found.months))
    says = _worked_out("double_wage_says", worked, wage, months, found.yuan, after.reference, rest)
    return "\n".join([says, say(GOAL, "double_wage_hurry")])


def _worked_out(
    key: str,
    worked: Duration,
    wage: Wage,
    months: str,
    yuan: tuple[float, float],
    reference: str,
    rest: dict[str, Any],
) -> str:
    """Return the sum with what it was made of; `rest` is what its own words need besides."""
    made_of = {"worked": worked.words, "wage": _number(wage.amount.yuan), "months": months}
    return say(GOAL, key, yuan=_between(yuan), reference=reference, **made_of, **rest)


def _between(values: tuple[float, float]) -> str:
    least, most = map(_number, values)
    return least if least == most else say(GOAL, "between", least=least, most=most)


def _number(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")
