"""Danger comes first, whoever owns the chat and whether or not Rasa is there."""

import asyncio
import re
from pathlib import Path

import pytest
import yaml

from gateway.crisis import words
from gateway.safety import danger_in, every_reply, kinds
from tests.gateway.conftest import World

HOTLINES = Path(__file__).parents[2] / "knowledge" / "content" / "hotlines.yml"
SIGNS = [(kind.kind, text) for kind in kinds() for text in kind.signs]
SIGNS += [(other.kind, text) for kind in kinds() for other in kind.instead for text in other.signs]
NO_SIGNS = [text for kind in kinds() for text in kind.no_signs]


@pytest.mark.parametrize(("kind", "text"), SIGNS)
def test_a_sign_of_danger_is_seen(kind: str, text: str) -> None:
    found = danger_in(text)
    assert found
    assert found.kind == kind


@pytest.mark.parametrize("text", NO_SIGNS)
def test_news_negations_and_questions_of_law_are_no_signs(text: str) -> None:
    assert danger_in(text) is None


@pytest.mark.parametrize(
    ("kind", "numbers"),
    [
        ("suicide", {"12356", "120", "110"}),
        ("violence", {"110", "120", "12338"}),
        ("minor", {"110", "12355", "120"}),
        ("fire", {"119", "120", "110"}),
        ("outsiders", {"110", "120"}),
        ("at_the_door", {"110", "120"}),
        ("by_ones_children", {"110", "120"}),
        ("arson", {"110", "119", "120"}),
        ("paint", {"110", "120"}),
        ("stranger", {"110", "12355", "120"}),
        ("held_elsewhere", {"110", "120"}),
        ("starved", {"110", "120", "12345"}),
        ("turned_out", {"110", "120", "12345", "12348"}),
        ("child_at_home", {"110", "120", "12355"}),
        ("beaten_hurt", {"110", "120"}),
        ("wound", {"110", "120", "122"}),
        ("cold", {"110", "120", "12345"}),
        ("scam", {"110"}),
        ("paid_rescuer", {"110", "12348"}),
        ("after_blow", {"110", "120", "122"}),
        ("gas_leak", {"119", "120"}),
        ("co", {"119", "120"}),
        ("electrocuted", {"119", "120"}),
        ("lost_in_snow", {"110", "119", "120"}),
        ("frostbite", {"120"}),
        ("sick_child", {"110", "120"}),
        ("no_medicine", {"110", "120"}),
        ("medicine_runs_out", {"120", "12345"}),
        ("child_with_him", {"110", "120", "12338"}),
        ("may_call", {"110", "120"}),
        ("forced_note", {"110", "120"}),
        ("sick_from_animals", {"120", "12345"}),
    ],
)
def test_a_reply_begins_with_numbers_and_ends_with_a_person(kind: str, numbers: set[str]) -> None:
    reply = every_reply()[kind]
    assert set(re.findall(r"(?<!\d)1\d{2,4}(?!\d)", reply)) <= numbers
    assert re.search(r"1\d{2,4}", reply.splitlines()[0])
    assert "回复“找律师”" in reply.splitlines()[-1]


def test_every_number_is_one_of_the_hotlines() -> None:
    known = {each["number"] for each in yaml.safe_load(HOTLINES.read_text("utf-8"))}
    said = set(re.findall(r"(?<!\d)1\d{2,4}(?!\d)", "".join(every_reply().values())))
    assert {"110", "12345"} <= said <= known | {"12110"}  # said with a doubt: test_crisis_quiet


@pytest.mark.parametrize("word", ["12338", "保护令", "家庭暴力", "孩子"])
def test_a_quarrel_outside_the_family_is_not_given_the_words_of_one_within(word: str) -> None:
    outside = [every_reply()["outsiders"], *(each.say for each in words().kinds["outsiders"].stay)]
    assert not [text for text in outside if word in text]


@pytest.mark.parametrize(
    ("text", "kind", "said"),
    [
        ("他说我要走他就把房子点了 汽油都拎屋里了", "arson", "带着孩子"),
        ("有个男的天天在我家楼下转悠 我不敢回", "at_the_door", "别开门"),
        ("那个人又在我家楼下转", "at_the_door", "别开门"),
        ("我姐被她婆家关在屋里", "held_elsewhere", "替被关的人报"),
        ("网友要我跟他见面 我12岁", "stranger", "别发"),
        ("孙子又打我了", "by_ones_children", "村委会"),
        ("活不动了 瘫床上 儿媳妇不给饭吃", "starved", "热饭"),
        ("老太太两天没吃上饭 腿动不了", "starved", "热饭"),
        ("我不是孩子 我80了 儿媳妇不给饭吃", "starved", "热饭"),
        ("后妈不给我饭吃 我11岁", "child_at_home", "12355"),
        ("他刚又来了 在楼道", "at_the_door", "别开门"),
        ("他敲门呢叫我开", "at_the_door", "别开门"),
        ("他哥说他坐上车了要回来收拾我", "violence", "先离开"),
        ("他哥刚打电话说他坐上车了要回来收拾我", "violence", "先离开"),
    ],
)
def test_who_does_it_to_whom_decides_what_is_said(text: str, kind: str, said: str) -> None:
    found = danger_in(text)
    assert found
    assert found.kind == kind
    assert said in found.reply


@pytest.mark.parametrize(
    "text",
    ["快递来了在楼下", "物业敲门叫我交钱", "外卖敲门叫我开", "儿子不管我吃药的钱",
     "三个儿子都不给钱", "保姆不给做饭 能辞退不"],
)  # fmt: skip
def test_what_only_sounds_like_it_is_none_of_these(text: str) -> None:
    found = danger_in(text)
    assert found is None or found.kind not in ("starved", "at_the_door")


def test_who_does_not_know_where_the_debtor_lives_harms_nobody() -> None:
    assert danger_in("不知道他住哪 咋告") is None


@pytest.mark.parametrize("word", ["孩子带", "手机和孩子"])
def test_a_mother_hit_by_her_son_is_not_told_to_take_children_along(word: str) -> None:
    kind = words().kinds["by_ones_children"]
    assert not [
        text
        for text in (every_reply()["by_ones_children"], *(each.say for each in kind.stay))
        if word in text
    ]


@pytest.mark.parametrize(
    "text",
    [
        "不是抢孩子 就是我们分了 孩子归谁",
        "没打没抢 你咋老说打",
        "不是 她没真要杀我",
        "他没打我就是跟着",
        "把他家羊打死要赔不",
        "笑死我了 我老婆要杀了我",
    ],
)
def test_what_is_denied_or_happens_to_animals_is_no_danger(text: str) -> None:
    assert danger_in(text) is None


@pytest.mark.parametrize("text", ["房东还把我押金扣了", "老板把我工资扣了", "中介把我的身份证扣了"])
def test_things_that_are_withheld_are_no_captivity(text: str) -> None:
    assert danger_in(text) is None


@pytest.mark.parametrize("text", ["老板把我身份证扣了不让我走", "他把我扣在屋里了"])
def test_who_is_held_with_the_papers_is_in_danger(text: str) -> None:
    assert danger_in(text) is not None


@pytest.mark.parametrize(
    "text",
    [
        "他刚差点没打死我 掐我脖子",
        "他没打我 但是拿着刀在门口",
        "他这不是打我就是掐我脖子",
        "孩子没打 他现在打我",
        "是不是打我就没人管 他正在打我",
    ],
)
def test_a_denial_beside_danger_hides_none(text: str) -> None:
    assert danger_in(text)


async def test_danger_is_answered_without_rasa(world: World) -> None:
    await world.rasa.stop()
    turn = await world.say("我不想活了")
    assert turn.status == "ok"
    assert turn.reply
    assert turn.reply.text.startswith("请现在就打 12356")


async def test_danger_is_answered_while_a_lawyer_owns_the_chat_and_the_lawyer_sees_it(
    world: World,
) -> None:
    await world.say("你好")
    conversation = await world.ask_for_lawyer()
    await world.lawyer_takes(conversation)
    turn = await world.say("他拿着刀在门口")
    assert turn.reply
    assert "110" in turn.reply.text
    async with world.session() as session:
        lines = await world.desk.citizens.transcript(session, conversation)
    assert "他拿着刀在门口" in [line.text for line in lines]


async def test_danger_waits_for_nobodys_turn(world: World) -> None:
    world.rasa.gates["慢"] = asyncio.Event()
    slow = asyncio.create_task(world.say("慢"))
    await world.rasa.arrived["慢"].wait()
    turn = await world.say("救命")
    assert turn.reply
    assert "110" in turn.reply.text
    world.rasa.gates["慢"].set()
    assert (await slow).status == "ok"


async def test_a_waiting_case_becomes_urgent_with_danger(world: World) -> None:
    await world.say("你好", citizen="first")
    await world.ask_for_lawyer("first")
    await world.say("你好")
    conversation = await world.ask_for_lawyer()
    await world.say("老公正在打我")
    async with world.session() as session:
        case = await world.desk.open_case_of(session, conversation)
    assert case
    assert case.position == 1


async def test_an_option_number_still_counts_after_a_danger_reply(world: World) -> None:
    world.rasa.script["申请"] = {
        "status": "ok",
        "messages": [{"text": "哪一种？", "options": ["农民工", "低保户"]}],
    }
    await world.say("申请")
    await world.say("我不想活了")
    await world.say("1")
    assert world.rasa.texts == ["申请", "农民工"]
