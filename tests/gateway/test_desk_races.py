"""Citizens and lawyers who do something at the same moment; on PostgreSQL the locks are real."""

import asyncio
from datetime import timedelta

from sqlalchemy import func, select, text, update

from desk.cases import NewCase
from desk.tables import Account, Case
from tests.gateway.conftest import World


async def _until_somebody_waits_for_a_lock(world: World) -> None:
    """Returns when another transaction is held up; on SQLite they stand in line anyway."""
    async with world.session() as session:
        if session.get_bind().dialect.name != "postgresql":
            return
        waiting = text(
            "select count(*) from pg_stat_activity"
            " where datname = current_database() and wait_event_type = 'Lock'"
        )
        async with asyncio.timeout(10):
            while not await session.scalar(waiting):
                await session.rollback()  # the activity is read once in a transaction
                await asyncio.sleep(0.01)


async def test_a_reply_and_a_message_at_the_same_moment_do_not_wait_for_each_other(
    world: World,
) -> None:
    await world.say("你好")
    conversation = await world.ask_for_lawyer()
    case, lawyer = await world.lawyer_takes(conversation)
    async with world.session() as session, session.begin():
        await world.desk.citizens.owner_of(session, conversation)  # the citizen's turn begins
        reply = asyncio.create_task(world.desk.reply(case, lawyer, "您请讲"))
        await _until_somebody_waits_for_a_lock(world)
        await world.desk.wrote(session, conversation)
    await reply
    assert (await world.fetch("lin"))[-1]["text"].endswith("您请讲")


async def test_two_who_ask_at_the_same_moment_do_not_both_get_the_last_place(
    world: World,
) -> None:
    for citizen in ("lin", "wu"):
        await world.say("你好", citizen)
    first, second = [(await world.conversation(name)).id for name in ("lin", "wu")]
    await _one_lawyer_with_room_for_one(world)
    async with world.session() as session, session.begin():
        await world.desk.open_case(session, _request(first))
        asked = asyncio.create_task(world.ask_for_lawyer("wu"))
        await _until_somebody_waits_for_a_lock(world)
    assert await asked == second
    async with world.session() as session:
        given = await session.scalar(select(func.count()).where(Case.status == "open"))
    assert given == 1


async def _one_lawyer_with_room_for_one(world: World) -> None:
    conversation = await world.ask_for_lawyer()
    _, lawyer = await world.lawyer_takes(conversation)
    async with world.session() as session, session.begin():
        await session.execute(update(Account).values(capacity=1))
        await world.desk.withdraw(session, conversation)
    now = world.desk.now()
    await world.desk.add_duty(lawyer.id, now - timedelta(hours=1), now + timedelta(hours=1))
    await world.desk.seen(lawyer)


def _request(conversation: str) -> NewCase:
    return NewCase(conversation=conversation, question="问题", reason="想找律师")
