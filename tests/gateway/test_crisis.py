"""Danger that was told is held: the next messages stay with the person."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from gateway.crisis import Crisis, is_over, words
from gateway.safety import kinds
from gateway.tables import Message, now
from tests.fakes.rasa import says
from tests.gateway.conftest import World

SUICIDE = "想从楼上下去算了 活着没意思了"
BEATEN = "他昨晚掐我脖子"


async def _reply(world: World, text: str) -> str:
    turn = await world.say(text)
    assert turn.reply
    return turn.reply.text


def test_every_kind_of_danger_can_be_held() -> None:
    assert set(words().kinds) == {kind.kind for kind in kinds()}
    for kind in words().kinds.values():
        assert re.search(r"1[12]\d", kind.front)
        assert any(not each.when for each in kind.stay)
        assert len(kind.stay) >= 2
        assert all(re.search(r"1[12]\d|12356", each.say) for each in kind.stay)


@pytest.mark.parametrize(
    ("danger", "text", "said"),
    [
        ("活腻了 欠了一屁股债", "12356打不通", "120"),
        (SUICIDE, "我还在上面坐着 风大", "往里退"),
        ("我撑不下去了 想喝农药", "别跟我说电话", "先不说电话"),
        ("我撑不下去了 想喝农药", "孩子咋办", "孩子"),
        ("我站在黄河大桥栏杆外头", "冷 有点怕", "往里退"),
        (BEATEN, "他回来了 在敲门", "别开门"),
        (BEATEN, "电话占线", "接着打"),
        (BEATEN, "没人管 派出所说两口子的事", "告诫书"),
    ],
)
async def test_what_is_not_understood_after_danger_is_met_by_words_that_stay(
    world: World, danger: str, text: str, said: str
) -> None:
    await world.say(danger)
    turn = await world.say(text)
    assert turn.reply
    assert said in turn.reply.text
    assert turn.reply.options == ()
    assert turn.status == "ok"


async def test_the_same_words_are_not_said_twice_running(world: World) -> None:
    await world.say(SUICIDE)
    said = [await _reply(world, text) for text in ("嗯", "不知道", "就那样", "唉")]
    assert len(set(said[:3])) == 3
    assert said[3] != said[2]


async def test_danger_told_again_is_not_the_same_card_again(world: World) -> None:
    card = await _reply(world, SUICIDE)
    again = await _reply(world, "我在楼顶呢")
    assert again.startswith(card.splitlines()[0])
    assert len(again) < len(card) + 40
    assert again != card


async def test_an_answer_of_law_comes_with_the_numbers_in_one_line(world: World) -> None:
    await world.say(BEATEN)
    world.rasa.script["保护令怎么申请"] = says("向法院申请。", "找律师")
    turn = await world.say("保护令怎么申请")
    assert turn.reply
    assert turn.reply.text == f"{words().kinds['violence'].front}\n\n向法院申请。"
    assert turn.reply.options == ("找律师",)
    assert world.rasa.bodies[-1]["held"] is True


@pytest.mark.parametrize("over", ["我没事了", "我下来了", "他走了", "警察来了"])
async def test_who_tells_that_it_is_over_is_talked_to_as_before(world: World, over: str) -> None:
    await world.say(SUICIDE)
    assert await _reply(world, over) == words().is_over.strip()
    assert await _reply(world, "工资怎么要") == "您说的是：工资怎么要"
    assert "held" not in world.rasa.bodies[-1]


async def test_who_tells_more_than_that_it_is_over_is_answered(world: World) -> None:
    await world.say("我不想上学了 觉得丢人 活不下去")
    assert "您说的是" in await _reply(world, "我没事了 就是想让照片没了")


async def test_who_was_in_no_danger_is_not_congratulated(world: World) -> None:
    await world.say("你好")
    assert await _reply(world, "他走了") == "您说的是：他走了"


async def test_danger_is_held_for_some_hours_only(world: World) -> None:
    await world.say(SUICIDE)
    async with world.session() as session, session.begin():
        long_ago = now() - timedelta(hours=words().hours, minutes=1)
        await session.execute(update(Message).values(created_at=long_ago))
    assert await _reply(world, "工资怎么要") == "您说的是：工资怎么要"


async def test_who_waits_for_a_lawyer_in_danger_hears_more_than_the_place(world: World) -> None:
    await world.say("你好")
    await world.ask_for_lawyer()
    await world.say(BEATEN)
    text = await _reply(world, "他回来了 在敲门")
    assert text.startswith("别开门")
    assert "第 1 位" in text


@pytest.mark.parametrize(
    "text",
    ["他没走", "他还没走呢", "等他走了我再说", "我怕他没走", "他走了又回来砍我", "我不想活了"],
)
def test_what_only_sounds_so_is_not_over(text: str) -> None:
    assert not is_over(text)


def test_what_was_said_longest_ago_is_said_again_first() -> None:
    every = [each.say for each in words().kinds["fire"].stay]
    assert Crisis("fire", every).stay("嗯") == every[-1]
    assert Crisis("fire", every[::-1]).stay("嗯") == every[0]
