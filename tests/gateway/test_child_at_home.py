"""A child in danger at home is spoken to as a child, and stays in that matter."""

import re

import pytest

from gateway.crisis import Crisis, words
from gateway.safety import danger_in, every_reply
from tests.fakes.rasa import says
from tests.gateway.conftest import World

TOLD = "我14 后爸晚上老进我屋"
MENU = "您问的是哪一个？"


async def _reply(world: World, text: str) -> str:
    turn = await world.say(text)
    assert turn.reply
    return turn.reply.text


@pytest.mark.parametrize(
    "text",
    [
        "我妈那个对象 半夜老摸进我房间 我装睡",
        "后爸喝了酒就来我屋 坐我床边不走",
        "他掀我被子 我妈值夜班 我上初二",
        "后爹把我门上的插销拆了 我害怕",
        "舅舅让我跟他一个被窝睡 我十二岁",
        "我爸偷看我洗澡",
        "叔叔老搂着我 还说说出去没人信我 我11岁",
        "我13，能告我后爸吗，他晚上进我被窝",
        "我不敢睡觉，后爸在家",
        "我妈找的那个人 摸我不该摸的地方",
    ],
)
def test_veiled_words_of_a_child_are_heard(text: str) -> None:
    danger = danger_in(text)
    assert danger
    assert danger.kind == "child_at_home"
    assert danger.reply.startswith("你没有错")


@pytest.mark.parametrize(
    "text",
    [
        "后爸想给我改姓 我不愿意",
        "我妈的对象把房子写我妈名了 有我份吗",
        "我16了 后爸的房子我能住吗",
        "后爸供我上学 我该养他老吗",
        "我爸晚上不让我玩手机",
        "继父没养过我 我要给他养老吗",
        "我十五 能自己去办身份证吗",
        "老师晚上来我家家访",
    ],
)
def test_a_family_without_danger_is_not_taken_for_it(text: str) -> None:
    assert danger_in(text) is None


@pytest.mark.parametrize("text", ["外孙女说后爹晚上去她屋", "我闺女说她后爸摸她 咋办"])
def test_who_tells_of_a_child_is_not_spoken_to_as_the_child(text: str) -> None:
    danger = danger_in(text)
    assert danger
    assert danger.kind == "minor"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("老师行不", "老师可以"),
        ("能跟班主任说吗", "老师可以"),
        ("我妈会被抓吗", "一般不会因为你说出来就抓她"),
        ("他会不会坐牢", "由警察和法院"),
        ("能住姥姥家不", "姥姥"),
        ("我不想回家", "姥姥"),
        ("他现在回来了 我锁门了", "别开门，别出声"),
        ("敲门", "别开门，别出声"),
        ("他在踹门", "别开门，别出声"),
        ("门把手在动", "别开门，别出声"),
        ("我妈不信我", "换一个大人"),
        ("我不敢跟我妈说", "换一个大人"),
        ("是不是我的错", "不是你的错"),
        ("同学会不会知道", "不许往外说"),
        ("他说说出去就打死我", "怕人知道"),
        ("小孩能报警吗", "小孩自己打也管"),
        ("手机被他收了 用同学的", "请帮我打 110"),
        ("下面好疼", "去医院"),
        ("没证据咋办", "查证据是警察的事"),
        ("会送我去福利院吗", "民政部门"),
        ("我该咋办", "一步一步来"),
    ],
)
async def test_what_the_child_asks_next_is_answered_within_the_matter(
    world: World, text: str, said: str
) -> None:
    world.rasa.script[text] = says(MENU, "老师打学生怎么办？")
    await world.say(TOLD)
    told = await _reply(world, text)
    assert said in told
    assert MENU not in told
    assert re.search(r"110|12355", told)


async def test_the_man_at_the_door_is_no_stranger_there(world: World) -> None:
    await world.say(TOLD)
    told = await _reply(world, "他在门口敲门呢叫我开")
    assert "别开门" in told
    assert "治安管理处罚法" not in told
    assert told != every_reply()["at_the_door"].strip()


async def test_who_says_later_how_old_and_who_is_heard_as_a_child(world: World) -> None:
    await world.say("有个男的天天在我家楼下转悠 我不敢回")
    assert await _reply(world, "是我后爸 我14") == every_reply()["child_at_home"].strip()


@pytest.mark.parametrize("text", ["快递来了", "我妈回来了", "学校明天考试", "我作业写完了"])
async def test_what_is_not_of_the_danger_goes_to_the_bot(world: World, text: str) -> None:
    world.rasa.script[text] = says("答复。")
    await world.say(TOLD)
    assert (await _reply(world, text)).endswith("答复。")


def test_no_word_to_a_child_blames_or_sends_it_back() -> None:
    stays = [each.say for each in words().kinds["child_at_home"].stay]
    for text in (*stays, every_reply()["child_at_home"]):
        assert "您" not in text
        assert "12338" not in text
        assert "保护令" not in text


async def test_who_says_again_that_he_is_at_the_door_hears_something_else(world: World) -> None:
    await world.say(TOLD)
    first, second = [await _reply(world, text) for text in ("他回来了 我锁门了", "敲门")]
    assert first != second
    assert "别开门" in first
    assert "别开门" in second


async def test_a_child_is_never_left_to_the_words_of_the_bot(world: World) -> None:
    world.rasa.script["嗯"] = says("好的。您接着说。")
    await world.say(TOLD)
    said = [await _reply(world, text) for text in ("呜呜", "不知道", "啊", "怕")]
    assert not [text for text in said if text.startswith("您说的是")]
    assert said[2] == words().kinds["child_at_home"].offer


def test_no_message_is_met_by_the_same_words_twice_running() -> None:
    crisis = Crisis("child_at_home")
    first = crisis.stay("嗯")
    assert Crisis("child_at_home", (first,)).stay("嗯") != first
