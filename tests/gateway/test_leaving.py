"""Leaving the lawyers' queue in natural words."""

import pytest

from gateway.leaving import asked_leaving
from gateway.words import words
from tests.fakes.rasa import says
from tests.gateway.conftest import World

LEAVES = (
    *("算了不找了 不等了", "先不等了我先问个事", "算了不等律师了", "算了，不等了 我走"),
    *("前面还有多少人 太久了 不等了", "算了 我先自己弄", "先不等了吧 问你"),
    *("算了先不找了", "算了先不找了 我自己先去问问", "我在家呢 没事了 不要律师了"),
    *(
        "我叫你别给我排了",
        "排多久啊 不等了",
        "算了不等了 我再问一个",
        "律师我不要了",
        "不找律师",
        "没说要律师",
    ),
    *("那我自己问吧", "我先问问", "不等了。", "还是不排队了吧"),
    *("算了 等不起 我不找了", "算了 律师也不来 我先挂了", "等不起了 回头再说", "没人理 我挂了"),
    *("半天没人来 改天再来", "律师不说话 我先下了", "没空等"),
)
VAGUE = ("取消", "不用了 我自己再想想", "算了不找了", "算了", "不用了", "我再想想吧")
STAYS = (
    *("等多久啊", "我还排着队吗", "取消合同怎么办", "不用了多少年才算", "我先问律师"),
    *("那律师啥时候来", "老板说不等我了", "他不要了孩子怎么办", "算了多少工资"),
    *("想问还要等多久", "我先问律师多少钱", "前头还有几个人", "等半天了 还得等多久"),
    *("不找律师能打官司吗", "老板说 不等了", "我先退了货 他不认", "要是律师不来 不等了"),
    *("不用律师行不行", "别排污水到我家 咋告", "他说不想活了 不要律师了"),
    *("还要等多久啊 律师咋不说话", "律师也不来", "我等不起赔偿款 家里揭不开锅", "他把电话挂了"),
    *("问你", "问你个事", "我问你还得等多久"),
)


@pytest.mark.parametrize("said", LEAVES)
def test_who_leaves_in_any_words_is_heard(said: str) -> None:
    assert asked_leaving(said, vague=False) == ""


@pytest.mark.parametrize("said", VAGUE)
def test_a_vague_no_leaves_only_what_the_desk_has_said(said: str) -> None:
    assert asked_leaving(said, vague=True) == ""
    assert asked_leaving(said, vague=False) is None


@pytest.mark.parametrize("said", STAYS)
def test_what_only_sounds_like_leaving_keeps_the_place(said: str) -> None:
    assert asked_leaving(said, vague=True) is None


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("不等了 想问房子能要回来不", "房子能要回来不"),
        ("那排队我先退了 银行叫我填申请 有用吗", "银行叫我填申请 有用吗"),
        ("那我先问 打工摔了 老板不给看病", "打工摔了 老板不给看病"),
        ("先不等了我先问一下，我们工钱能要不", "我们工钱能要不"),
        ("算了不等律师了 我媳妇不让我看孩子", "我媳妇不让我看孩子"),
        ("前头几个人 不等了 还有别的办法不", "还有别的办法不"),
    ],
)
def test_what_is_asked_in_the_same_breath_is_kept(said: str, asked: str) -> None:
    assert asked_leaving(said, vague=False) == asked


async def test_who_leaves_and_asks_is_answered_at_once(world: World) -> None:
    await world.say("你好")
    conversation = await world.ask_for_lawyer()
    turn = await world.say("那我先问 打工摔了")
    assert turn.reply
    assert turn.reply.text == f"{words().left_queue}\n您说的是：打工摔了"
    assert (await world.conversation()).owner == "bot"
    async with world.session() as session:
        assert await world.desk.open_case_of(session, conversation) is None


async def test_no_more_of_a_question_of_the_bot_keeps_the_place(world: World) -> None:
    await world.say("你好")
    await world.ask_for_lawyer()
    world.rasa.script["工伤怎么认定"] = says("要我提醒您吗？")
    await world.say("工伤怎么认定")
    await world.say("不用了")
    assert (await world.conversation()).owner == "queued"


@pytest.mark.parametrize("said", ["先问自动助手", "先问机器人"])
def test_who_asks_the_assistant_meanwhile_does_not_leave(said: str) -> None:
    assert asked_leaving(said, vague=True) is None
