"""Pushing: order, retries, the fence, and what becomes of a reply that may have arrived."""

import asyncio
from datetime import timedelta

import pytest

from gateway import app as wiring
from gateway.channels import Outcome
from gateway.database import make_sessions
from gateway.errors import UnknownMessage
from gateway.outbox import Outbox
from gateway.tables import OutboxRow, now
from tests.gateway.conftest import World


async def test_a_reply_claimed_for_pushing_before_it_is_there_is_pushed_once(world: World) -> None:
    world.rasa.gates["问"] = asyncio.Event()
    turn = asyncio.create_task(world.say("问", channel="wechat", key="k"))
    await world.rasa.arrived["问"].wait()
    assert await world.conversations.claim_path("k", "push") == "push"
    assert await world.conversations.claim_path("k", "passive") == "push"
    world.rasa.gates["问"].set()
    await turn
    assert await world.push() == 1
    assert await world.push() == 0
    assert world.sender.sent[0][0] == "lin"
    assert [row.status for row in await world.outbox()] == ["sent"]


async def test_a_stored_reply_claimed_for_pushing_gets_its_row(world: World) -> None:
    await world.say("问", channel="wechat", key="k")
    assert await world.push() == 0
    await world.conversations.claim_path("k", "push")
    assert await world.push() == 1


async def test_a_passive_reply_is_never_pushed(world: World) -> None:
    await world.say("问", channel="wechat", key="k")
    assert await world.conversations.claim_path("k", "passive") == "passive"
    assert await world.conversations.claim_path("k", "push") == "passive"
    assert await world.push() == 0


async def test_claiming_for_an_unknown_message_is_an_error(world: World) -> None:
    with pytest.raises(UnknownMessage):
        await world.conversations.claim_path("nobody", "push")


async def test_later_replies_wait_for_an_earlier_one(world: World) -> None:
    await _pushed(world, "一")
    await _pushed(world, "二")
    world.sender.outcomes = [Outcome("retry", "busy")]
    assert await world.push() == 1
    assert await world.push() == 0
    await _due_now(world)
    assert await world.push() == 1
    assert await world.push() == 1
    assert [reply.text for _, reply in world.sender.sent] == [
        "您说的是：一",
        "您说的是：一",
        "您说的是：二",
    ]


async def test_a_parked_reply_goes_with_the_citizens_next_message(world: World) -> None:
    await _pushed(world, "一")
    world.sender.outcomes = [Outcome("parked", "45047")]
    await world.push()
    await _due_now(world)
    assert await world.push() == 0
    await world.say("二", channel="wechat")
    assert await world.push() == 1
    assert [row.status for row in await world.outbox()] == ["sent"]


async def test_what_the_bot_wrote_before_a_lawyer_took_over_is_not_sent(world: World) -> None:
    await _pushed(world, "一")
    conversation = await world.ask_for_lawyer("lin", "wechat")
    await world.lawyer_takes(conversation)
    for _ in range(3):
        await world.push()
    assert [row.status for row in await world.outbox()] == ["dropped", "sent"]
    assert [reply.author for _, reply in world.sender.sent] == ["system"]


async def test_what_the_bot_wrote_is_dropped_also_when_a_lawyer_takes_over_after_its_lease(
    world: World,
) -> None:
    await _pushed(world, "一")
    outbox = world.app[wiring.OUTBOX]
    (leased,) = await outbox.lease(1)
    await world.lawyer_takes(await world.ask_for_lawyer("lin", "wechat"))
    await outbox.deliver(leased)
    assert world.sender.sent == []
    assert (await world.outbox())[0].status == "dropped"
    await world.push()
    assert [reply.author for _, reply in world.sender.sent] == ["system"]


async def test_a_lawyers_reply_that_may_have_arrived_is_sent_once_more_and_says_so(
    world: World,
) -> None:
    await world.say("你好", channel="wechat")
    case, lawyer = await world.lawyer_takes(await world.ask_for_lawyer("lin", "wechat"))
    await world.push()
    await world.desk.reply(case, lawyer, "您请讲")
    world.sender.outcomes = [Outcome("unknown", "timeout"), Outcome("unknown", "timeout")]
    for _ in range(4):
        await world.push()
    assert [reply.text for _, reply in world.sender.sent[1:]] == ["您请讲", "(重发)您请讲"]
    assert [row.status for row in await world.outbox()] == ["sent", "unknown"]


async def test_a_bots_reply_that_may_have_arrived_is_not_sent_again(world: World) -> None:
    await _pushed(world, "一")
    world.sender.outcomes = [Outcome("unknown", "timeout")]
    await world.push()
    assert await world.push() == 0
    assert [row.status for row in await world.outbox()] == ["unknown"]


async def test_what_was_leased_and_had_not_left_goes_out_as_if_nothing_had_been(
    world: World,
) -> None:
    await _pushed(world, "一")
    outbox = world.app[wiring.OUTBOX]
    (stalled,) = await outbox.lease(1)
    async with world.session() as session, session.begin():
        (await session.get_one(OutboxRow, 1)).leased_until = now() - timedelta(seconds=1)
    assert await world.push() == 1
    await outbox.deliver(stalled)
    assert [reply.text for _, reply in world.sender.sent] == ["您说的是：一"]
    assert [row.status for row in await world.outbox()] == ["sent"]


async def test_an_automatic_note_that_may_have_arrived_is_not_sent_again(world: World) -> None:
    """Nobody wrote it: to the citizen it is the bot's word."""
    await world.rasa.stop()
    await _pushed(world, "一")
    world.sender.outcomes = [Outcome("unknown", "timeout")]
    await world.push()
    assert await world.push() == 0
    assert [(reply.author) for _, reply in world.sender.sent] == ["system"]
    assert [row.status for row in await world.outbox()] == ["unknown"]


async def test_a_lease_that_ran_out_counts_as_unknown(world: World) -> None:
    await _pushed(world, "一")
    async with world.session() as session, session.begin():
        row = await session.get_one(OutboxRow, 1)
        row.status, row.leased_until = "leased", now() - timedelta(seconds=1)
        row.begun = True
    assert await world.push() == 0
    assert [row.status for row in await world.outbox()] == ["unknown"]


async def test_several_workers_push_each_reply_once_and_in_order(world: World) -> None:
    texts = [str(number) for number in range(6)]
    for text in texts:
        await _pushed(world, text)
    sessions = make_sessions(world.app[wiring.ENGINE])
    workers = [Outbox(sessions, {"wechat": world.sender}) for _ in range(4)]
    for _ in texts:
        await asyncio.gather(*(worker.run_once() for worker in workers))
    assert [reply.text for _, reply in world.sender.sent] == [f"您说的是：{n}" for n in texts]


async def test_an_outcome_that_comes_after_the_lease_has_run_out_changes_nothing(
    world: World,
) -> None:
    await world.say("你好", channel="wechat")
    case, lawyer = await world.lawyer_takes(await world.ask_for_lawyer("lin", "wechat"))
    await world.push()
    await world.desk.reply(case, lawyer, "您请讲")
    outbox = world.app[wiring.OUTBOX]
    stalled = (await outbox.lease(1))[0]
    async with world.session() as session, session.begin():
        (await session.get_one(OutboxRow, 2)).leased_until = now() - timedelta(seconds=1)
    again = (await outbox.lease(1))[0]
    await outbox.deliver(stalled)
    assert (await world.outbox())[1].status == "leased"
    await outbox.deliver(again)
    assert (await world.outbox())[1].status == "sent"


async def test_what_cannot_be_delivered_for_two_days_is_dead_and_the_lawyer_sees_it(
    world: World,
) -> None:
    await world.say("你好", channel="wechat")
    conversation = await world.ask_for_lawyer("lin", "wechat")
    await world.lawyer_takes(conversation)
    async with world.session() as session, session.begin():
        row = await session.get_one(OutboxRow, 1)
        row.created_at = now() - timedelta(hours=49)
    world.sender.outcomes = [Outcome("retry", "busy")]
    await world.push()
    async with world.session() as session:
        lines = await world.desk.citizens.transcript(session, conversation)
    assert lines[-1].delivery == "dead"


async def test_a_fault_in_a_sender_does_not_stop_the_others(world: World) -> None:
    await _pushed(world, "一")
    world.sender.outcomes = [Outcome("retry", "x" * 500)]
    await world.push()
    assert [row.status for row in await world.outbox()] == ["queued"]


async def _pushed(world: World, text: str) -> None:
    """Has the bot answer a text late."""
    await world.say(text, channel="wechat", key=text)
    await world.conversations.claim_path(text, "push")


async def _due_now(world: World) -> None:
    async with world.session() as session, session.begin():
        for row in await world.outbox():
            (await session.get_one(OutboxRow, row.id)).next_at = now()
