"""A sum in words: what it comes to, from what, by which article, and what it leaves open."""

from __future__ import annotations

from datetime import date

from actions.wording import say
from eligibility.sums import double_wage, rule, severance
from eligibility.told import Duration, Wage

GOAL = "sums"


def told_sum(kind: str, worked: Duration, wage: Wage, on: date) -> str:
    """Return the text of a sum.

    Args:
        kind: `severance` or `double_wage`.
        worked: how long, with its months.
        wage: what a month brings.
        on: the day that counts for the law in force.
    """
    text = _severance if kind == "severance" else _double_wage
    return text(worked, wage, on)


def _severance(worked: Duration, wage: Wage, on: date) -> str:
    found = severance(worked.months or 0, wage.amount.yuan, on, rough=worked.over)
    each, unlawful = rule("for_each_year", on), rule("unlawful_factor", on)
    lines = [
        say(
            GOAL,
            "severance_says",
            worked=worked.words,
            wage=_number(wage.amount.yuan),
            months=say(GOAL, "months", number=_between(found.wages)),
            yuan=_between(found.yuan),
            reference=each.reference,
            factor=unlawful.value,
            unlawful=_between(found.unlawful),
            unlawful_reference=unlawful.reference,
        )
    ]
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
    says = say(
        GOAL,
        "double_wage_says",
        worked=worked.words,
        wage=_number(wage.amount.yuan),
        months=say(GOAL, "more_months", number=_between(found.months)),
        yuan=_between(found.yuan),
        reference=after.reference,
        until_reference=until.reference,
        most=until.value - after.value,
    )
    return "\n".join([says, say(GOAL, "double_wage_hurry")])


def _between(values: tuple[float, float]) -> str:
    least, most = map(_number, values)
    return least if least == most else say(GOAL, "between", least=least, most=most)


def _number(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")
