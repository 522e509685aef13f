"""The second wage for months without a written contract (劳动合同法 82, 实施条例 6, 7)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eligibility.errors import FactError
from eligibility.sums.rules import number


@dataclass(frozen=True)
class DoubleWage:
    """What comes on top of the wage itself.

    Attributes:
        months: for how many months, the least and the most.
        yuan: the same in yuan; 0 where no month counts.
    """

    months: tuple[float, float]
    yuan: tuple[float, float]


def double_wage(months: float, wage: float, on: date, *, rough: bool = False) -> DoubleWage:
    """Return the second wage for months worked without a written contract.

    Args:
        months: how long somebody worked, or worked until a contract was made.
        wage: the monthly wage in yuan.
        on: the day that counts for the law in force.
        rough: whether it was more than `months`, by less than a month or, from a year on, a year.

    Raises:
        FactError: no time was worked, or nothing was earned.
    """
    if months <= 0 or wage <= 0:
        raise FactError("months, wage", f"{months}, {wage}: must be above 0")
    after, until = number("double_after_months", on), number("double_until_months", on)
    least = max(0.0, min(months, until) - after)
    most = max(0.0, min(months + 1, until) - after) if rough else least
    return DoubleWage((least, most), (least * wage, most * wage))
