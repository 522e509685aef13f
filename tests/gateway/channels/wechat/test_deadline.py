"""Five seconds: one turn, one path, the same reply to every delivery."""

import asyncio

from gateway.channels.wechat.answering import Turns
from tests.fakes.tencent import TYPING, Seen
from tests.gateway.channels.wechat.conftest import LABEL, ME, SUCCESS, World, open_world
from tests.gateway.channels.wechat.engine import Engine, said


async def test_four_deliveries_at_once_are_one_turn_and_one_reply(world: World) -> None:
    world.engine.may_answer.clear()
    fields = world.tencent.message(ME, "text", Content="问题")
    attempts = [asyncio.create_task(world.tencent.attempt(fields)) for _ in range(4)]
    while len(world.engine.joined) < 4:
        await world.engine.has_joined.get()
    world.engine.may_answer.set()
    answers = await asyncio.gather(*attempts)
    texts = {world.tencent.open(answer.body)["Content"] for answer in answers}
    assert texts == {f"您可以申请劳动仲裁。\n\n{LABEL}"}
    assert len(world.engine.received) == 1
    assert list(world.engine.paths.values()) == ["passive"]


async def test_a_later_retry_gets_the_same_reply(world: World) -> None:
    fields = world.tencent.message(ME, "text", Content="问题")
    first = await world.tencent.attempt(fields)
    world.engine.answer = said("另一个回答。")
    again = await world.tencent.attempt(fields)
    assert world.tencent.open(first.body)["Content"] == world.tencent.open(again.body)["Content"]


async def test_a_late_reply_is_acknowledged_and_pushed_once() -> None:
    async with open_world(deadline=0) as world:
        world.engine.may_answer.clear()
        fields = world.tencent.message(ME, "text", Content="问题")
        assert await world.tencent.deliver(fields) == SUCCESS
        assert await world.tencent.wait_typed(1) == [ME]
        assert world.tencent.seen[ME] == []
        assert await world.tencent.attempt(fields) == SUCCESS[0]
        world.engine.may_answer.set()
        (line,) = await world.tencent.wait_seen(ME, 1)
        assert line == Seen("push", f"您可以申请劳动仲裁。\n\n{LABEL}")
        assert await world.tencent.attempt(fields) == SUCCESS[0]
        assert len(world.tencent.seen[ME]) == 1
        assert len(world.engine.received) == 1


async def test_once_pushed_a_retry_in_good_time_is_only_acknowledged(world: World) -> None:
    fields = world.tencent.message(ME, "text", Content="问题")
    key = f"wechat:{fields['MsgId']}"
    world.engine.paths[key] = "push"
    assert await world.tencent.deliver(fields) == SUCCESS
    await world.tencent.wait_seen(ME, 1)
    assert [line.via for line in world.tencent.seen[ME]] == ["push"]


async def test_a_late_retry_of_an_answered_message_gets_the_same_reply() -> None:
    async with open_world(deadline=0) as world:
        fields = world.tencent.message(ME, "text", Content="问题")
        world.engine.paths[f"wechat:{fields['MsgId']}"] = "passive"
        world.engine.may_answer.clear()
        world.engine.on_claim = world.engine.may_answer.set
        await world.tencent.deliver(fields)
        assert world.tencent.seen[ME] == [Seen("passive", f"您可以申请劳动仲裁。\n\n{LABEL}")]


async def test_the_platform_gives_up_on_a_silent_gateway_and_says_so() -> None:
    """The fake does what the real one does, else the other tests prove nothing."""
    gave_up: asyncio.Queue[None] = asyncio.Queue()
    for _ in range(3):
        gave_up.put_nowait(None)
    async with open_world(patience=gave_up.get) as world:
        world.engine.may_answer.clear()
        answers = await world.tencent.say(ME, "问题")
        assert [answer.status for answer in answers] == [0, 0, 0]
        assert [line.via for line in world.tencent.seen[ME]] == ["platform"]


async def test_a_slow_typing_call_delays_nobody() -> None:
    async with open_world(deadline=0) as world:
        world.tencent.hold(TYPING)
        world.engine.may_answer.clear()
        assert await world.tencent.say(ME, "问题") == SUCCESS


def test_the_engine_of_these_tests_has_the_real_ones_methods() -> None:
    engine: Turns = Engine()
    assert engine
