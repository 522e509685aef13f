"""When a text asks about a period, which one a reply picks, and from which day it is counted."""

from __future__ import annotations

from datetime import date

import pytest

from eligibility.radar import Start, asks_about_a_period, match, picked, start_of
from eligibility.when import understand

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "text",
    [
        "上周三收到一审判决，还能上诉吗",
        "工伤多久内申请",
        "收到仲裁裁决10天了",
        "处罚决定收到一个月了还能复议吗",
        "被辞退半年了申请仲裁来得及吗",
    ],
)
def test_it_asks_about_a_period(text: str) -> None:
    assert asks_about_a_period(text, SUNDAY)


@pytest.mark.parametrize(
    "text",
    [
        "老板去年欠我工资怎么办",
        "多久有结果",
        "判决书下来了对方不给钱怎么办",
        "上周三收到一个快递",
        "离婚要多久",
        "老板拖欠我10月份的工资怎样才能拿到",
        "身份证过期了离婚证能办下来吗",
    ],
)
def test_a_legal_question_that_only_names_a_time_is_left_to_the_knowledge_base(text: str) -> None:
    assert not asks_about_a_period(text, SUNDAY)


@pytest.mark.parametrize(
    ("before", "reply", "period"),
    [
        ("上周三收到一审判决", "民事判决上诉", "civil_appeal_judgment"),
        ("上周三收到一审判决", "民事的", "civil_appeal_judgment"),
        ("上周三收到一审判决", "是离婚的事", "civil_appeal_judgment"),
        ("上周三收到一审判决", "告镇政府的那个", "administrative_appeal_judgment"),
        ("收到仲裁裁决10天了", "工资的", "labour_award_suit"),
        ("收到仲裁裁决10天了", "草场的", "land_award_suit"),
        ("上周三收到一审判决", "今天天气好", None),
    ],
)
def test_a_reply_picks_one_of_the_periods(before: str, reply: str, period: str | None) -> None:
    found = picked(match(before).periods, before, reply)
    assert (found.id if found else None) == period


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("昨天", Start(date(2026, 11, 21))),
        ("上周三", Start(date(2026, 11, 11), other=date(2026, 11, 18))),
        ("上个月", Start(date(2026, 10, 1), rough=True, other=date(2026, 10, 31))),
        ("半年前", Start(date(2026, 4, 16), rough=True, other=date(2026, 6, 27))),
        ("大概11月12号收到的", Start(date(2026, 11, 10), rough=True, other=date(2026, 11, 14))),
        ("三月份发的", Start(date(2026, 3, 1), rough=True, other=date(2026, 3, 31))),
        ("收到都十来天了", Start(date(2026, 11, 9), rough=True, other=date(2026, 11, 14))),
        ("去年冬天干的活", None),
        ("冬天那阵", None),
        ("有一天", None),
        ("3月5号、4月6号", None),
    ],
)
def test_the_earliest_day_that_may_be_meant_is_counted_from(said: str, start: Start | None) -> None:
    assert start_of(understand(said, SUNDAY)) == start


@pytest.mark.parametrize(
    ("known", "said", "kept"),
    [
        ("三月份发的", "8个月了", "三月份发的"),
        ("3月5号发的", "8个月了", "3月5号发的"),
        ("今年的事", "8个月了", "8个月了"),
        ("三月份发的", "3月20号", "3月20号"),
        ("三月份发的", "半个月前", "半个月前"),
    ],
)
def test_about_the_day_already_told_adds_nothing(known: str, said: str, kept: str) -> None:
    """One conversation counts from one day: the month that was named stays."""
    first, then, held = (start_of(understand(text, SUNDAY)) for text in (known, said, kept))
    assert first is not None
    assert then is not None
    assert first.refined(then) == held


def test_a_start_survives_being_kept_as_plain_values() -> None:
    start = Start(date(2026, 11, 11), other=date(2026, 11, 18))
    assert Start.from_dict(start.to_dict()) == start
    assert start_of(understand("昨天下午三点", SUNDAY)) == Start.from_dict(
        {"day": "2026-11-21T15:00:00", "rough": False, "other": None}
    )
