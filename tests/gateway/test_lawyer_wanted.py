"""A person is asked for in many words, and always comes first."""

import pytest

from gateway.lawyer_wanted import wants_a_lawyer
from gateway.words import words as gateway_words
from tests.fakes.rasa import says
from tests.gateway.conftest import World

WANTED = gateway_words().handoff_phrases[0]
ASKS = (
    *("我三十二了不是小孩。找律师", "我是送外卖的大人！给我找个律师行不行", "不知道 找律师"),
    *("找律师", "帮我转个律师", "我不会弄，帮我找个律师吧", "别废话了 我要真人", "我都说了找律师"),
    *("能不能给我找个懂法的律师", "快点 转人工", "我要跟律师说话", "叫个律师来", "我就要找律师啊"),
    *("不是小孩了 我找律师", "算了，找律师吧", "你听不懂 换个真人", "给我接律师", "我说找律师！"),
    *("老板打我 给我找个律师", "我们要律师", "律师", "请给我安排一位律师谢谢", "我不知道找律师"),
)
NO_REQUEST = (
    *("找律师要多少钱", "不找律师行不行", "要不要找律师", "他找了律师咋办", "请律师有用吗"),
    *("没钱请律师", "律师咋还不来", "律师啥时候来", "对方请了律师", "律师费谁出", "算了不找律师了"),
    *("去哪找律师", "不用找律师", "我的律师跑了", "法院给他派了律师", "打官司必须请律师吗"),
    *("能给请律师不，你帮我看看", "能免费请律师吗", "这个能不能请律师不"),
    *("老板欠我工资", "我害怕", "请律师花多少钱", "找律师能打赢吗", "别找律师了"),
)


@pytest.mark.parametrize("text", ASKS)
def test_a_person_is_asked_for_in_any_words(text: str) -> None:
    assert wants_a_lawyer(text)


@pytest.mark.parametrize("text", NO_REQUEST)
def test_who_asks_about_lawyers_or_wants_none_asks_for_no_one(text: str) -> None:
    assert not wants_a_lawyer(text)


@pytest.mark.parametrize("text", ["我三十二了不是小孩。找律师", "不知道 找律师"])
async def test_the_request_reaches_the_bot_alone_in_danger_too(world: World, text: str) -> None:
    world.rasa.script[WANTED] = says("转给律师了")
    await world.say("他昨晚掐我脖子")
    turn = await world.say(text)
    assert turn.reply
    assert "转给律师了" in turn.reply.text
    assert "还在跟前" not in turn.reply.text


async def test_what_is_told_with_the_request_is_the_matter(world: World) -> None:
    world.rasa.script[WANTED] = says("转给律师了")
    story = "老板欠我三万工钱不给还骂人 给我找个律师"
    await world.say(story)
    assert world.rasa.bodies[-1]["text"] == WANTED
    assert world.rasa.bodies[-1]["danger"] == story
