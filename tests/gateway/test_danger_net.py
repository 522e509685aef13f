"""Where no rule finds danger the net may: the numbers first, and the question all the same."""

import re
from pathlib import Path

import pytest

from gateway import danger_net
from gateway.danger_net import Net, net, pieces_of, written
from gateway.errors import BadData
from gateway.safety import danger_in, perhaps_danger, rules, surely_sounds_like_danger, with_numbers
from gateway.words import words
from tests.gateway.conftest import World

HEARD = "爸爸走了没回来，我和弟弟把最后一袋面吃了"  # by the net alone
UNSURE = "隔壁老王堵我家门"  # by the net alone, perhaps
CALM = "老板拖欠我三个月工资怎么办"
RULED = "我不想活了"
NUMBERS = rules().perhaps.say.strip()
LINE = rules().perhaps.line


@pytest.fixture(autouse=True)
def _the_net_is_read_anew() -> None:
    net.cache_clear()


def test_the_lines_of_these_tests_are_what_they_are_meant_to_be() -> None:
    assert danger_in(HEARD) is None
    assert perhaps_danger(HEARD)
    assert not perhaps_danger(CALM)
    assert danger_in(RULED)


@pytest.mark.parametrize(
    "text", ["", "1", "好", "不了", "够了", "谢谢", "我走了", "找律师", "。。。", "🙏"]
)
def test_a_word_or_two_is_not_danger(text: str) -> None:
    assert not perhaps_danger(text)


def test_the_net_reads_traditional_characters_and_blanks_as_the_rules_do() -> None:
    assert perhaps_danger("爸爸走了沒回來 我和弟弟把最後一袋麵吃了")


def test_the_numbers_come_before_the_reply() -> None:
    assert with_numbers(HEARD, "答复", []) == f"{NUMBERS}\n\n答复"


def test_where_the_net_is_not_sure_one_line_comes_behind_the_reply() -> None:
    assert perhaps_danger(UNSURE)
    assert with_numbers(UNSURE, "答复", []) == f"答复\n\n{LINE}"
    assert "\n" not in LINE


def test_in_the_middle_of_a_conversation_it_must_sound_more_like_danger() -> None:
    calling = "他又在外头喊我名字"
    assert perhaps_danger(calling)
    assert with_numbers(calling, "答复", []) == f"答复\n\n{LINE}"
    assert not perhaps_danger(calling, midway=True)
    assert with_numbers(calling, "答复", ["上一句答复"]) is None


@pytest.mark.parametrize("told", [NUMBERS, f"答复\n\n{LINE}", "请现在就打 110（报警）。\n…"])
def test_who_has_just_read_numbers_does_not_read_the_line(told: str) -> None:
    assert with_numbers(UNSURE, "答复", ["别的", told]) is None


def test_the_numbers_before_the_reply_are_not_said_again_at_once() -> None:
    assert with_numbers(HEARD, "答复", [f"{NUMBERS}\n\n答复"]) is None
    assert with_numbers(HEARD, "答复", [f"答复\n\n{LINE}"]) == f"{NUMBERS}\n\n答复"


@pytest.mark.parametrize(
    "text", ["有个男的老在学校门口等我，没危险", "我干活从架子上掉下来 住院一个月了 老板不接电话"]
)
def test_what_is_denied_or_over_is_not_surely_danger(text: str) -> None:
    assert perhaps_danger(text)
    assert not surely_sounds_like_danger(text)
    assert not (with_numbers(text, "答复", []) or "").startswith(NUMBERS)


@pytest.mark.parametrize(
    ("text", "reply"), [(CALM, "答复"), (RULED, "答复"), (HEARD, "不想活了打 12356。答复")]
)
def test_numbers_are_not_said_without_need_or_twice(text: str, reply: str) -> None:
    assert with_numbers(text, reply, []) is None


def test_the_numbers_are_those_of_the_kinds() -> None:
    known = set(re.findall(r"(?<!\d)1\d{2,4}(?!\d)", "".join(kind.reply for kind in rules().kinds)))
    said = set(re.findall(r"(?<!\d)1\d{2,4}(?!\d)", NUMBERS))
    assert {"110", "119", "120", "12356"} <= said <= known


def test_what_is_written_is_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "net.tsv"
    path.write_text(written("# note", -0.5, {"刀": (1.5, 4.0), "安": (-2.0, 3.0)}), "utf-8")
    monkeypatch.setattr(danger_net, "PATH", path)
    assert net() == Net(-0.5, {"刀": (6.0, 16.0), "安": (-6.0, 9.0)})


@pytest.mark.parametrize("text", [None, "", "# note\n", "# note\nnone\n", "# note\n1\n刀\t1\n"])
def test_a_net_that_cannot_be_read_is_named(
    text: str | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "net.tsv"
    if text is not None:
        path.write_text(text, "utf-8")
    monkeypatch.setattr(danger_net, "PATH", path)
    with pytest.raises(BadData, match=r"net\.tsv"):
        net()


def test_more_of_the_same_pieces_says_more_and_clauses_do_not_matter() -> None:
    one = Net.of(0.0, {"刀": (1.0, 6.0), "追": (1.0, 6.0)})
    assert one.score("刀追") > one.score("刀") > one.score("安")
    assert pieces_of("拿刀,追") == pieces_of("拿刀追")


async def test_the_question_is_answered_after_the_numbers(world: World) -> None:
    world.rasa.script[HEARD] = {"status": "ok", "messages": [{"text": "答复", "options": ["详细"]}]}
    turn = await world.say(HEARD)
    assert turn.reply
    assert turn.reply.text == f"{NUMBERS}\n\n答复"
    assert list(turn.reply.options) == ["详细"]
    assert world.rasa.texts == [HEARD]


async def test_the_line_is_said_once_in_three_replies(world: World) -> None:
    world.rasa.script["嗯嗯"] = {"status": "ok", "messages": [{"text": "好"}]}
    replies = [await world.say(text) for text in (UNSURE, UNSURE, "嗯嗯", "嗯嗯", UNSURE, UNSURE)]
    said = [LINE in turn.reply.text for turn in replies if turn.reply]
    assert said == [True, False, False, False, True, False]


async def test_no_case_is_opened_or_put_first_for_a_guess(world: World) -> None:
    await world.say("你好", citizen="first")
    await world.ask_for_lawyer("first")
    await world.say("你好")
    conversation = await world.ask_for_lawyer()
    turn = await world.say(HEARD)
    assert turn.reply
    assert "110" in turn.reply.text.splitlines()[0]
    async with world.session() as session:
        case = await world.desk.open_case_of(session, conversation)
    assert case
    assert case.position == 2


async def test_the_numbers_are_said_when_rasa_is_down(world: World) -> None:
    await world.rasa.stop()
    turn = await world.say(HEARD)
    assert turn.reply
    assert turn.reply.text.startswith(NUMBERS)


async def test_a_lawyer_is_not_interrupted_by_a_guess(world: World) -> None:
    await world.say("你好")
    conversation = await world.ask_for_lawyer()
    await world.lawyer_takes(conversation)
    turn = await world.say(HEARD)
    assert turn.reply is None


async def test_a_fixed_phrase_is_what_it_is(world: World) -> None:
    await world.say("你好")
    await world.ask_for_lawyer()
    assert perhaps_danger("算了不等了 我走")
    turn = await world.say("算了不等了 我走")
    assert turn.reply
    assert turn.reply.text == words().withdrawn
