"""Numerals and figures: the same amount is equal however it is written."""

import pytest

from knowledge import numerals
from knowledge.figures import figures_in, occurs


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("十", 10),
        ("二十三", 23),
        ("一百零五", 105),
        ("一千零七十九", 1079),
        ("两", 2),
        ("3.5万", 35_000),
        ("一万五千", 15_000),
        ("二〇二二", 2022),
        ("1,000", 1000),
        ("三亿", 300_000_000),
        ("十万", 100_000),
    ],
)
def test_a_numeral_has_its_value(numeral: str, value: int) -> None:
    assert numerals.value(numeral) == value


@pytest.mark.parametrize("number", [1, 10, 11, 20, 100, 105, 110, 210, 1000, 1005, 1079, 1260])
def test_article_numbers_survive_both_ways(number: int) -> None:
    assert numerals.value(numerals.chinese(number)) == number
    assert numerals.article_name(str(number)) == f"第{numerals.chinese(number)}条"


def test_articles_are_found_in_every_way_of_writing() -> None:
    assert numerals.articles_in("第1079条、第一百三十三条之一") == [
        "第一千零七十九条",
        "第一百三十三条之一",
    ]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("1年", "一年"),
        ("30日", "三十日"),
        ("三十天", "30日"),
        ("２个月", "两个月"),
        ("百分之二十", "20%"),
        ("六十周岁", "60岁"),
        ("半年", "六个月"),
        ("72小时", "七十二小时"),
        ("2022年1月1日", "二〇二二年一月一日"),
        ("1万元", "10000元"),
        ("百分之零点五", "0.5%"),
        ("15至30日", "十五日三十日"),
    ],
)
def test_equal_amounts_are_equal(left: str, right: str) -> None:
    assert set(figures_in(left)) == set(figures_in(right)) != set()


@pytest.mark.parametrize(
    ("left", "right"), [("五日", "十五日"), ("5个工作日", "5日"), ("1年", "1个月")]
)
def test_different_amounts_differ(left: str, right: str) -> None:
    assert set(figures_in(left)) != set(figures_in(right))


@pytest.mark.parametrize(
    "text",
    [
        "第三十八条",
        "1. 先去问",
        "打 12348",
        "万一日后反悔",
        "第二天",
        "哪一天",
        "一起去",
        "统一年龄",
        "成年",
    ],
)
def test_these_are_not_figures(text: str) -> None:
    assert figures_in(text) == {}


def test_a_phrase_must_not_cut_a_numeral() -> None:
    assert occurs("十五日内", "应当在十五日内 答复")
    assert not occurs("五日内", "应当在十五日内答复")
    assert not occurs("满三十", "满三十五周岁")
    assert occurs("五日内", "十五日内答复，五日内送达")
