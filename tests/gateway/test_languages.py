"""A message in another language gets numbers in two languages and a way to a person."""

import pytest

from gateway.languages import in_another_language
from tests.gateway.conftest import World

OTHERS = [
    "ᠰᠠᠶᠢᠨ ᠪᠠᠶᠢᠨ᠎ᠠ ᠤᠤ",
    "ᠮᠣᠩᠭᠣᠯ",
    "Сайн байна уу",
    "Мне нужен юрист",
    "привет",
    "Sain bainuu",
    "sain baina uu",
    "Sain uu",
    "sn bnu",
    "bayarlalaa",
    "Mongol hel",
    "안녕하세요",
    "مرحبا كيف حالك",
    "བཀྲ་ཤིས་བདེ་ལེགས།",
    "こんにちは",
    "My boss has not paid me for three months",
    "I need a lawyer, please help",
    "can you speak English?",
    "Où est le bureau d'aide juridique ?",
    "ᠮᠣᠩᠭᠣᠯ ᠬᠡᠯᠡ 蒙",
]
CHINESE = [
    "老板拖欠工资怎么办",
    "你好",
    "hello",
    "hi",
    "ok",
    "OK 谢谢",
    "我在APP上借了5000块",
    "WTO是什么",
    "lihun",
    "ᠮ是什么字，蒙古文怎么写",
    "我说 my name is Tom and I work here 老板不给钱",
    "12348",
    "👍",
    "？",
    "",
    "A公司和B公司",
]


@pytest.mark.parametrize("text", OTHERS)
def test_another_language_is_told(text: str) -> None:
    assert in_another_language(text)


@pytest.mark.parametrize("text", CHINESE)
def test_chinese_with_a_few_foreign_words_is_read(text: str) -> None:
    assert not in_another_language(text)


async def test_another_language_is_answered_without_rasa(world: World) -> None:
    await world.rasa.stop()
    turn = await world.say("ᠰᠠᠶᠢᠨ ᠪᠠᠶᠢᠨ᠎ᠠ ᠤᠤ")
    assert turn.reply
    assert "12348" in turn.reply.text
    assert "lawyer" in turn.reply.text
    assert list(turn.reply.options) == ["找律师"]
