"""What people tell besides their question is found as they said it, and numbers are right."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eligibility.told import KINDS, Told, durations_in, told_in, wages_in

ON = date(2026, 11, 18)


def of(kind: str, text: str) -> list[Told]:
    """Return what a text tells of one kind."""
    return [one for one in told_in(text, ON) if one.kind == kind]


@pytest.mark.parametrize(
    ("text", "months", "about"),
    [
        ("我在工地干了三年半", 42, "worked"),
        ("干了两年零三个月", 27, "worked"),
        ("干了11个月就被辞了", 11, "worked"),
        ("上班半年", 6, "worked"),
        ("在厂里上班一年多", 12, "worked"),
        ("工龄十二年", 144, "worked"),
        ("欠了五个月工资", 5, "owed"),
        ("工资拖了俩月", 2, "owed"),
        ("结婚七年了", 84, "married"),
        ("等了两个半月没动静", 2.5, "waited"),
        ("一年零两个月", 14, None),
        ("好几年没发了", None, "owed"),
        ("1年半", 18, None),
        ("干了二十年 一个月四千", 240, "worked"),
        ("干了三年，一个月六千", 36, "worked"),
        ("干了三年四个月 二倍多少", 40, "worked"),
        ("干了二年零八个月", 32, "worked"),
        ("干了 三年半", 42, "worked"),
        ("三个月没发", 3, "owed"),
        ("三年工龄", 36, "worked"),
        ("怀孕五个月公司把我开了", 5, "besides"),
        ("我怀孕6个月了 老板说我不用来了", 6, "besides"),
        ("上着班怀孕四个月", 4, "besides"),
        ("休病假三个月", 3, "besides"),
        ("签了三年合同", 36, "besides"),
        ("不干了三个月了", 3, "besides"),
        ("辞退我俩月了", 2, "besides"),
        ("上班的时候怀上了 五个月", 5, "besides"),
        ("工地上 五个月", 5, None),
    ],
)
def test_how_long_is_read_in_months(text: str, months: float | None, about: str | None) -> None:
    (only,) = durations_in(text)
    assert (only.months, only.about) == (months, about)


def test_months_and_days_are_added_up() -> None:
    (only,) = durations_in("干了俩月零十天 一天没休")
    assert only.months == pytest.approx(2.333)
    assert only.words == "俩月零十天"


def test_more_than_some_months_is_more() -> None:
    (only,) = durations_in("干了十个多月")
    assert (only.months, only.over) == (10, True)


@pytest.mark.parametrize(
    "text",
    [
        "一个月6500",
        "3500块一个月",
        "三年级",
        "三个月前辞的",
        "2019年来的",
        "19年入职",
        "十二月",
        "一年四千",
    ],
)
def test_what_is_no_stretch_of_time_is_left_alone(text: str) -> None:
    assert durations_in(text) == []


@pytest.mark.parametrize(
    ("text", "wages"),
    [
        ("一个月6500 干了3年", [(6500, "month")]),
        ("一个月五千 三年半", [(5000, "month")]),
        ("月薪5500 3年4个月", [(5500, "month")]),
        ("开除我赔多少 一个月五千 干了二年零八个月", [(5000, "month")]),
        ("能赔多少，一个月五千", [(5000, "month")]),
        ("一个月房租八百", []),
        ("工资4500，欠我9000", [(4500, "month")]),
        ("3500块一个月", [(3500, "month")]),
        ("一天二百五，干了40天", [(250, "day")]),
        ("200块一天", [(200, "day")]),
        ("一小时18块", [(18, "hour")]),
        ("月薪五六千", [(5000, "month")]),
        ("欠我五个月工资一万二", []),
        ("老板欠我三万五", []),
        ("罚了我200块", []),
    ],
)
def test_what_is_earned_is_told_from_what_is_owed(
    text: str, wages: list[tuple[float, str]]
) -> None:
    assert [(one.amount.yuan, one.per) for one in wages_in(text)] == wages


def test_a_story_tells_everything_once() -> None:
    text = "我在赤峰翁旗工地干了三年半，去年9月走的，包工头欠我五个月工资一万二，包工头不接电话"
    told = {(one.kind, one.value) for one in told_in(text, ON)}
    assert told == {
        ("cause", "labour_pay"),
        ("amount", 12000),
        ("date", "2025-09-01"),
        ("duration", 42),
        ("duration", 5),
        ("place", "chifeng"),
        ("relation", "contractor"),
    }


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("我家在乌兰嘎查", "乌兰嘎查"),
        ("巴彦塔拉苏木的草场", "巴彦塔拉苏木"),
        ("阿鲁科尔沁旗出的事", "chifeng"),
        ("哪个嘎查都一样", None),
    ],
)
def test_places_down_to_the_gacha(text: str, place: str | None) -> None:
    assert [one.value for one in of("place", text)] == ([place] if place else [])


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("老公打我", ["husband"]),
        ("婆婆不让我看孩子", ["parent_in_law", "child"]),
        ("老板娘不给钱", ["employer"]),
        ("房东和二房东", ["landlord", "landlord"]),
        ("孩子他爸不管", ["husband"]),
        ("娃娃脸", []),
        ("法院判决下来了", []),
    ],
)
def test_people_are_named_by_what_they_are_to_each_other(text: str, people: list[str]) -> None:
    assert [one.value for one in of("relation", text)] == people


@pytest.mark.parametrize("text", ["", "你好", "今年六十八", "考考我", "2019年", "三十亩草场多少钱"])
def test_where_nothing_is_told_no_number_and_no_day_is_made_up(text: str) -> None:
    assert [one for one in told_in(text, ON) if one.kind in ("amount", "date", "duration")] == []


def test_a_rough_amount_says_so() -> None:
    (only,) = of("amount", "欠我三万多块钱")
    assert only.shown == "三万多块钱（约 30,000 元）"


@given(
    st.text(alphabet="欠干了三四十百万年个月天工资老板我在嘎查2019.5块元零半多去昨天", max_size=30)
)
def test_any_mixture_is_read_without_an_error(text: str) -> None:
    for one in told_in(text, ON):
        assert one.kind in KINDS
        assert one.words


def test_years_of_retirement_are_no_years_of_work() -> None:
    (only,) = of("duration", "我退休六年了 他们说我工龄算错了")
    assert only.shown == "退休六年"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("最后一天是11月28号", ["11月28号（2026年11月28日）"]),
        ("11月28号 派出所让等", ["11月28号"]),
        ("11月8号收到的", ["11月8号（2026年11月8日）"]),
        ("他刚买了车", []),
    ],
)
def test_a_day_that_may_lie_ahead_is_not_noted_as_last_years(text: str, shown: list[str]) -> None:
    assert [one.shown for one in of("date", text)] == shown


@pytest.mark.parametrize("text", ["孩子他爸在外地打工 六年没给过抚养费", "我儿子打工三年了"])
def test_how_long_one_of_the_family_worked_is_not_how_long_the_person_did(text: str) -> None:
    assert [one.about for one in durations_in(text)] == ["besides"]


@pytest.mark.parametrize(
    "text", ["1 脑子清楚着呢", "3 有个高龄补贴", "8 就一年挣两万多", "5", "第三个", "选2 没请"]
)
def test_the_number_of_an_option_tells_neither_a_place_nor_a_cause(text: str) -> None:
    assert of("place", text) == []
    assert of("cause", text) == []
