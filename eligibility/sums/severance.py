"""What is paid when an employment ends (劳动合同法 47, 87)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eligibility.errors import FactError
from eligibility.sums.rules import number, rule

YEAR = 12


@dataclass(frozen=True)
class Severance:
    """From the least to the most, because 「三年多」 leaves the last half year open.

    Attributes:
        wages: how many monthly wages the years make, the least and the most.
        yuan: the same in yuan, as long as the wage is not above the local limit.
        unlawful: the same in yuan where the dismissal was against the law, in place of `yuan`.
        capped_at: the monthly wage that counts at most, None where the local number is not known.
        since: the day the years are counted from, where the work began before it; else None.
    """

    wages: tuple[float, float]
    yuan: tuple[float, float]
    unlawful: tuple[float, float]
    capped_at: float | None
    since: date | None


def severance(months: float, wage: float, on: date, *, rough: bool = False) -> Severance:
    """Return what the formula makes of months worked and the mean wage of the last twelve.

    Args:
        months: how long somebody worked there, up to the day.
        wage: the monthly wage in yuan.
        on: the day on which the employment ended.
        rough: whether it was more than `months`, by less than a year (三年多).

    Raises:
        FactError: no time was worked, or nothing was earned.
    """
    if months <= 0 or wage <= 0:
        raise FactError("months, wage", f"{months}, {wage}: must be above 0")
    began: date = rule("counted_since", on).value
    most = (on.year - began.year) * YEAR + on.month - began.month
    counted = min(months, most)
    wages = (_wages(counted, on), _wages(counted, on))
    if rough and counted == months:
        year = counted - counted % YEAR
        wages = (_wages(year + 1, on), _wages(year + YEAR - 1, on))
    limit = rule("local_average_wage", on).value
    capped_at = None if limit is None else number("times_the_average", on) * float(limit)
    paid = wage
    if capped_at is not None and wage > capped_at:
        years = number("most_years_above_it", on)
        wages = (min(wages[0], years), min(wages[1], years))
        paid = capped_at
    yuan = (wages[0] * paid, wages[1] * paid)
    factor = number("unlawful_factor", on)
    since = began if counted < months else None
    return Severance(wages, yuan, (yuan[0] * factor, yuan[1] * factor), capped_at, since)


def _wages(months: float, on: date) -> float:
    years, rest = divmod(months, YEAR)
    counted = years * number("for_each_year", on)
    if rest == 0:
        return counted
    full = rest >= number("months_for_a_full_year", on)
    return counted + (number("for_each_year" if full else "for_less_than_that", on))
