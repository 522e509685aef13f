"""Danger that was told is held: the next messages stay with the person."""

import re

import pytest

from gateway.crisis import UNNAMED, Crisis, words
from gateway.safety import danger_in, every_reply, perhaps_danger, rules, surely_sounds_like_danger
from gateway.words import words as gateway_words
from tests.fakes.rasa import says
from tests.gateway.conftest import World
from tests.gateway.dangers import (
    BEATEN,
    GUESSED,
    HANDOFF,
    HEARD,
    LOCKED,
    SUICIDE,
    THREATENED,
    reply,
)


def test_every_kind_of_danger_can_be_held() -> None:
    ended_by_help = {"fire", "gas_leak", "medical", "co", "electrocuted", "wound", "frostbite"}
    ended_by_help |= {
        "sick_child",
        "no_medicine",
        "paint",
        "sick_from_animals",
        "after_blow",
        "bitten",
    }
    ended_by_help |= {"paid_rescuer", "medicine_runs_out"}
    held = {*every_reply(), "grown", "hitter", "in_company", "in_hospital", UNNAMED}
    assert set(words().kinds) == held - ended_by_help
    assert {each.to for each in words().turned} <= set(words().kinds)
    for name, kind in words().kinds.items():
        assert re.search(r"1[12]\d", kind.front) or name == UNNAMED
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


@pytest.mark.parametrize("danger", [BEATEN, SUICIDE, "有个男的天天在我家楼下转悠 我不敢回"])
@pytest.mark.parametrize("text", ["打110管吗", "110来不来呢", "报110有用吗", "派出所管不"])
async def test_who_asks_whether_the_police_come_is_told_to_call(
    world: World, danger: str, text: str
) -> None:
    world.rasa.script[text] = says("您问的是哪一个？")
    await world.say(danger)
    assert (await reply(world, text)).startswith("管，现在就打 110")


async def test_the_same_words_are_not_said_twice_running(world: World) -> None:
    await world.say(SUICIDE)
    said = [await reply(world, text) for text in ("嗯", "不知道")]
    assert len(set(said)) == 2


async def test_words_that_stay_are_said_twice_running_then_a_person_is_offered(
    world: World,
) -> None:
    world.rasa.script["唉"] = says("我没听明白。")
    await world.say(BEATEN)
    stay = [each.say for each in words().kinds["violence"].stay]
    assert await reply(world, "嗯") in stay
    assert await reply(world, "就那样") in stay
    third = await world.say("唉")
    assert "held" not in world.rasa.bodies[-1]
    assert third.reply
    assert third.reply.text.endswith("我没听明白。")
    assert third.reply.options == (HANDOFF,)
    assert await reply(world, "嗯") in stay


async def test_who_wants_to_die_is_offered_a_person_not_a_menu(world: World) -> None:
    await world.say(SUICIDE)
    for text in ("嗯", "不知道"):
        await world.say(text)
    turn = await world.say("就那样")
    assert turn.reply
    assert turn.reply.text == words().kinds["suicide"].offer
    assert turn.reply.options == (HANDOFF,)


async def test_numbers_stand_before_one_answer_and_before_no_more(world: World) -> None:
    world.rasa.script |= {text: says("答复。") for text in ("保护令呢", "离婚呢", "孩子呢")}
    await world.say(BEATEN)
    front = words().kinds["violence"].front
    said = [await reply(world, text) for text in ("保护令呢", "离婚呢", "孩子呢")]
    assert said == [f"{front}\n\n答复。", "答复。", "答复。"]
    assert world.rasa.bodies[-1]["held"] is True
    await world.say(BEATEN)
    assert await reply(world, "孩子呢") == f"{front}\n\n答复。"


@pytest.mark.parametrize("text", ["我老公晕倒了叫不醒", "我家着火了"])
async def test_where_help_ends_it_the_numbers_come_once(world: World, text: str) -> None:
    assert "1" in (await reply(world, text)).splitlines()[0]
    assert await reply(world, "工资怎么要") == "您说的是：工资怎么要"
    assert "held" not in world.rasa.bodies[-1]


async def test_danger_told_again_is_not_the_same_card_again(world: World) -> None:
    card = await reply(world, SUICIDE)
    again = await reply(world, "我在楼顶呢")
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


async def test_who_waits_for_a_lawyer_in_danger_hears_more_than_the_place(world: World) -> None:
    await world.say("你好")
    await world.ask_for_lawyer()
    await world.say(BEATEN)
    text = await reply(world, "他回来了 在敲门")
    assert text.startswith("别开门")
    assert "第 1 位" in text


async def test_what_only_the_net_hears_but_surely_is_held(world: World) -> None:
    world.rasa.script |= {HEARD: says("答复。"), "工资怎么要": says("去投诉。")}
    assert await reply(world, HEARD) == f"{rules().perhaps.say.strip()}\n\n答复。"
    assert world.rasa.bodies[-1]["held"] is True
    assert await reply(world, "工资怎么要") == "去投诉。"
    assert world.rasa.bodies[-1]["held"] is True
    assert await reply(world, "工资怎么要") == "去投诉。"
    assert "held" not in world.rasa.bodies[-1]


async def test_what_only_the_net_hears_is_not_met_by_a_menu(world: World) -> None:
    stay = [each.say for each in words().kinds[UNNAMED].stay]
    assert await reply(world, HEARD) in stay
    assert await reply(world, "嗯") in stay


async def test_what_the_net_is_not_sure_of_is_not_held(world: World) -> None:
    assert perhaps_danger(GUESSED)
    assert not surely_sounds_like_danger(GUESSED)
    await world.say(GUESSED)
    assert "held" not in world.rasa.bodies[-1]
    assert await reply(world, "工资怎么要") == "您说的是：工资怎么要"


async def test_a_danger_with_a_name_goes_before_what_the_net_heard_after_it(world: World) -> None:
    world.rasa.script["工资怎么要"] = says("去投诉。")
    await world.say(SUICIDE)
    await world.say(HEARD)
    assert (await reply(world, "工资怎么要")).startswith(words().kinds["suicide"].front)


@pytest.mark.parametrize("text", [*gateway_words().handoff_phrases, "算了不等了 我走", "不等了"])
def test_a_fixed_phrase_is_never_surely_danger(text: str) -> None:
    assert not surely_sounds_like_danger(text)


def test_what_was_said_longest_ago_is_said_again_first() -> None:
    every = [each.say for each in words().kinds["protest"].stay if not each.when]
    before = ("答复。", *every)  # what has just been said was an answer
    assert Crisis("protest", before).stay("嗯") == every[-1]
    assert Crisis("protest", ("答复。", *every[::-1])).stay("嗯") == every[0]


@pytest.mark.parametrize("danger", [THREATENED, BEATEN, "几个人拿着棍子堵我家门"])
@pytest.mark.parametrize(
    "text",
    [
        *("他说他刚下火车 到我们这了", "看见他上来了", "他到小区门口了"),
        *("他们到楼下了 能要精神赔偿吗", "前夫带人来我家门口了 我要离婚"),
    ],
)
async def test_who_comes_nearer_is_met_before_any_question(
    world: World, danger: str, text: str
) -> None:
    await world.say(danger)
    world.rasa.script["那得多久"] = says("六个月。")
    await world.say("那得多久")
    asked = len(world.rasa.bodies)
    told = await reply(world, text)
    assert told.startswith("别开门，别出去。门反锁")
    assert "110" in told.splitlines()[0]
    assert len(world.rasa.bodies) == asked


@pytest.mark.parametrize(
    "text", ["他要是到楼下了咋办", "我到派出所门口了", "我妈到楼下了", "判决书下来了 咋离婚"]
)
async def test_who_else_has_come_or_might_is_answered(world: World, text: str) -> None:
    await world.say(BEATEN)
    world.rasa.script[text] = says("答复。")
    assert (await reply(world, text)).endswith("答复。")


@pytest.mark.parametrize("danger", [THREATENED, LOCKED])
async def test_who_has_called_the_police_is_not_told_that_they_refuse(
    world: World, danger: str
) -> None:
    await world.say(danger)
    told = await reply(world, "我锁门了报警了 警察说在路上")
    assert told.startswith("做得对。门别开")
    assert "不管" not in told


async def test_who_stays_up_there_is_asked_to_hold_on_and_shown_no_menu(world: World) -> None:
    await world.say("老板不给钱 我爬到吊车上了 不给我就跳")
    asked = len(world.rasa.bodies)
    assert "抓牢" in await reply(world, "我在吊车上呢")
    assert len(world.rasa.bodies) == asked


@pytest.mark.parametrize(
    "text", ["没躲 就是怕车的事说了被抓 老婆孩子还要吃饭", "我不想躲债 怕被抓"]
)
def test_who_fears_the_court_is_in_no_danger(text: str) -> None:
    assert danger_in(text) is None
