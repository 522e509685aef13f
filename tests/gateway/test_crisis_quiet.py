"""Who cannot speak is answered in silence; who is far away, safe, or at another matter, as such."""

import pytest

from gateway.safety import danger_in, denied, every_reply, perhaps_danger
from tests.fakes.rasa import says
from tests.gateway.conftest import World
from tests.gateway.dangers import BEATEN, BURNING, reply

QUIET = every_reply()["overheard"].strip()
SILENT = every_reply()["silent_call"].strip()
AFAR = "闺女打电话说女婿拿刀要杀她"


@pytest.mark.parametrize(
    "text",
    [
        "他在外屋 别出声 我怎么办",
        "男人在隔壁屋 我不敢说话",
        "老公就在旁边,我不敢打电话",
        "我偷着打字呢 他在客厅",
        "他在炕上躺着 我不敢吱声",
    ],
)
def test_who_writes_while_he_can_hear_is_told_to_keep_quiet(text: str) -> None:
    heard = danger_in(text)
    assert heard
    assert heard.kind == "overheard"
    assert "静音" in heard.reply.splitlines()[0]
    assert len(heard.reply.splitlines()) <= 4


@pytest.mark.parametrize(
    "text",
    [
        "不能打电话 他会听见 能发短信吗",
        "有短信报警没 他不让出声",
        "12110能发短信不 怎么写",
        "报警能不能打字 我不敢出声",
        "能不能微信报警",
        "不说话咋报警",
    ],
)
async def test_who_asks_for_the_police_without_a_voice_is_told_what_to_write(
    world: World, text: str
) -> None:
    told = await reply(world, text)
    assert told == SILENT
    assert "没有核实过" in told  # no number for short messages is known to work there
    assert "12110" not in told


@pytest.mark.parametrize(
    "text",
    [
        "别给我打电话 他在家 我的律师晚上再打",
        "收到12110发来的短信 是骗子不",
        "他在外面打工 不接电话",
        "他以前在外屋睡 我都不敢出声",
    ],
)
def test_who_is_only_not_reached_by_telephone_is_in_no_danger(text: str) -> None:
    heard = danger_in(text)
    assert heard is None or heard.kind not in ("overheard", "silent_call")


async def test_who_must_be_quiet_meets_no_menu_and_never_the_same_words(world: World) -> None:
    texts = ["在达拉特旗 他在外屋 有孩子睡着了", "没人能替我发啊", "在树林召镇东海心村", "嗯"]
    told = [await reply(world, "他在外屋 别出声 我怎么办")]
    told += [await reply(world, text) for text in texts]
    assert len(set(told)) == len(told)
    assert "孩子" in told[1]
    assert "我报不了警" in told[3]
    assert not world.rasa.bodies or world.rasa.bodies[-1]["held"] is True
    assert all("大声喊邻居" not in each for each in told)


@pytest.mark.parametrize(
    "text",
    [
        "打了110人家问我地址,闺女家我就知道在乌海海南区哪个小区说不上来",
        "我不知道她住哪个小区啊",
        "警察问门牌 我没去过 说不清",
        "地址我记不得 不知道哪栋",
    ],
)
async def test_who_knows_no_address_learns_what_else_leads_there(world: World, text: str) -> None:
    await world.say(AFAR)
    told = await reply(world, text)
    assert "地址说不全也能报" in told
    assert "车牌" in told


@pytest.mark.parametrize(
    "text",
    [
        "那报警能不能让派出所先去看看她,我不在跟前",
        "我离得太远 咋办",
        "能替闺女报警不",
        "叫警察去她家看看行不",
    ],
)
async def test_who_is_far_away_may_call_for_her(world: World, text: str) -> None:
    await world.say(AFAR)
    assert "第十三条" in await reply(world, text)


@pytest.mark.parametrize("danger", [BEATEN, BURNING])
@pytest.mark.parametrize(
    "text",
    [
        "我在妈家呢,五原县胜丰镇,我哥在,安全着呢。说那个不让他来的令咋办",
        "我们已经安全了 咋能让他不敢再来",
        "人没事了 那个不许他靠近的令去哪弄",
    ],
)
async def test_who_is_safe_and_asks_how_to_keep_him_away_hears_of_the_order(
    world: World, danger: str, text: str
) -> None:
    await world.say(danger)
    told = await reply(world, text)
    assert told.startswith("可以向法院申请人身安全保护令")
    assert "第二十五条" in told


async def test_who_has_heard_of_the_order_and_is_safe_hears_no_numbers(world: World) -> None:
    await world.say(BURNING)
    await world.say("我在妈家呢,我哥在,安全着呢。说那个不让他来的令咋办")
    world.rasa.script["那离婚呢"] = says("离婚。")
    assert await reply(world, "那离婚呢") == "离婚。"


@pytest.mark.parametrize(
    "text",
    [
        "羊主带来的人把我家大门砸了 我媳妇在屋里不敢出来",
        "工人家属带人来砸我铺子",
        "债主领了几个人在踹我家门 老婆吓坏了",
    ],
)
def test_strangers_at_the_gate_are_no_violence_at_home(text: str) -> None:
    heard = danger_in(text)
    assert heard
    assert heard.kind == "outsiders"
    assert "12338" not in heard.reply


@pytest.mark.parametrize("text", ["老公带人来砸我家门", "我老公拿棍子打我 邻居都看见了"])
def test_a_husband_at_the_door_stays_violence_at_home(text: str) -> None:
    heard = danger_in(text)
    assert heard
    assert heard.kind == "violence"


@pytest.mark.parametrize(
    "text", ["他要是去劳动局告我，我没给上保险，这酒是他中午喝的", "那工伤保险没交咋办"]
)
async def test_a_question_of_work_lets_go_of_who_stood_at_the_gate(world: World, text: str) -> None:
    await world.say("工人家属带人来砸我铺子")
    world.rasa.script[text] = says("您问的是哪一个？")
    assert await reply(world, text) == "您问的是哪一个？"


@pytest.mark.parametrize(
    "text",
    [
        "没打我啊,我爸没打我,就是他老出去打麻将不管我,我就想跟我妈",
        "他没打过我呀 我就问问",
        "我爸可没打人",
    ],
)
def test_who_says_that_nobody_hit_denies_it(text: str) -> None:
    assert denied(text)


@pytest.mark.parametrize("text", ["没打我 就是老掐我", "他没打我,就是把我锁屋里"])
def test_who_was_not_hit_but_otherwise_hurt_denies_nothing(text: str) -> None:
    assert not denied(text)


@pytest.mark.parametrize(
    "text",
    [
        "儿子离婚了 孙子归他妈 我去看孙子人家不开门",
        "我孙子叫他妈领走了 不让我看 我能告她不",
        "我就想看看孩子 他妈把孩子带到外地了",
        "俩孩子,大的9岁一个1岁半,我想都要",
        "过不下去了 想离婚 孩子9岁一个1岁半",
    ],
)
def test_who_asks_calmly_about_children_after_a_divorce_hears_no_numbers(text: str) -> None:
    assert not perhaps_danger(text)


@pytest.mark.parametrize(
    "text",
    [
        "孙子让他后妈打得不敢回家 我想看看孩子",
        "离婚了孩子归他 我不想活了",
        "想离婚 他把孩子锁屋里不让我看",
    ],
)
def test_harm_beside_the_children_is_still_heard(text: str) -> None:
    assert danger_in(text) or perhaps_danger(text)


async def test_who_asks_again_how_to_write_to_the_police_is_told_and_not_sent_round(
    world: World,
) -> None:
    texts = ["他在外屋 别出声 我怎么办", "能发短信报警不", "12110能发短信不 怎么写"]
    told = [await reply(world, text) for text in texts]
    assert "请他替您打 110" in told[2]
    assert "我在××旗" in told[2]
