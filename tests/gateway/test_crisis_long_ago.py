"""What lies back is no danger now: a quarrel of last month, days already spent in hospital."""

from __future__ import annotations

import pytest

from gateway.crisis import Crisis
from gateway.safety import danger_in


@pytest.mark.parametrize(
    "text",
    [
        "我爸在呼和浩特工地干活 从架子上掉下来了 腰椎骨折 现在还躺医院呢 包工头就垫了两万不管了",
        "我弟从楼上摔下来 还在医院住着呢 老板跑了",
        "从架子上掉下来 住院九天了 没人管",
        "我男人从房上摔下来腰断了 医院里躺着呢",
        "工地上从高处掉下来 住了半个月院了",
        "塔吊上摔下来 人在病房躺着",
        "我哥从架子上掉下来 送医院了 现在住着院 钱没人交",
        "从梯子上掉下来 躺在医院一个月 老板不露面",
    ],
)
def test_who_lies_in_hospital_needs_no_ambulance(text: str) -> None:
    assert danger_in(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "我爸从房上掉下来了 动不了了",
        "从架子上摔下来 头流血 咋办",
        "大夫说要住院 可他现在叫不醒了",
        "我爸从架子上掉下来 还没送医院",
    ],
)
def test_who_is_not_in_hospital_yet_does(text: str) -> None:
    danger = danger_in(text)
    assert danger is not None
    assert danger.kind == "medical"


@pytest.mark.parametrize("kind", ["outsiders", "violence"])
@pytest.mark.parametrize(
    "text",
    [
        "没打 上个月的事了 没事",
        "没打起来 上个月的事",
        "去年的事了",
        "那是上个月吵的",
        "前阵子的事儿了 没打",
        "没事 老早以前的事了",
        "没打成 就是拌了几句嘴",
        "就是吵吵了几句 没打起来",
    ],
)
def test_a_quarrel_that_lies_back_is_let_go(kind: str, text: str) -> None:
    assert Crisis(kind).lets_go(text)


@pytest.mark.parametrize("kind", ["outsiders", "violence"])
@pytest.mark.parametrize(
    "text", ["没打", "没打电话", "昨天的事 他还要来", "上个月打的我 昨天又打", "没打110"]
)
def test_what_may_go_on_is_held(kind: str, text: str) -> None:
    assert not Crisis(kind).lets_go(text)
