"""What somebody earns: 「一个月六千」, 「工资4500」, 「一天二百五」."""

from __future__ import annotations

import re
from dataclasses import dataclass

from eligibility.money import Amount, amounts_in
from eligibility.told.words import either, plain, words

REACH = 6


@dataclass(frozen=True)
class Wage:
    """An amount earned per `month`, `day` or `hour`."""

    amount: Amount
    per: str


def wages_in(text: str) -> list[Wage]:
    """Return the wages that a text tells; an amount owed is none."""
    said = plain(re.sub(rf"\s+(?={either(words()['wages']['month'])})", "，", text))
    found = []
    for amount in amounts_in(text):
        at = said.find(amount.words)
        before = re.split(r"[,，。;；?？]|多少|几个月工资|[吗呢]", said[:at])[-1]
        after = said[at + len(amount.words) :]
        if per := _per(before, after):
            found.append(Wage(amount, per))
    return found


def _per(before: str, after: str) -> str | None:
    listed = words()["wages"]
    if any(word in before for word in listed["not_before"]):
        return None
    near = before[-REACH:]
    for per in ("day", "hour", "month"):
        if any(word in near for word in listed[per]):
            return per
        if after.startswith(
            tuple(
                f"{joined}{word}" for joined in ("", "/", "钱") for word in listed[f"{per}_after"]
            )
        ):
            return per
    return None
