"""Rasa down: an honest sentence now, the answer later, once."""

import asyncio
from datetime import timedelta

import pytest

from gateway import app as wiring
from gateway.tables import Conversation, Message, now
from gateway.words import words
from tests.fakes.rasa import says
from tests.gateway.conftest import World
from tests.gateway.workers.running import until


async def test_without_rasa_the_citizen_is_told_honestly_and_nothing_is_lost(world: World) -> None:
    await world.rasa.stop()
    turn = await world.say("老板欠我工资", key="k")
    assert turn.status == "error"
    assert turn.reply
    assert "12348" in turn.reply.text
    assert "找律师" in turn.reply.text
    assert (await world.messages())[0].status == "promised"
    assert await world.say("老板欠我工资", key="k") == turn


async def test_promises_are_kept_in_order_once_rasa_is_back(world: World) -> None:
    await world.rasa.stop()
    for text in ("第一句", "第二句"):
        await world.say(text)
    await world.keep_promises()
    assert world.rasa.texts == []
    await world.rasa.start()
    await world.keep_promises()
    await world.keep_promises()
    assert world.rasa.texts == ["第一句", "第二句"]
    said = [message["body"] for message in await world.fetch("lin")]
    assert said[-2:] == ["您说的是：第一句", "您说的是：第二句"]
    assert len(said) == 4


async def test_a_repeated_delivery_gets_the_kept_promise(world: World) -> None:
    await world.rasa.stop()
    await world.say("问", key="k")
    await world.rasa.start()
    await world.keep_promises()
    turn = await world.say("问", key="k")
    assert turn.status == "ok"
    assert turn.reply
    assert turn.reply.text == "您说的是：问"


@pytest.mark.parametrize("claimed_before", [True, False])
async def test_a_repeated_delivery_does_not_get_what_is_pushed_as_well(
    world: World, claimed_before: bool
) -> None:
    """The connection that took the note was lost; the answer came before the next delivery."""
    await world.rasa.stop()
    first = await world.say("问", channel="wechat", key="k")
    if claimed_before:
        await world.conversations.claim_path("k", "passive")
    await world.rasa.start()
    await world.keep_promises()
    again = await world.say("问", channel="wechat", key="k")
    assert await world.conversations.claim_path("k", "passive") == "passive"
    assert again.reply == first.reply
    await world.push()
    assert [reply.text for _, reply in world.sender.sent] == ["您说的是：问"]


async def test_an_owed_answer_comes_before_the_next_one(world: World) -> None:
    await world.rasa.stop()
    await world.say("第一句")
    await world.rasa.start()
    await world.say("第二句")
    assert world.rasa.texts == ["第一句", "第二句"]


async def test_a_promise_outlives_a_restart_of_the_gateway(world: World) -> None:
    await world.rasa.stop()
    await world.say("问")
    await world.stop()
    await world.rasa.start()
    await world.start()
    await world.keep_promises()
    assert (await world.fetch("lin"))[-1]["body"] == "您说的是：问"
    assert world.rasa.texts == ["问"]


@pytest.mark.parametrize("path", [None, "push"])
async def test_a_turn_cut_short_by_a_stop_is_taken_after_the_restart(
    world: World, path: str | None
) -> None:
    world.rasa.gates["问"] = asyncio.Event()
    turn = asyncio.create_task(world.say("问", channel="wechat", key="k"))
    await world.rasa.arrived["问"].wait()
    if path:
        await world.conversations.claim_path("k", path)
    await world.stop()
    assert turn.cancelled()
    world.rasa.gates.pop("问").set()
    await world.start()
    async with asyncio.timeout(30):  # the gateway takes it up by itself and may be at it already
        while not world.sender.sent:
            await world.conversations.resume()
            await world.push()
    assert [reply.text for _, reply in world.sender.sent] == ["您说的是：问"]


async def test_a_number_typed_while_rasa_was_down_means_what_it_meant_then(world: World) -> None:
    world.rasa.script["申请"] = says("您是哪一种？", "农民工", "低保户")
    await world.say("申请")
    await world.rasa.stop()
    await world.say("2")
    await world.rasa.start()
    await world.keep_promises()
    assert world.rasa.texts == ["申请", "低保户"]


async def test_an_old_promise_is_closed_with_a_note_instead_of_a_late_answer(world: World) -> None:
    await world.rasa.stop()
    await world.say("问")
    await _age(world, timedelta(hours=49))
    await world.keep_promises()
    await world.rasa.start()
    await world.keep_promises()
    assert world.rasa.texts == []
    assert (await world.fetch("lin"))[-1]["body"] == words().promise_closed.format(hours=48)


async def test_a_message_that_always_fails_does_not_stay_owed_for_ever(world: World) -> None:
    world.rasa.script["坏"] = {"status": "error", "messages": []}
    turn = await world.say("坏")
    assert turn.status == "error"
    for _ in range(6):
        await _age(world, timedelta(hours=1))
        await world.keep_promises()
    assert len(world.rasa.texts) == 5
    assert (await world.fetch("lin"))[-1]["body"] == words().promise_failed
    assert (await world.say("好")).status == "ok"


async def test_a_failed_action_is_not_tried_again_at_once(world: World) -> None:
    world.rasa.script["坏"] = {"status": "error", "messages": []}
    await world.say("坏")
    await world.keep_promises()
    assert len(world.rasa.texts) == 1


async def test_what_was_left_lying_does_not_wait_until_every_promise_has_been_kept(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an hour without Rasa hundreds are owed, and they are answered one by one."""
    monkeypatch.setattr("gateway.promises.POLL_S", 0.01)
    await world.rasa.stop()
    await world.say("欠着的", "owed")
    world.rasa.gates["欠着的"] = asyncio.Event()
    await world.rasa.start()
    looking_after = asyncio.create_task(world.app[wiring.PROMISES].run())
    await world.rasa.arrived["欠着的"].wait()
    async with world.session() as session, session.begin():
        session.add(Conversation(id="left", channel="wechat", citizen="left"))
        await session.flush()
        message = Message(conversation_id="left", direction="in", author="citizen", text="没答的")
        message.status, message.created_at = "received", now() - timedelta(minutes=1)
        session.add(message)

    async def pushed() -> bool:
        return any(row.conversation_id == "left" for row in await world.outbox())

    await until(pushed, 4)  # less than Rasa's time-out, at which the promise would give way
    world.rasa.gates["欠着的"].set()
    looking_after.cancel()
    await asyncio.gather(looking_after, return_exceptions=True)


async def test_silence_of_a_bot_that_should_speak_is_an_error(world: World) -> None:
    world.rasa.script["问"] = {"status": "silent", "messages": []}
    assert (await world.say("问")).status == "error"


async def test_what_is_owed_goes_to_the_lawyer_who_took_over(world: World) -> None:
    await world.say("你好")
    await world.rasa.stop()
    await world.say("问")
    conversation = await world.ask_for_lawyer()
    await world.lawyer_takes(conversation)
    await world.rasa.start()
    await world.keep_promises()
    assert world.rasa.texts == ["你好"]


async def test_a_lawyer_can_be_asked_for_while_rasa_is_down(world: World) -> None:
    await world.rasa.stop()
    await world.say("老板欠我工资")
    turn = await world.say("找律师")
    assert turn.status == "ok"
    assert turn.reply
    assert turn.reply.text.startswith(words().handed_over)
    assert "第 1 位" in turn.reply.text
    conversation = await world.conversation()
    assert conversation.owner == "queued"


async def test_a_late_answer_is_pushed_where_the_channel_can_push(world: World) -> None:
    await world.rasa.stop()
    await world.say("问", channel="wechat", key="k")
    await world.conversations.claim_path("k", "passive")
    await world.rasa.start()
    await world.keep_promises()
    await world.push()
    assert [reply.text for _, reply in world.sender.sent] == ["您说的是：问"]


async def _age(world: World, by: timedelta) -> None:
    """Makes every owed message older."""
    async with world.session() as session, session.begin():
        for message in await world.messages():
            if message.status == "promised":
                stored = await session.get_one(Message, message.id)
                stored.updated_at = now() - by
                if by > timedelta(hours=2):
                    stored.created_at = now() - by
