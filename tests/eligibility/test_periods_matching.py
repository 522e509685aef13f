"""Which period a sentence means; what is not clear is left to the person to choose."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from eligibility import strict_yaml
from eligibility.radar import Period, match, shipped
from eligibility.radar.matching import MOST_CANDIDATES

CASES: list[dict[str, Any]] = strict_yaml.load(Path(__file__).parent / "periods" / "matches.yml")


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["said"]))
def test_the_sentence_means_these_periods(case: dict[str, Any]) -> None:
    found = match(case["said"])
    assert sorted(period.id for period in found.periods) == sorted(case["means"])
    assert (found.question is None) == (len(case["means"]) == 1)


@pytest.mark.parametrize("period", shipped().values(), ids=lambda period: period.id)
def test_its_own_words_lead_to_each_period(period: Period) -> None:
    said = ["".join(word.split("|")[0] for word in phrase.split()) for phrase in period.says]
    assert any(period in match(one).periods for one in said)


def test_what_is_offered_can_be_chosen_from() -> None:
    for period in shipped().values():
        for phrase in period.says:
            said = "".join(word.split("|")[0] for word in phrase.split())
            assert 1 <= len(match(said).periods) <= MOST_CANDIDATES


def test_full_width_signs_and_spaces_make_no_difference() -> None:
    assert match("１２３１５ 投诉 没答复") == match("12315投诉没答复")
