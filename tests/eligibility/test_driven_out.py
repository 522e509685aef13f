"""Who was driven out of work was not abused at home; a number before words is an answer."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from eligibility import parse_answer, question

ON = date(2026, 11, 23)


def answer(fact_id: str, text: str) -> Any:
    """Return what a text answers to a question."""
    return parse_answer(question(fact_id, ON), text)


@pytest.mark.parametrize(
    "text",
    [
        "怀孕被单位撵出来",
        "公司把我赶出来了",
        "老板撵我走",
        "让厂里给撵了",
        "饭馆老板把我赶出来了",
        "怀孕被单位辞了",
        "公司把我辞了",
        "房东把我赶出来了",
        "工地上给撵出来的",
        "单位不要我了，把我辞退",
    ],
)
def test_who_is_driven_out_of_work_is_not_abused(text: str) -> None:
    assert answer("matter", text) == "other"
    assert answer("victim_of_abuse", text) is not True


@pytest.mark.parametrize("text", ["被撵出来了", "给我赶出来了"])
def test_driven_out_by_nobody_is_asked_again(text: str) -> None:
    assert answer("matter", text) is None


@pytest.mark.parametrize(
    "text",
    [
        "儿子把我撵出来了",
        "让儿媳妇赶出来了",
        "老公把我和娃撵出家门",
        "婆婆把我赶出来",
        "我爸喝了酒把我赶出家门",
        "闺女把我撵出来不管",
    ],
)
def test_who_is_driven_out_of_home_is_abused(text: str) -> None:
    assert answer("matter", text) == "abuse_abandonment"


@pytest.mark.parametrize(
    ("fact_id", "text", "value"),
    [
        ("urgent", "2 房租都交不上了 饭都快吃不起", "preservation"),
        ("urgent", "2，等着钱看病", "preservation"),
        ("urgent", "3 没啥急的", "none"),
        ("urgent", "1 后天就到期", "deadline"),
        ("urgent", "房租交不上了", "preservation"),
        ("hardship_self_assessment", "房租都交不上了 饭都快吃不起", True),
    ],
)
def test_a_number_with_words_behind_it_is_an_answer(fact_id: str, text: str, value: object) -> None:
    assert answer(fact_id, text) == value
