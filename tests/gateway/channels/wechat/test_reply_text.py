"""A reply as one message: its characters, its length, and what happens to a longer one."""

import pytest

from gateway.channels.wechat.text import LIMIT, size
from tests.fakes.tencent import Seen
from tests.gateway.channels.wechat.conftest import LABEL, ME, SUCCESS, World
from tests.gateway.channels.wechat.engine import said


async def test_markup_in_a_reply_stays_text(world: World) -> None:
    text = "]]></Content></xml><b>&amp;\x00\x0b\ud800。"
    world.engine.answer = said(text)
    await world.tencent.say(ME, "问题")
    expected = f"]]></Content></xml><b>&amp;。\n\n{LABEL}"
    assert world.tencent.seen[ME] == [Seen("passive", expected)]


async def test_a_reply_of_exactly_the_limit_is_passive(world: World) -> None:
    room = LIMIT - size(f"\n\n{LABEL}")
    world.engine.answer = said("好" * (room // 3) + "a" * (room % 3))
    await world.tencent.say(ME, "问题")
    (line,) = world.tencent.seen[ME]
    assert (line.via, size(line.text)) == ("passive", LIMIT)


async def test_a_longer_reply_is_pushed_whole_in_numbered_parts(world: World) -> None:
    world.engine.answer = said("这是一句话。" * 150)
    assert await world.tencent.say(ME, "问题") == SUCCESS
    one, two = await world.tencent.wait_seen(ME, 2)
    assert (one.via, two.via) == ("push", "push")
    assert one.text.startswith("(1/2)\n")
    assert two.text.startswith("(2/2)\n")
    assert (one.text + two.text).count("这是一句话。") == 150
    assert LABEL in two.text


@pytest.mark.parametrize("letters", ["😀", "𠮷", "👨‍👩‍👧‍👦", "é", "好"])
@pytest.mark.parametrize("before", ["", "a", "aa", "aaa"])
async def test_no_character_is_cut_in_half(world: World, letters: str, before: str) -> None:
    text = before + letters * (3_000 // size(letters))
    world.engine.answer = said(text)
    assert await world.tencent.say(ME, "问题") == SUCCESS
    lines = await world.tencent.wait_seen(ME, 2)
    assert world.tencent.faults == []
    assert all(size(line.text) <= LIMIT for line in lines)
    bodies = [line.text.split("\n", 1)[1].removesuffix(f"\n\n{LABEL}") for line in lines]
    assert "".join(bodies) == text


async def test_an_account_that_may_not_push_cuts_between_characters(world: World) -> None:
    world.engine.may_push = False
    world.engine.answer = said("😀" * 1_000)
    await world.tencent.say(ME, "问题")
    (line,) = world.tencent.seen[ME]
    assert line.via == "passive"
    assert LIMIT - 100 <= size(line.text) <= LIMIT
    assert "\ufffd" not in line.text
