"""Who wants to die names the means, is alone, has taken something, is with the doctors."""

import re

import pytest

from gateway.crisis import Crisis, words
from gateway.means import means_in
from gateway.safety import danger_in, every_reply, perhaps_danger
from tests.fakes.rasa import says
from tests.gateway.conftest import World
from tests.gateway.dangers import HANDOFF, reply

WANTS_TO_DIE = "我不想活了"
MENU = "这几个离得最近，有您要的就选。"


@pytest.mark.parametrize(
    "text",
    [
        "吃了安眠药 十来片",
        "我把安定都吃了",
        "喝了农药 胃里烧",
        "刚吞了一把药",
        "药我吃了 全吃了",
        "安眠药吃下去半个小时了",
        "偷偷喝了百草枯 后悔了",
        "一瓶药都灌下去了",
        "敌敌畏喝了两口",
        "我吃了三十多片降压药",
        "就着酒吃了一板安眠药",
        "艾司唑仑吃了四十片",
        "我把药喝了",
        "我没忍住 把药都吃了 头晕",
    ],
)
def test_who_has_taken_it_hears_120_first(text: str) -> None:
    found = danger_in(text)
    assert found
    assert found.kind == "swallowed"
    assert found.reply.startswith("马上打 120")
    assert "？" not in found.reply


@pytest.mark.parametrize(
    "text",
    [
        "吃了安眠药还是睡不着 楼上太吵",
        "医生开的药我吃了三天没见好 能退不",
        "喝了两瓶啤酒 开车让查了",
        "吃了假药 能赔多少",
        "孩子不小心吃了两片药",
        "羊喝了农药死了 谁赔",
    ],
)
def test_who_takes_medicine_or_is_cheated_with_it_has_not_tried_to_die(text: str) -> None:
    found = danger_in(text)
    assert found is None or found.kind != "swallowed"


@pytest.mark.parametrize(
    "text",
    [
        "吃了",
        "都吃了",
        "我先吃了几片了 有点晕",
        "已经喝了",
        "咽下去了",
        "刚吃了 二十来片",
        "药我吃了",
        "十来片",
        "吃完了",
        "我把药吃了 对不起",
        "全吞了",
        "喝下去了 嗓子疼",
    ],
)
async def test_who_then_takes_it_hears_120_alone(world: World, text: str) -> None:
    world.rasa.script[text] = says(MENU)
    await world.say("网贷逼得我不想活了 药都在手里了")
    assert (await reply(world, text)).startswith("马上打 120")
    for told in ("门锁着呢", "没人", "难受 好困", "嗯", "不知道", "我想问那个网贷咋办"):
        world.rasa.script[told] = says(MENU)
        said = await reply(world, told)
        assert "120" in said.splitlines()[0]
        assert MENU not in said
        assert "慢慢说" not in said
        assert "哪一样" not in said


@pytest.mark.parametrize(
    "text", ["吃了饭了", "没吃饭", "喝了口热水", "吃了一碗面 还是难受", "还没吃", "想都吃了"]
)
async def test_who_eats_or_drinks_has_taken_nothing(world: World, text: str) -> None:
    await world.say(WANTS_TO_DIE)
    assert not (await reply(world, text)).startswith("马上打 120：说在哪里")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("打了120了 他们问我在哪 我说完了", "门打开"),
        ("120打不通", "110"),
        ("门锁着 起不来", "门"),
        ("不想去医院 没钱", "钱也是后头的事"),
        ("会不会死啊", "大夫"),
        ("我一个人 没人", "邻居"),
        ("头晕 眼皮睁不开", "别睡"),
    ],
)
async def test_what_is_said_to_who_has_taken_it_fits(world: World, text: str, said: str) -> None:
    await world.say("吃了安眠药 十来片")
    told = await reply(world, text)
    assert said in told
    assert "120" in told


async def test_who_waits_for_a_lawyer_and_has_taken_it_hears_no_place(world: World) -> None:
    await world.say(HANDOFF)
    told = await reply(world, "吃了安眠药 十来片")
    assert "排在" not in told
    assert "排在" not in await reply(world, "难受 好困")
    assert "排在" not in await reply(world, HANDOFF)


@pytest.mark.parametrize(
    "text", ["120来了", "救护车到楼下了", "我在医院了", "洗了胃了", "大夫来了", "缓过来了"]
)
async def test_it_is_over_when_somebody_has_come(world: World, text: str) -> None:
    world.rasa.script["工资怎么要"] = says("这样要。")
    await world.say("吃了安眠药 十来片")
    assert await reply(world, text) == words().kinds["swallowed"].ended
    assert await reply(world, "工资怎么要") == "这样要。"


@pytest.mark.parametrize("text", ["没事了", "没事", "我睡了", "不用管我了", "想通了", "好的"])
async def test_it_is_not_over_because_one_says_so(world: World, text: str) -> None:
    await world.say("吃了安眠药 十来片")
    assert "120" in await reply(world, text)
    assert "120" in await reply(world, "嗯")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("我挺过来了 在医院呢 洗了胃 网贷那个还咋办", "网贷那个还咋办"),
        ("救过来了，人在医院，工资还能要吗", "工资还能要吗"),
        ("在急诊躺着 房东押金不退怎么办", "房东押金不退怎么办"),
    ],
)
async def test_who_is_with_the_doctors_hears_a_word_of_care_and_the_answer(
    world: World, text: str, asked: str
) -> None:
    world.rasa.script[asked] = says("这样办。")
    await world.say("我吃了一瓶安眠药")
    front = words().kinds["in_hospital"].front
    assert "12356" in front
    assert await reply(world, text) == f"{front}\n\n这样办。"


@pytest.mark.parametrize("text", ["我没吃", "骗你的 没吃", "还没吃呢"])
async def test_who_has_not_taken_it_is_stayed_with(world: World, text: str) -> None:
    await world.say("药我都吃下去了")
    assert "12356" in await reply(world, text)


@pytest.mark.parametrize(
    ("texts", "named"),
    [
        (["不想活了 药就在床头"], "pills"),
        (["我想跳楼", "我没上高 我坐床上呢 药在手里"], "pills"),
        (["想跳下去", "我下来了"], ""),
        (["药在手里", "药给邻居了"], ""),
        (["刀在旁边", "扔楼下了"], ""),
        (["在出租屋 临河 没人"], ""),
        (["我在黄河边上"], "water"),
        (["绳子拴好了"], "rope"),
        (["我站在天台 想跳", "刀也带着"], "blade"),
        (["药费太贵 不想活了"], ""),
    ],
)
def test_the_means_named_last_counts_and_what_is_denied_does_not(
    texts: list[str], named: str
) -> None:
    assert means_in(texts, words().means) == named


@pytest.mark.parametrize(
    "text",
    [
        "没人 我一个人租房 药就在床头",
        "没人，药就在床头",
        "就我自己 药在手里",
        "一个人 有药",
        "谁也没有 安眠药在枕头边上",
        "身边没人 药攥着呢",
    ],
)
async def test_who_is_alone_with_pills_is_told_to_put_them_out_of_the_door(
    world: World, text: str
) -> None:
    world.rasa.script[text] = says(MENU)
    await world.say(WANTS_TO_DIE)
    told = await reply(world, text)
    assert "药" in told
    assert re.search("门外|出门|邻居", told)
    assert "12356" in told
    assert "120" in told
    assert told.count("？") <= 1
    assert MENU not in told


@pytest.mark.parametrize("text", ["没人", "就我一个人", "自己住", "一个人在出租屋", "没有朋友"])
async def test_who_is_alone_is_told_where_people_are(world: World, text: str) -> None:
    world.rasa.script[text] = says(MENU)
    await world.say(WANTS_TO_DIE)
    told = await reply(world, text)
    assert "有人的地方" in told
    assert "慢慢往里退" not in told
    assert told.count("？") <= 1
    again = await reply(world, text)
    assert again != told


async def test_a_town_by_a_river_is_no_height_and_a_correction_is_heard(world: World) -> None:
    for text in ("我不想活了", "我今晚就都吃了算了"):
        await world.say(text)
    assert "往里退" not in await reply(world, "在出租屋 临河 没人")
    told = await reply(world, "我没上高 我坐床上呢 药在手里")
    assert "药" in told
    assert "往里退" not in told


@pytest.mark.parametrize("text", ["好困", "头有点晕", "难受 想吐", "眼皮睁不开了"])
async def test_who_grows_drowsy_is_asked_whether_something_was_taken(
    world: World, text: str
) -> None:
    await world.say(WANTS_TO_DIE)
    told = await reply(world, text)
    assert "120" in told
    assert "吃了" in told


@pytest.mark.parametrize(
    "text",
    ["药给邻居了", "我把药冲马桶了", "刀扔门外了", "药都倒了", "扔楼下了", "倒了", "都交给房东了"],
)
async def test_who_gives_it_away_is_told_that_it_was_right(world: World, text: str) -> None:
    await world.say("我不想活了 药在手里")
    assert "做到了" in await reply(world, text)


@pytest.mark.parametrize(
    "text", ["我割腕了", "我割了手腕 血好多", "手腕让我划开了", "刚割腕了 好疼"]
)
def test_who_has_cut_hears_120_and_to_press(text: str) -> None:
    found = danger_in(text)
    assert found
    assert found.kind == "cut_self"
    assert "按住" in found.reply


async def test_every_answer_to_who_wants_to_die_has_a_line_of_help(world: World) -> None:
    world.rasa.script |= {text: says("答复。") for text in ("网贷咋还", "会坐牢不")}
    await world.say(WANTS_TO_DIE)
    kind = words().kinds["suicide"]
    assert await reply(world, "网贷咋还") == f"{kind.front}\n\n答复。"
    assert await reply(world, "会坐牢不") == f"{kind.again}\n\n答复。"


def test_where_a_life_hangs_on_it_every_word_names_120() -> None:
    for name in ("swallowed", "cut_self", "gas_on"):
        kind = words().kinds[name]
        assert kind.alone
        assert "120" in every_reply()[name].splitlines()[0]
        for each in kind.stay:
            assert "120" in each.say


def test_a_lawyer_who_serves_is_not_talked_over() -> None:
    held = Crisis("swallowed", age=1)
    assert held.at_once("我叫李明", served=True) is None
    assert held.at_once("我叫李明")
    assert held.at_once("好困", served=True)


@pytest.mark.parametrize(
    "text",
    [
        "我媳妇跟人跑了",
        "我改主意了，晚上八点以后，别说是律师，我妈不知道",
        "没事了 谢谢你啊",
        "好嘞 再见了啊",
        "狗把我羊咬死了 谁赔",
    ],
)
def test_what_is_calm_has_no_line_of_numbers(text: str) -> None:
    assert danger_in(text) is None
    assert not perhaps_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "闺女还在婆家 我怕他打娃 我自己去接行不",
        "他打我 我跑出来 孩子没带出来",
        "老公打我 还拿孩子要挟我",
        "他打我 还把娃藏起来了",
    ],
)
def test_who_left_a_child_with_a_violent_man_is_told_not_to_go_alone(text: str) -> None:
    found = danger_in(text)
    assert found
    assert found.kind == "child_with_him"
    assert "别一个人" in found.reply


@pytest.mark.parametrize(
    "text", ["降压药快吃完了 没钱买", "心脏药马上断了 等钱", "透析的药快续不上了 家里没钱"]
)
def test_whose_medicine_runs_out_hears_where_it_is_had(text: str) -> None:
    found = danger_in(text)
    assert found
    assert found.kind == "medicine_runs_out"
    assert "临时救助" in found.reply


@pytest.mark.parametrize(
    "text", ["想跳楼算了", "跳楼算了", "不如上吊算了", "想喝药算了", "我去跳河算球了", "割腕算了"]
)
def test_who_says_that_he_might_as_well_is_heard(text: str) -> None:
    found = danger_in(text)
    assert found
    assert found.kind == "suicide"


@pytest.mark.parametrize(
    "text",
    [
        "不用选了 药我都买好了 就是想走之前问问娃以后咋办",
        "咋分抚养权对我没用了 就今黑夜的事了",
        "人死了判决还作数不 算了 谁也不用管我",
        "我这活着还有个啥意思呢",
        "跟你说完这些我就走了 谢谢你听我说",
        "娃我托给我妈了 我这头没啥放不下的了",
        "存折我压我妈枕头底下了 往后我用不着了",
    ],
)
async def test_who_takes_leave_between_questions_of_law_hears_the_numbers_first(
    world: World, text: str
) -> None:
    world.rasa.script[text] = says(MENU)
    told = await reply(world, text)
    assert "12356" in told.splitlines()[0]
    assert MENU not in told


@pytest.mark.parametrize(
    "text", ["扔出去了", "都扔了", "我倒马桶了", "给邻居了", "冲掉了", "放门外了"]
)
async def test_who_has_put_the_pills_away_is_not_asked_for_them_again(
    world: World, text: str
) -> None:
    for told in ("不想活了 药在手里", text, "嗯", "不知道"):
        world.rasa.script[told] = says(MENU)
    await world.say("不想活了 药在手里")
    assert "做到了" in await reply(world, text)
    for told in ("嗯", "不知道"):
        assert not re.search("药现在在哪|先把药|药先别", await reply(world, told))
