"""Sums for which the law itself gives a plain formula, from numbers that people told.

Nothing here decides what somebody is owed: the arbitration commission or the court does.
"""

from eligibility.sums.court_fee import CourtFee, court_fee
from eligibility.sums.double_wage import DoubleWage, double_wage
from eligibility.sums.rules import Rule, rule
from eligibility.sums.severance import Severance, severance

__all__ = [
    "CourtFee",
    "DoubleWage",
    "Rule",
    "Severance",
    "court_fee",
    "double_wage",
    "rule",
    "severance",
]
