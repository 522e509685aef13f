"""Amounts of money as people say them: 「三万五」, 「1.2万」, 「八百块」, 「20w」."""

from eligibility.money.reading import Amount, amounts_in

__all__ = ["Amount", "amounts_in"]
