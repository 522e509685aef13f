"""In danger each is spoken to as who he is: who hit, a child, who watches over another."""

import re

import pytest

from gateway.crisis import turned_in, words
from gateway.safety import danger_in, every_reply
from tests.fakes.rasa import says
from tests.gateway.conftest import World
from tests.gateway.dangers import BEATEN, BURNING, reply


async def test_who_says_that_the_other_will_do_it_is_no_longer_taken_for_who_does(
    world: World,
) -> None:
    await world.say("我要把他家点了 我要杀了他")
    text = await reply(world, "不是我要点 是他要点")
    assert text == every_reply()["arson"].strip()
    world.rasa.script["他这算犯法不"] = says("算。")
    assert await reply(world, "他这算犯法不") == f"{words().kinds['arson'].front}\n\n算。"


@pytest.mark.parametrize("before", [BEATEN, "你好"])
@pytest.mark.parametrize("text", ["是我打的她 不是她打我", "我把我前妻打了 她要告我 咋办"])
async def test_who_hit_somebody_is_answered_and_told_to_stay_away(
    world: World, before: str, text: str
) -> None:
    await world.say(before)
    world.rasa.script |= {text: says("答复。"), "会拘留我不": says("会。")}
    front = words().kinds["hitter"].front
    assert "别再动手" in front
    assert await reply(world, text) == f"{front}\n\n答复。"
    assert await reply(world, "会拘留我不") == "会。"


async def test_who_says_again_that_he_hit_hears_it_no_more_often(world: World) -> None:
    again = "是我打的她 不是她打我"
    world.rasa.script |= {text: says("答复。") for text in ("我把我前妻打了", again)}
    await world.say("我把我前妻打了")
    await world.say(again)
    assert await reply(world, again) == "答复。"
    assert world.rasa.bodies[-1]["held"] is True


async def test_who_hit_somebody_stays_who_hit_until_it_is_corrected(world: World) -> None:
    hit = "我把我前妻打了 她要告我 咋办"
    world.rasa.script |= {hit: says("答复。"), "会拘留我不": says("会。")}
    await world.say(hit)
    assert "鉴定" in await reply(world, "脸肿了 她去验伤了")
    assert await reply(world, "会拘留我不") == "会。"
    seen = await reply(world, "孩子在她那 以后还让我看不")
    assert "别去抢孩子" in seen
    assert "带在身边" not in seen
    assert await reply(world, "她拿刀要砍我") == every_reply()["violence"].strip()


@pytest.mark.parametrize("text", ["他先打我 我还手打了他", "我打了他电话", "我把他家狗打死了"])
def test_who_defends_himself_hit_nobody(text: str) -> None:
    assert turned_in(text, []) is None


async def test_a_mother_is_not_spoken_to_as_the_child(world: World) -> None:
    await world.say("同学围着打我女儿 孩子不见了")
    told = await reply(world, "我闺女睡了 不说话")
    assert "您也能替他打" in told
    assert "跟爸妈说" not in told


async def test_no_child_is_named_where_none_was(world: World) -> None:
    await world.say(BURNING)
    assert "孩子" not in words().kinds["arson"].front
    assert "您和孩子" not in await reply(world, "嗯")


async def test_who_watches_over_another_is_not_spoken_to_as_who_wants_to_die(world: World) -> None:
    assert "守着他" in await reply(world, "孩子说不想上学了 晚上老哭 手腕上有划的道道")
    fees = "那医药费找谁要"
    world.rasa.script[fees] = says("学校、家长。")
    told = await reply(world, fees)
    assert told == f"{words().kinds['suicide_of_another'].front}\n\n学校、家长。"


@pytest.mark.parametrize(
    "text", ["老公走了 我也不想活了", "妈 我想死", "我跟老婆不想活了", "女儿没了 我想跳楼"]
)
def test_who_wants_to_die_is_never_spoken_to_as_who_watches(text: str) -> None:
    danger = danger_in(text)
    assert danger
    assert danger.kind == "suicide"


@pytest.mark.parametrize(
    "text", ["我三十二了不是小孩", "我是送外卖的大人！", "我又不是孩子 我一个大男人"]
)
async def test_who_says_that_he_is_grown_hears_no_more_words_for_children(
    world: World, text: str
) -> None:
    assert "12355" in await reply(world, "他们在厕所打我")
    assert "12355" not in await reply(world, text)
    assert "孩子" not in await reply(world, "他们又要打我了 我害怕")


async def test_who_is_threatened_and_tells_of_no_child_is_no_child(world: World) -> None:
    told = await reply(world, "我害怕，他们要是真来打我咋办")
    assert "110" in told
    assert "12355" not in told
    assert "孩子" not in told


@pytest.mark.parametrize("text", ["我才十几 他们堵我打我", "同学围着打我", "我上初二 他们老欺负我"])
async def test_a_child_hears_the_words_for_children(world: World, text: str) -> None:
    assert re.search("12355|孩子", await reply(world, text))


async def test_who_is_hit_by_no_kin_is_not_spoken_to_as_in_a_family(world: World) -> None:
    await world.say(BEATEN)
    await world.say("我一个男的哪来的孩子 他是我老板")
    again = await reply(world, "他又打我了")
    assert not re.search("12338|孩子|家庭暴力", again)
