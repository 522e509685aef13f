"""Days as people say them, in Chinese, solar or lunar: what they mean, or what to ask back."""

from eligibility.when.reading import (
    coming,
    due,
    fallen_due,
    is_likely_ahead,
    mentions,
    nears_a_mark,
    received,
    understand,
)
from eligibility.when.said import Candidate, Said

__all__ = [
    "Candidate",
    "Said",
    "coming",
    "due",
    "fallen_due",
    "is_likely_ahead",
    "mentions",
    "nears_a_mark",
    "received",
    "understand",
]
