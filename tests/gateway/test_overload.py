"""More than can be answered in time: who waits, who is told that it will come, who goes first."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager

import pytest

from gateway import left_lying
from gateway.channels import Outcome, Turn
from gateway.errors import AnsweredLater
from gateway.line import AT_ONCE, Line
from gateway.record import UNANSWERED
from gateway.together import Together
from gateway.writing import WritingLine
from tests.gateway.conftest import World
from tests.gateway.workers.running import until


@pytest.fixture
async def full(world: World) -> AsyncIterator[World]:
    """A gateway whose assistant is busy with as many as it takes, and answers nobody."""
    async with _busy(world, "忙"):
        yield world


@asynccontextmanager
async def _busy(world: World, text: str) -> AsyncIterator[None]:
    """Keeps every place of the assistant taken until the gate of the text is opened."""
    world.rasa.gates[text] = asyncio.Event()
    busy = [asyncio.create_task(_ask(world, f"{text}-{number}", text)) for number in range(AT_ONCE)]

    async def all_taken() -> bool:
        return world.rasa.texts.count(text) == AT_ONCE

    await until(all_taken)
    yield
    world.rasa.gates[text].set()
    await asyncio.gather(*busy)


async def _ask(world: World, citizen: str, text: str) -> Turn:
    return await world.say(text, citizen, channel="wechat", key=f"key-{citizen}")


async def _open(world: World) -> None:
    world.rasa.gates["忙"].set()

    async def settled() -> bool:
        return not any(message.status in UNANSWERED for message in await world.messages())

    await until(settled)


async def test_whose_turn_does_not_begin_in_time_is_not_kept_waiting_and_gets_it_pushed(
    full: World,
) -> None:
    with pytest.raises(AnsweredLater) as later:
        await _ask(full, "lin", "老板不发工资")
    assert later.value.path == "push"
    assert "老板不发工资" not in full.rasa.texts
    await _open(full)
    while await full.push():
        pass
    assert [reply.text for citizen, reply in full.sender.sent if citizen == "lin"] == [
        "您说的是：老板不发工资"
    ]


async def test_a_repeated_delivery_does_not_wait_and_is_no_second_turn(full: World) -> None:
    for _ in range(3):
        with pytest.raises(AnsweredLater):
            await _ask(full, "lin", "老板不发工资")
    await _open(full)
    assert full.rasa.texts.count("老板不发工资") == 1


async def test_behind_somebody_who_waits_too_long_the_path_is_taken_with_the_receipt(
    full: World,
) -> None:
    with pytest.raises(AnsweredLater):
        await _ask(full, "first", "一")
    with pytest.raises(AnsweredLater):
        await _ask(full, "second", "二")
    paths = {message.text: message.reply_path for message in await full.messages()}
    assert paths["一"] == paths["二"] == "push"


async def test_without_permission_to_push_the_reply_waits_to_be_asked_for(world: World) -> None:
    world.sender.outcomes = [Outcome("stopped", "48001")]
    await _ask(world, "before", "一")
    await world.conversations.claim_path("key-before", "push")
    await world.push()
    async with _busy(world, "忙"):
        with pytest.raises(AnsweredLater) as later:
            await _ask(world, "first", "老板不发工资")
        assert later.value.path == "held"
        with pytest.raises(AnsweredLater) as later:
            await _ask(world, "second", "离婚")
        assert later.value.path == "held"
    await _open(world)
    shown = (await world.say("1", "first", channel="wechat")).reply
    assert shown
    assert shown.text == "您说的是：老板不发工资"


async def test_danger_is_answered_at_once_however_many_wait(full: World) -> None:
    turn = await _ask(full, "lin", "我不想活了")
    assert turn.reply
    assert "110" in turn.reply.text


async def test_many_messages_of_one_citizen_take_one_place_only(world: World) -> None:
    world.rasa.gates["慢"] = asyncio.Event()
    slow = [
        asyncio.create_task(world.say("慢", "chatty", channel="wechat")) for _ in range(AT_ONCE + 1)
    ]
    await world.rasa.arrived["慢"].wait()
    assert (await _ask(world, "lin", "老板不发工资")).status == "ok"
    world.rasa.gates["慢"].set()
    await asyncio.gather(*slow)


async def test_who_fetches_replies_is_kept_waiting_as_long_as_it_takes(full: World) -> None:
    waiting = asyncio.create_task(full.say("老板不发工资", "lin", channel="rest"))
    with pytest.raises(AnsweredLater):
        await _ask(full, "other", "离婚")
    assert not waiting.done()
    full.rasa.gates["忙"].set()
    assert (await waiting).status == "ok"


async def test_a_message_settled_meanwhile_is_not_given_to_the_outbox_by_whoever_resumes(
    world: World,
) -> None:
    """Its delivery is being answered: claimed for the outbox after that, it would be lost."""
    await _ask(world, "lin", "老板不发工资")
    (message, _) = await world.messages()
    async with world.session() as session, session.begin():
        await left_lying.push_later(session, [message.id], {"wechat"})
    assert await world.conversations.claim_path("key-lin", "passive") == "passive"


async def test_the_line_serves_in_order_and_knows_how_long_its_first_has_waited() -> None:
    line, served = Line(), list[int]()
    async with AsyncExitStack() as places:
        for number in range(AT_ONCE):
            await places.enter_async_context(line.place(-number))
        assert line.waited == 0

        async def come(number: int) -> None:
            async with line.place(number):
                served.append(number)

        tasks = [asyncio.create_task(come(number)) for number in (1, 2, 3)]
        await asyncio.sleep(0)
        assert line.waits(2)
        assert line.waited > 0
        tasks[0].cancel()
        await asyncio.gather(tasks[0], return_exceptions=True)
    await asyncio.gather(*tasks[1:])
    assert served == [2, 3]
    assert not line.waits(2)
    assert line.waited == 0


async def test_what_comes_in_while_one_go_runs_is_done_in_the_next() -> None:
    goes: list[list[int]] = []
    may = asyncio.Event()

    async def work(items: Sequence[int]) -> Sequence[int]:
        goes.append(list(items))
        await may.wait()
        return [item * 2 for item in items]

    together = Together(work)
    tasks = [asyncio.create_task(together.add(1))]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    tasks += [asyncio.create_task(together.add(item)) for item in (2, 3)]
    await asyncio.sleep(0)
    may.set()
    assert await asyncio.gather(*tasks) == [2, 4, 6]
    assert goes == [[1], [2, 3]]


async def test_one_that_fails_does_not_spoil_the_others() -> None:
    async def work(items: Sequence[int]) -> Sequence[float]:
        return [1 / item for item in items]

    together = Together(work)
    found = await asyncio.gather(*map(together.add, (1, 0, 2)), return_exceptions=True)
    assert found[0] == 1
    assert isinstance(found[1], ZeroDivisionError)
    assert found[2] == 0.5


async def test_who_takes_something_in_writes_before_the_others_and_a_cancelled_one_not_at_all() -> (
    None
):
    line, wrote = WritingLine(), list[str]()
    await line.enter(first=False)

    async def write(name: str, *, first: bool) -> None:
        await line.enter(first=first)
        wrote.append(name)
        line.leave()

    tasks = [
        asyncio.create_task(write("turn", first=False)),
        asyncio.create_task(write("gone", first=False)),
        asyncio.create_task(write("receipt", first=True)),
    ]
    await asyncio.sleep(0)
    tasks[1].cancel()
    line.leave()
    await asyncio.gather(*tasks, return_exceptions=True)
    assert wrote == ["receipt", "turn"]


async def test_a_writer_cancelled_as_its_turn_comes_lets_the_next_one_write() -> None:
    line = WritingLine()
    await line.enter(first=False)
    second = asyncio.create_task(line.enter(first=False))
    third = asyncio.create_task(line.enter(first=False))
    await asyncio.sleep(0)
    line.leave()
    second.cancel()
    await asyncio.gather(second, return_exceptions=True)
    await third
