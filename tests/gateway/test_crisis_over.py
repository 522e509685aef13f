"""Danger is let go when it is over or was none, and only then."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from gateway.crisis import words
from gateway.safety import rules
from gateway.tables import Message, now
from tests.fakes.rasa import says
from tests.gateway.conftest import World
from tests.gateway.dangers import BEATEN, BURNING, HEARD, LOCKED, SUICIDE, reply


@pytest.mark.parametrize(
    ("danger", "text"),
    [
        (BEATEN, "没人打人 就是娃归谁"),
        (BEATEN, "没打没抢 你咋老说打"),
        (BEATEN, "走了 锅钱能要不"),
        (BEATEN, "我说了没人有危险 派出所拘留最多几天"),
        (LOCKED, "没锁呢 我就问问押金退不退"),
        (BEATEN, "不是抢孩子 就是我们分了 孩子归谁"),
        (BEATEN, "没危险 在医院躺着呢"),
        (BEATEN, "已经送医院了 现在问钱谁出"),
        (BEATEN, "出院了 胳膊接上了"),
        (BEATEN, "我已经出院了 不用120"),
        (BEATEN, "不用打110 我想问彩礼"),
        (BEATEN, "开玩笑的 口红要赔吗"),
        (BEATEN, "我妹替我报了 警察来了带走他了 保护令咋申请"),
        (BEATEN, "警察带走了 我要问能让他赔钱吗"),
        (BURNING, "没人点火 我爸说气话 在家喝茶呢 我问的是房子"),
        (BURNING, "真没事!! 就是问房子几个子女怎么分"),
        ("我姐被她男人关在家里不让出门", "她出来了在我车上 脸青的"),
        ("我姐被她男人关在家里不让出门", "我姐已经跟我在一起了 她要离"),
        (HEARD, "我们安全了 咋要抚养费"),
    ],
)
async def test_what_is_denied_or_over_is_let_go_and_the_rest_answered(
    world: World, danger: str, text: str
) -> None:
    await world.say(danger)
    world.rasa.script[text] = says("答复。")
    assert (await reply(world, text)).removesuffix(rules().perhaps.line).strip() == "答复。"
    assert "held" not in world.rasa.bodies[-1]
    assert await reply(world, "工资怎么要") == "您说的是：工资怎么要"
    assert "held" not in world.rasa.bodies[-1]


@pytest.mark.parametrize(
    "text",
    [
        "不要打110 他会打死我",
        "没人打我 可我怕他回来",
        "没有危险我能来问你吗 他还在砸门",
        "等我安全了再说",
        "我不安全",
        "没人管 他不让我走",
    ],
)
async def test_what_only_looks_like_a_denial_lets_nothing_go(world: World, text: str) -> None:
    await world.say(BEATEN)
    await world.say(text)
    await world.say("工资怎么要")
    assert world.rasa.bodies[-1]["held"] is True


@pytest.mark.parametrize("text", ["没危险 就是难受", "开玩笑的 就是难受", "在医院躺着呢 难受"])
async def test_who_wanted_to_die_is_not_let_go_for_words_beside_else(
    world: World, text: str
) -> None:
    await world.say(SUICIDE)
    await world.say(text)
    await world.say("工资怎么要")
    assert world.rasa.bodies[-1]["held"] is True


@pytest.mark.parametrize(
    ("danger", "over"),
    [
        (SUICIDE, "我没事了"),
        (SUICIDE, "我下来了 谢谢你"),
        (SUICIDE, "警察来了"),
        (SUICIDE, "我下来了 在工棚里 工友陪着我呢"),
        (SUICIDE, "没事了 就是气话"),
        (BEATEN, "警察把他带走了"),
        (BURNING, "没人点火"),
        (BURNING, "真没事!!"),
        (SUICIDE, "已经报警了 没事了 他下来了"),
        (BEATEN, "他走了"),
        (BEATEN, "走了"),
        (LOCKED, "没啥事了 钥匙给我了"),
        (LOCKED, "没锁呢 我就问问万一"),
        (BEATEN, "已经报警了 没事了"),
        (BEATEN, "放心吧 我到派出所了"),
        ("孩子不见了", "孩子找到了"),
        (HEARD, "我们没事了"),
        ("刚转了三万才知道是骗子", "没事了 拦住了 谢谢"),
        ("草原上迷路了 白毛风 啥也看不见", "看见浩特了"),
    ],
)
async def test_who_tells_that_it_is_over_is_talked_to_as_before(
    world: World, danger: str, over: str
) -> None:
    await world.say(danger)
    assert await reply(world, over) == words().is_over.strip()
    assert await reply(world, "工资怎么要") == "您说的是：工资怎么要"
    assert "held" not in world.rasa.bodies[-1]


@pytest.mark.parametrize(
    ("danger", "text"),
    [
        (SUICIDE, "没事 反正也没人在乎"),
        (SUICIDE, "没事了 我想通了 走了算了"),
        (SUICIDE, "我没事了 就是不想麻烦大家了"),
        (SUICIDE, "别管我 我没事了"),
        (SUICIDE, "我从楼上跳下来了"),
        (BEATEN, "没事 我习惯了"),
        (BEATEN, "没事了又来砸门"),
        (BEATEN, "他走了 明天还来"),
        (BEATEN, "警察来了又走了"),
        (BEATEN, "警察要带走他 他不让"),
        (BEATEN, "他没走"),
        (BEATEN, "走了 又回来砸门"),
        (SUICIDE, "走了算了"),
        (BEATEN, "他还没走呢"),
        (BEATEN, "等他走了我再说"),
        (BEATEN, "我怕他没走"),
        (BEATEN, "他回来了"),
        (BEATEN, "报警了"),
        (BEATEN, "没事了" * 21),
    ],
)
async def test_danger_is_held_where_the_whole_message_does_not_say_it_is_over(
    world: World, danger: str, text: str
) -> None:
    await world.say(danger)
    assert await reply(world, text) != words().is_over.strip()
    await world.say("工资怎么要")
    assert world.rasa.bodies[-1]["held"] is True


@pytest.mark.parametrize("text", ["没事", "没事了", "没事儿", "我没事", "嗯 没事", "他走了"])
async def test_who_wanted_to_die_is_not_left_for_a_word(world: World, text: str) -> None:
    await world.say(SUICIDE)
    asked = len(world.rasa.bodies)
    stay = [each.say for each in words().kinds["suicide"].stay]
    assert await reply(world, text) in stay
    assert len(world.rasa.bodies) == asked
    await world.say("工资怎么要")
    assert world.rasa.bodies[-1]["held"] is True


async def test_a_word_of_no_harm_is_met_kindly(world: World) -> None:
    await world.say(SUICIDE)
    assert "您说没事" in await reply(world, "没事")


async def test_one_danger_being_over_does_not_end_another(world: World) -> None:
    await world.say(SUICIDE)
    await world.say(BEATEN)
    await world.say("他走了")
    await world.say("工资怎么要")
    assert world.rasa.bodies[-1]["held"] is True


async def test_who_tells_more_than_that_it_is_over_is_answered(world: World) -> None:
    await world.say("我不想上学了 觉得丢人 活不下去")
    more = "我没事了 就是想让照片没了"
    world.rasa.script[more] = says("可以请平台删。")
    assert (await reply(world, more)).endswith("可以请平台删。")


async def test_who_was_in_no_danger_is_not_congratulated(world: World) -> None:
    await world.say("你好")
    assert await reply(world, "他走了") == "您说的是：他走了"


async def test_danger_is_held_for_some_hours_only(world: World) -> None:
    await world.say(SUICIDE)
    async with world.session() as session, session.begin():
        long_ago = now() - timedelta(hours=words().hours, minutes=1)
        await session.execute(update(Message).values(created_at=long_ago))
    assert await reply(world, "工资怎么要") == "您说的是：工资怎么要"


@pytest.mark.parametrize(
    "text",
    [
        "我已经安全了，我问工资一万六咋要，他还把我打伤了医药费谁出",
        "人都走了 他把我打伤了 医药费找谁要",
        "我回到家了 那人把我打了一顿 能起诉不",
    ],
)
async def test_what_is_asked_when_it_is_over_is_answered(world: World, text: str) -> None:
    world.rasa.script[text] = says("医药费由打人的人赔。")
    assert "医药费由打人的人赔" in await reply(world, text)


@pytest.mark.parametrize("text", ["我没挨打 我问的是财产报告", "都不是！", "你胡说啥 没人打我"])
async def test_a_denial_ends_it_at_once_and_clears_the_matter(world: World, text: str) -> None:
    world.rasa.script[text] = says("好，说财产报告。")
    await world.say(BEATEN)
    assert await reply(world, text) == "好，说财产报告。"
    assert "danger" not in world.rasa.bodies[-1]
    assert world.rasa.bodies[-1]["never"]
