"""How much may be pushed: five for a message, two of them the bot's, three for a tap."""

import uuid
from datetime import timedelta

import pytest
from sqlalchemy import select

from desk.citizens import Allowance
from gateway import quota
from gateway.channels import Grant, Inbound, Outcome
from gateway.citizens import GatewayCitizens
from gateway.tables import PushWindow, now
from tests.gateway.conftest import World
from tests.gateway.pushing import WECHAT, allowance, asked, lawyer_says, push_all


async def test_five_pushes_follow_a_message_and_the_sixth_waits_for_the_next(world: World) -> None:
    conversation = await asked(world)
    await lawyer_says(world, conversation, 6)
    await push_all(world)
    assert [reply.text for _, reply in world.sender.sent] == ["一1", "一2", "一3", "一4", "一5"]
    assert (await world.outbox())[-1].status == "parked"
    assert await allowance(world, conversation) == Allowance(0, None)
    await world.say("还在吗", channel="wechat")
    await push_all(world)
    assert [reply.text for _, reply in world.sender.sent[5:]] == ["一6"]


async def test_a_message_starts_the_window_anew_and_adds_nothing(world: World) -> None:
    conversation = await asked(world)
    await world.say("再说一句", channel="wechat")
    assert (await allowance(world, conversation)).remaining == 5


async def test_a_repeated_delivery_grants_nothing(world: World) -> None:
    conversation = await asked(world, key="k")
    await lawyer_says(world, conversation, 2)
    await push_all(world)
    await world.say("你好", channel="wechat", key="k")
    assert (await allowance(world, conversation)).remaining == 3


async def test_the_bot_uses_two_and_leaves_three_to_the_lawyer(world: World) -> None:
    conversation = await asked(world)
    async with world.session() as session, session.begin():
        citizens = GatewayCitizens(WECHAT)
        for number in range(3):
            await citizens.send(session, conversation, f"机{number}", "bot")
    await push_all(world)
    assert len(world.sender.sent) == 2
    await world.lawyer_takes(await world.ask_for_lawyer("lin", "wechat"))
    await lawyer_says(world, conversation, 3)
    await push_all(world)
    texts = [reply.text for _, reply in world.sender.sent]
    assert texts[:2] == ["机0", "机1"]
    assert texts[3:] == ["一1", "一2"]
    assert [row.status for row in await world.outbox()][2] == "dropped"


async def test_an_automatic_note_is_taken_from_the_bot_s_share(world: World) -> None:
    """The note that an answer will come, and the answer in two parts, would leave two of five."""
    await world.rasa.stop()
    await world.say("一", channel="wechat", key="a")
    await world.conversations.claim_path("a", "push")
    await push_all(world)
    assert [reply.author for _, reply in world.sender.sent] == ["system"]
    conversation = (await world.conversation("lin", "wechat")).id
    async with world.session() as session:
        assert await quota.left(session, conversation, "bot") == 1
        assert await quota.left(session, conversation, "lawyer") == 4


@pytest.mark.parametrize("act", ["menu", "scan", "subscribe"])
async def test_a_tap_allows_three_for_a_minute(world: World, act: Grant) -> None:
    tap = Inbound("wechat", "lin", "", uuid.uuid4().hex, kind="event", grant=act)
    assert await world.conversations.note(tap)
    assert not await world.conversations.note(tap)
    conversation = (await world.conversation("lin", "wechat")).id
    left = await allowance(world, conversation)
    assert left.remaining == 3
    assert left.until
    assert timedelta(0) < left.until - now() <= timedelta(minutes=1)
    await lawyer_says(world, conversation, 4)
    await push_all(world)
    assert len(world.sender.sent) == 3


async def test_a_tap_s_pushes_are_used_before_those_of_a_message(world: World) -> None:
    conversation = await asked(world)
    await world.conversations.note(Inbound("wechat", "lin", "", "tap", kind="event", grant="menu"))
    await lawyer_says(world, conversation, 1)
    await push_all(world)
    async with world.session() as session:
        rows = await session.scalars(select(PushWindow).order_by(PushWindow.kind))
        assert {row.kind: row.left for row in rows} == {"message": 5, "tap": 2}


async def test_the_bot_leaves_the_lawyer_s_share_of_both_windows(world: World) -> None:
    conversation = await asked(world)
    await world.conversations.note(Inbound("wechat", "lin", "", "tap", kind="event", grant="menu"))
    async with world.session() as session, session.begin():
        for number in range(6):
            await GatewayCitizens(WECHAT).send(session, conversation, f"机{number}", "bot")
    await push_all(world)
    assert len(world.sender.sent) == 4
    assert (await allowance(world, conversation)).remaining == 4


async def test_a_part_that_may_have_arrived_counts_beside_those_that_have(world: World) -> None:
    conversation = await asked(world)
    await lawyer_says(world, conversation, 1)
    world.sender.outcomes = [Outcome("unknown", "timeout", parts=1)]
    await world.push()
    assert (await allowance(world, conversation)).remaining == 3


async def test_after_48_hours_nothing_goes_out_until_the_citizen_writes(world: World) -> None:
    conversation = await asked(world)
    async with world.session() as session, session.begin():
        (await session.scalars(select(PushWindow))).one().until = now() - timedelta(seconds=1)
    await lawyer_says(world, conversation, 1)
    await push_all(world)
    assert world.sender.sent == []
    await world.say("我来了", channel="wechat")
    await push_all(world)
    assert [reply.text for _, reply in world.sender.sent] == ["一1"]


async def test_the_platform_s_own_count_is_right(world: World) -> None:
    conversation = await asked(world)
    await lawyer_says(world, conversation, 2)
    world.sender.outcomes = [Outcome("parked", "45047")]
    await push_all(world)
    assert len(world.sender.sent) == 1
    assert await allowance(world, conversation) == Allowance(0, None)


async def test_parts_of_a_long_reply_count_and_the_rest_follows_later(world: World) -> None:
    conversation = await asked(world)
    await lawyer_says(world, conversation, 1)
    world.sender.outcomes = [Outcome("parked", "", parts=5)]
    await push_all(world)
    assert world.sender.limits == [(0, 5)]
    await world.say("还有吗", channel="wechat")
    await push_all(world)
    assert world.sender.limits == [(0, 5), (5, 5)]
    assert [row.status for row in await world.outbox()] == ["sent"]


async def test_a_channel_without_a_quota_has_none(world: World) -> None:
    await world.say("你好")
    conversation = (await world.conversation()).id
    assert await allowance(world, conversation) == Allowance(None, None)


# Calling back
