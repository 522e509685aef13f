"""Danger that was told is held: the next messages stay with the person."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import update

from gateway.crisis import UNNAMED, Crisis, turned_in, words
from gateway.safety import danger_in, every_reply, perhaps_danger, rules, surely_sounds_like_danger
from gateway.tables import Message, now
from gateway.words import words as gateway_words
from tests.fakes.rasa import says
from tests.gateway.conftest import World

SUICIDE = "想从楼上下去算了 活着没意思了"
HANDOFF = gateway_words().handoff_phrases[0]
LOCKED = "房东把我锁屋里了 出不去"
BURNING = "他说要把我们家点了 汽油都拎来了"
THREATENED = "前夫微信说要弄死我全家 我保存了截图 怎么办"
BEATEN = "他昨晚掐我脖子"
HEARD = "爸爸走了没回来，我和弟弟把最后一袋面吃了"  # by the net alone, and surely
GUESSED = "隔壁老王堵我家门"  # by the net alone, perhaps


async def _reply(world: World, text: str) -> str:
    turn = await world.say(text)
    assert turn.reply
    return turn.reply.text


def test_every_kind_of_danger_can_be_held() -> None:
    ended_by_help = {"fire", "gas_leak", "medical", "co", "electrocuted", "wound", "frostbite"}
    ended_by_help |= {"sick_child", "no_medicine", "paint", "sick_from_animals", "after_blow"}
    ended_by_help |= {"paid_rescuer"}
    held = {*every_reply(), "grown", "hitter", "in_company", UNNAMED}
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
    assert (await _reply(world, text)).startswith("管，现在就打 110")


async def test_the_same_words_are_not_said_twice_running(world: World) -> None:
    await world.say(SUICIDE)
    said = [await _reply(world, text) for text in ("嗯", "不知道")]
    assert len(set(said)) == 2


async def test_words_that_stay_are_said_twice_running_then_a_person_is_offered(
    world: World,
) -> None:
    world.rasa.script["唉"] = says("我没听明白。")
    await world.say(BEATEN)
    stay = [each.say for each in words().kinds["violence"].stay]
    assert await _reply(world, "嗯") in stay
    assert await _reply(world, "就那样") in stay
    third = await world.say("唉")
    assert "held" not in world.rasa.bodies[-1]
    assert third.reply
    assert third.reply.text.endswith("我没听明白。")
    assert third.reply.options == (HANDOFF,)
    assert await _reply(world, "嗯") in stay


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
    said = [await _reply(world, text) for text in ("保护令呢", "离婚呢", "孩子呢")]
    assert said == [f"{front}\n\n答复。", "答复。", "答复。"]
    assert world.rasa.bodies[-1]["held"] is True
    await world.say(BEATEN)
    assert await _reply(world, "孩子呢") == f"{front}\n\n答复。"


@pytest.mark.parametrize("text", ["我老公晕倒了叫不醒", "我家着火了"])
async def test_where_help_ends_it_the_numbers_come_once(world: World, text: str) -> None:
    assert "1" in (await _reply(world, text)).splitlines()[0]
    assert await _reply(world, "工资怎么要") == "您说的是：工资怎么要"
    assert "held" not in world.rasa.bodies[-1]


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
    assert (await _reply(world, text)).removesuffix(rules().perhaps.line).strip() == "答复。"
    assert "held" not in world.rasa.bodies[-1]
    assert await _reply(world, "工资怎么要") == "您说的是：工资怎么要"
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


async def test_who_says_that_the_other_will_do_it_is_no_longer_taken_for_who_does(
    world: World,
) -> None:
    await world.say("我要把他家点了 我要杀了他")
    text = await _reply(world, "不是我要点 是他要点")
    assert text == every_reply()["arson"].strip()
    world.rasa.script["他这算犯法不"] = says("算。")
    assert await _reply(world, "他这算犯法不") == f"{words().kinds['arson'].front}\n\n算。"


@pytest.mark.parametrize("before", [BEATEN, "你好"])
@pytest.mark.parametrize("text", ["是我打的她 不是她打我", "我把我前妻打了 她要告我 咋办"])
async def test_who_hit_somebody_is_answered_and_told_to_stay_away(
    world: World, before: str, text: str
) -> None:
    await world.say(before)
    world.rasa.script |= {text: says("答复。"), "会拘留我不": says("会。")}
    front = words().kinds["hitter"].front
    assert "别再动手" in front
    assert await _reply(world, text) == f"{front}\n\n答复。"
    assert await _reply(world, "会拘留我不") == "会。"


async def test_who_says_again_that_he_hit_hears_it_no_more_often(world: World) -> None:
    again = "是我打的她 不是她打我"
    world.rasa.script |= {text: says("答复。") for text in ("我把我前妻打了", again)}
    await world.say("我把我前妻打了")
    await world.say(again)
    assert await _reply(world, again) == "答复。"
    assert world.rasa.bodies[-1]["held"] is True


async def test_who_hit_somebody_stays_who_hit_until_it_is_corrected(world: World) -> None:
    hit = "我把我前妻打了 她要告我 咋办"
    world.rasa.script |= {hit: says("答复。"), "会拘留我不": says("会。")}
    await world.say(hit)
    assert "鉴定" in await _reply(world, "脸肿了 她去验伤了")
    assert await _reply(world, "会拘留我不") == "会。"
    seen = await _reply(world, "孩子在她那 以后还让我看不")
    assert "别去抢孩子" in seen
    assert "带在身边" not in seen
    assert await _reply(world, "她拿刀要砍我") == every_reply()["violence"].strip()


@pytest.mark.parametrize("text", ["他先打我 我还手打了他", "我打了他电话", "我把他家狗打死了"])
def test_who_defends_himself_hit_nobody(text: str) -> None:
    assert turned_in(text, []) is None


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
    assert await _reply(world, over) == words().is_over.strip()
    assert await _reply(world, "工资怎么要") == "您说的是：工资怎么要"
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
    assert await _reply(world, text) != words().is_over.strip()
    await world.say("工资怎么要")
    assert world.rasa.bodies[-1]["held"] is True


@pytest.mark.parametrize("text", ["没事", "没事了", "没事儿", "我没事", "嗯 没事", "他走了"])
async def test_who_wanted_to_die_is_not_left_for_a_word(world: World, text: str) -> None:
    await world.say(SUICIDE)
    asked = len(world.rasa.bodies)
    stay = [each.say for each in words().kinds["suicide"].stay]
    assert await _reply(world, text) in stay
    assert len(world.rasa.bodies) == asked
    await world.say("工资怎么要")
    assert world.rasa.bodies[-1]["held"] is True


async def test_a_word_of_no_harm_is_met_kindly(world: World) -> None:
    await world.say(SUICIDE)
    assert "您说没事" in await _reply(world, "没事")


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
    assert (await _reply(world, more)).endswith("可以请平台删。")


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


async def test_what_only_the_net_hears_but_surely_is_held(world: World) -> None:
    world.rasa.script |= {HEARD: says("答复。"), "工资怎么要": says("去投诉。")}
    assert await _reply(world, HEARD) == f"{rules().perhaps.say.strip()}\n\n答复。"
    assert world.rasa.bodies[-1]["held"] is True
    assert await _reply(world, "工资怎么要") == "去投诉。"
    assert world.rasa.bodies[-1]["held"] is True
    assert await _reply(world, "工资怎么要") == "去投诉。"
    assert "held" not in world.rasa.bodies[-1]


async def test_what_only_the_net_hears_is_not_met_by_a_menu(world: World) -> None:
    stay = [each.say for each in words().kinds[UNNAMED].stay]
    assert await _reply(world, HEARD) in stay
    assert await _reply(world, "嗯") in stay


async def test_what_the_net_is_not_sure_of_is_not_held(world: World) -> None:
    assert perhaps_danger(GUESSED)
    assert not surely_sounds_like_danger(GUESSED)
    await world.say(GUESSED)
    assert "held" not in world.rasa.bodies[-1]
    assert await _reply(world, "工资怎么要") == "您说的是：工资怎么要"


async def test_a_danger_with_a_name_goes_before_what_the_net_heard_after_it(world: World) -> None:
    world.rasa.script["工资怎么要"] = says("去投诉。")
    await world.say(SUICIDE)
    await world.say(HEARD)
    assert (await _reply(world, "工资怎么要")).startswith(words().kinds["suicide"].front)


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
    told = await _reply(world, text)
    assert told.startswith("别开门，别出去。门反锁")
    assert "110" in told.splitlines()[0]
    assert len(world.rasa.bodies) == asked


@pytest.mark.parametrize(
    "text", ["他要是到楼下了咋办", "我到派出所门口了", "我妈到楼下了", "判决书下来了 咋离婚"]
)
async def test_who_else_has_come_or_might_is_answered(world: World, text: str) -> None:
    await world.say(BEATEN)
    world.rasa.script[text] = says("答复。")
    assert (await _reply(world, text)).endswith("答复。")


@pytest.mark.parametrize("danger", [THREATENED, LOCKED])
async def test_who_has_called_the_police_is_not_told_that_they_refuse(
    world: World, danger: str
) -> None:
    await world.say(danger)
    told = await _reply(world, "我锁门了报警了 警察说在路上")
    assert told.startswith("做得对。门别开")
    assert "不管" not in told


async def test_who_stays_up_there_is_asked_to_hold_on_and_shown_no_menu(world: World) -> None:
    await world.say("老板不给钱 我爬到吊车上了 不给我就跳")
    asked = len(world.rasa.bodies)
    assert "抓牢" in await _reply(world, "我在吊车上呢")
    assert len(world.rasa.bodies) == asked


async def test_a_mother_is_not_spoken_to_as_the_child(world: World) -> None:
    await world.say("同学围着打我女儿 孩子不见了")
    told = await _reply(world, "我闺女睡了 不说话")
    assert "您也能替他打" in told
    assert "跟爸妈说" not in told


async def test_no_child_is_named_where_none_was(world: World) -> None:
    await world.say(BURNING)
    assert "孩子" not in words().kinds["arson"].front
    assert "您和孩子" not in await _reply(world, "嗯")


async def test_who_watches_over_another_is_not_spoken_to_as_who_wants_to_die(world: World) -> None:
    assert "守着他" in await _reply(world, "孩子说不想上学了 晚上老哭 手腕上有划的道道")
    fees = "那医药费找谁要"
    world.rasa.script[fees] = says("学校、家长。")
    told = await _reply(world, fees)
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
    assert "12355" in await _reply(world, "他们在厕所打我")
    assert "12355" not in await _reply(world, text)
    assert "孩子" not in await _reply(world, "他们又要打我了 我害怕")


async def test_who_is_threatened_and_tells_of_no_child_is_no_child(world: World) -> None:
    told = await _reply(world, "我害怕，他们要是真来打我咋办")
    assert "110" in told
    assert "12355" not in told
    assert "孩子" not in told


@pytest.mark.parametrize("text", ["我才十几 他们堵我打我", "同学围着打我", "我上初二 他们老欺负我"])
async def test_a_child_hears_the_words_for_children(world: World, text: str) -> None:
    assert re.search("12355|孩子", await _reply(world, text))


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
    assert "医药费由打人的人赔" in await _reply(world, text)


async def test_who_is_hit_by_no_kin_is_not_spoken_to_as_in_a_family(world: World) -> None:
    await world.say(BEATEN)
    await world.say("我一个男的哪来的孩子 他是我老板")
    again = await _reply(world, "他又打我了")
    assert not re.search("12338|孩子|家庭暴力", again)


@pytest.mark.parametrize("text", ["我没挨打 我问的是财产报告", "都不是！", "你胡说啥 没人打我"])
async def test_a_denial_ends_it_at_once_and_clears_the_matter(world: World, text: str) -> None:
    world.rasa.script[text] = says("好，说财产报告。")
    await world.say(BEATEN)
    assert await _reply(world, text) == "好，说财产报告。"
    assert "danger" not in world.rasa.bodies[-1]
    assert world.rasa.bodies[-1]["never"]


@pytest.mark.parametrize(
    "text", ["没躲 就是怕车的事说了被抓 老婆孩子还要吃饭", "我不想躲债 怕被抓"]
)
def test_who_fears_the_court_is_in_no_danger(text: str) -> None:
    assert danger_in(text) is None
