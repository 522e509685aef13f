"""Amounts of money are read in yuan; other numbers are left alone."""

from __future__ import annotations

import pytest

from eligibility.money import amounts_in

SAID: dict[str, list[float]] = {
    "老板欠我三万五": [35000],
    "欠了1.2万": [12000],
    "八百块": [800],
    "一共3万5": [35000],
    "借了3万5千": [35000],
    "一个月3500元": [3500],
    "工资两千八": [2800],
    "一万二千三百五十元": [12350],
    "押金1,500块钱": [1500],
    "花了35,000元": [35000],
    "彩礼十八万八": [188000],
    "彩礼188000": [188000],
    "借给他20W": [200000],
    "赔我5k": [5000],
    "¥4000": [4000],
    "￥ 650": [650],
    "三万多块钱": [30000],
    "欠我两千来块": [2000],
    "一万半块钱": [15000],
    "他借了五万,还了一万二": [50000, 12000],
    "先给了4万，剩下的7万没给": [40000, 70000],
    "每月八百": [800],
    "罚款200": [200],
    "被骗10500元": [10500],
    "十块": [10],
    "百八十块": [180],
    "两百五十块": [250],
    "二百五十块钱": [250],
    "骗了我１３００元": [1300],
    "一千零五十元": [1050],
    "交了2800元的压金": [2800],
    "五六千块": [5000],
    "一个月三四千": [3000],
    "两三万块钱": [20000],
    "欠了三五百": [300],
    "三万五": [35000],
    "1.2万": [12000],
    "差我一万二": [12000],
    "一天二百五": [250],
}
OTHERS = [
    "欠了三年",
    "我今年六十八",
    "家里五口人",
    "第三十二条",
    "去年12月25号",
    "三十亩草场",
    "十级伤残",
    "给我打了三次电话",
    "电话13812345678",
    "欠我工资两个月了",
    "借了三个月",
    "百分之三十",
    "12348",
    "一万年太久",
    "干了7个月",
]


@pytest.mark.parametrize(("text", "yuan"), SAID.items())
def test_an_amount_is_read_in_yuan(text: str, yuan: list[float]) -> None:
    assert [amount.yuan for amount in amounts_in(text)] == yuan


@pytest.mark.parametrize("text", OTHERS)
def test_other_numbers_are_no_money(text: str) -> None:
    assert amounts_in(text) == []


def test_a_rough_amount_says_so() -> None:
    assert [amount.rough for amount in amounts_in("欠我三万多块，押金500元")] == [True, False]


@pytest.mark.parametrize(
    "text",
    [
        "胳膊上青了两块",
        "脸上肿了三块",
        "掉了一块皮",
        "我家两块地",
        "五块草场",
        "我们一块干活",
        "买了块表",
        "烧了三块木板",
    ],
)
def test_pieces_of_something_are_no_money(text: str) -> None:
    assert amounts_in(text) == []


@pytest.mark.parametrize(
    ("text", "yuan"),
    [("两块钱", 2), ("赔我两块", 2), ("一天五块", 5), ("欠我五十块", 50), ("分给我300块", 300)],
)
def test_few_yuan_are_money(text: str, yuan: float) -> None:
    assert [one.yuan for one in amounts_in(text)] == [yuan]
