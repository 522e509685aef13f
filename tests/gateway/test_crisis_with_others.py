"""Danger that others share or end: somebody has come, the school knows, it was no danger at all."""

import re

import pytest

from gateway.crisis import words
from gateway.safety import danger_in, every_reply, rules
from tests.fakes.rasa import says
from tests.gateway.conftest import World

SUICIDE = "不想活了 钱全被骗走了"
ALONE = re.compile("叫一个人|别一个人待着|去邻居家|喊一个人|身边有人吗")
SCAM = "刚转了三万才知道是骗子"
BULLIED = "我14 学校几个人老打我 管我要钱"
WIFE = "我跑到邻居家了 我男人打我"


async def _reply(world: World, text: str) -> str:
    turn = await world.say(text)
    assert turn.reply
    return turn.reply.text


@pytest.mark.parametrize(
    "told",
    [
        "她到了 在敲门",
        "开门了 她抱着我哭",
        "我妈来了 坐我旁边",
        "邻居大姐过来陪我坐着",
        "现在在我姐家",
    ],
)
async def test_who_wanted_to_die_and_has_company_is_not_told_to_call_somebody(
    world: World, told: str
) -> None:
    await world.say(SUICIDE)
    assert "等人来" in await _reply(world, "我给我妹打电话了 她说来")
    said = await _reply(world, told)
    assert "陪着" in said
    assert not ALONE.search(said)
    assert not ALONE.search(await _reply(world, "嗯"))


async def test_who_has_company_is_answered_after_one_line_of_care(world: World) -> None:
    asked = "妹妹陪着我呢 我好点了 那骗走的钱还要得回来不"
    last = "妹妹在 我就想知道去哪报案"
    world.rasa.script |= {asked: says("难说。"), last: says("派出所。")}
    await world.say(SUICIDE)
    front = words().kinds["in_company"].front
    assert "12356" in front
    assert await _reply(world, asked) == f"{front}\n\n难说。"
    assert await _reply(world, last) == "派出所。"


@pytest.mark.parametrize(
    "told", ["我妈不接电话", "要债的来了 在敲门", "我妈来了 骂我", "没人来", "我姐不管我"]
)
async def test_who_is_still_alone_is_told_to_call_somebody(world: World, told: str) -> None:
    await world.say(SUICIDE)
    await world.say(told)
    assert not world.rasa.bodies or "held" in world.rasa.bodies[-1]
    said = [await _reply(world, text) for text in ("嗯", "唉")]
    assert not any(each.say in one for one in said for each in words().kinds["in_company"].stay)


async def test_who_has_company_and_says_it_again_hears_the_numbers_first(world: World) -> None:
    await world.say(SUICIDE)
    await world.say("我妹来了")
    assert (await _reply(world, "我还是不想活了")).startswith("请现在就打 12356")


@pytest.mark.parametrize(
    "told", [WIFE, "在邻居家 他打我", "去隔壁躲着呢 老公打我", "我到对门了 他又打我"]
)
def test_who_fled_to_the_neighbours_is_beaten_at_home(told: str) -> None:
    danger = danger_in(told)
    assert danger
    assert danger.kind == "violence"
    assert "12338" in danger.reply


@pytest.mark.parametrize("told", ["邻居打我", "楼上邻居打我", "我在邻居家 邻居打我"])
def test_who_is_beaten_by_the_neighbour_hears_of_no_home(told: str) -> None:
    danger = danger_in(told)
    assert danger is None or danger.kind == "outsiders"


@pytest.mark.parametrize(
    "asked",
    [
        "不打了 他现在睡着呢 我就想知道咋能让他以后不敢进这个家门",
        "房子是我俩的 能不能撵他出去",
        "怎么不让他再靠近我",
        "能让他搬出去不",
    ],
)
async def test_who_fled_and_asks_to_keep_him_out_hears_of_the_protection_order(
    world: World, asked: str
) -> None:
    await world.say(WIFE)
    said = await _reply(world, asked)
    assert all(
        part in said for part in ("人身安全保护令", "第二十三条", "第二十八条", "第二十九条")
    )


def test_nobody_who_was_beaten_is_sent_back_inside() -> None:
    for kind in words().kinds.values():
        assert not any("回屋" in each.say for each in kind.stay)


@pytest.mark.parametrize(
    "told",
    [
        "他不是学生,在外地打工的,把银行卡借给人家了",
        "我弟把银行卡租给人家了",
        "卡卖给他们了 现在被抓了",
    ],
)
def test_who_lent_a_card_is_not_being_cheated(told: str) -> None:
    assert danger_in(told) is None


@pytest.mark.parametrize(
    "said",
    ["我问的是我能不能看他", "不是我被骗", "咋给他请法律援助", "他被刑拘了 咋办", "我没被骗"],
)
async def test_who_asks_of_another_matter_is_cheated_no_more(world: World, said: str) -> None:
    world.rasa.script |= {said: says("答复。")}
    await world.say(SCAM)
    assert await _reply(world, said) == "答复。"
    assert "held" not in world.rasa.bodies[-1]


@pytest.mark.parametrize("said", ["我问的是110打了然后咋办", "是不是被骗了", "钱还能追回来吗"])
async def test_who_asks_of_the_money_is_still_being_cheated(world: World, said: str) -> None:
    await world.say(SCAM)
    await world.say(said)
    assert "骗" in await _reply(world, "骗子又打来了")
    assert words().kinds["scam"].stay


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("学校老师知道了也不管", "第三十九条"),
        ("我没报警!学校不管咋办", "第三十九条"),
        ("跟班主任说了没用", "教育局"),
        ("我能自己报警吗 不用我妈在", "第十一条"),
        ("小孩能报警吗", "第十一条"),
        ("我不敢报警", "12355"),
    ],
)
@pytest.mark.parametrize("danger", [BULLIED, "一帮人拿着棍子堵我"])
async def test_a_bullied_child_hears_what_the_school_and_the_police_must_do(
    world: World, danger: str, said: str, part: str
) -> None:
    await world.say(danger)
    if danger != BULLIED:
        await world.say("老师知道也不管")
    told = await _reply(world, said)
    assert part in told
    assert "前面报过警" not in told


async def test_the_same_complaint_of_the_school_is_not_met_by_the_same_words(world: World) -> None:
    await world.say(BULLIED)
    first, second = [await _reply(world, text) for text in ("老师不管", "学校不管咋办")]
    assert first != second


async def test_what_the_net_hears_is_not_put_before_answers_again_and_again(world: World) -> None:
    heard = ["爸爸走了没回来，我和弟弟把最后一袋面吃了"] * 6
    world.rasa.script |= {text: says("答复。") for text in heard}
    said = [await _reply(world, text) for text in heard]
    assert sum(rules().perhaps.say.strip() in one for one in said) == 1


def test_every_reply_of_a_named_danger_is_kept() -> None:
    assert "in_company" not in every_reply()
