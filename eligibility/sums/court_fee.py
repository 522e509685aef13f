"""What a court asks for taking a case about money (诉讼费用交纳办法 13, 15, 16, 17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from eligibility.errors import FactError
from eligibility.sums.rules import number, rule


@dataclass(frozen=True)
class Part:
    """One step of the sum: so much of the claim at so many per cent."""

    yuan: float
    percent: float


@dataclass(frozen=True)
class CourtFee:
    """The fee in yuan and what it is made of.

    Attributes:
        yuan: the whole fee.
        least: what the first step costs whatever the claim.
        parts: the steps above it, each with its share of the claim.
        halved: the fee where the law halves it: simple procedure, settled or withdrawn.
    """

    yuan: float
    least: float
    parts: tuple[Part, ...]
    halved: float


def court_fee(claim: float, on: date) -> CourtFee:
    """Return the fee for a claim in yuan; of an appeal, for the part appealed against.

    Raises:
        FactError: nothing is claimed.
    """
    if claim <= 0:
        raise FactError("claim", f"{claim}: must be above 0")
    least, steps = number("court_fee_least", on), rule("court_fee_steps", on).value
    ends = [*(float(one["above"]) for one in steps[1:]), claim]
    parts = tuple(
        Part(min(claim, end) - float(one["above"]), float(one["percent"]))
        for one, end in zip(steps, ends, strict=True)
        if claim > one["above"]
    )
    yuan = round(least + sum(one.yuan * one.percent / 100 for one in parts), 2)
    return CourtFee(yuan, least, parts, round(yuan * number("court_fee_simple", on), 2))
