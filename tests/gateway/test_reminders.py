"""A sentence for a day to come is said on that day, once, and goes with the conversation."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from gateway import app as wiring
from gateway.tables import Reminder, now
from tests.gateway.conftest import World

KEY = {"X-Internal-Key": "internal"}


async def _remind(world: World, **changed: Any) -> tuple[int, dict[str, Any]]:
    body = {"conversation": "0" * 32, "on": "2030-03-05", "text": "日子快到了", "key": "a"}
    async with world.http.post(
        f"{world.internal}/v1/reminders", json={**body, **changed}, headers=KEY
    ) as response:
        return response.status, await response.json()


async def _reminders(world: World) -> list[Reminder]:
    async with world.session() as session:
        return list(await session.scalars(select(Reminder).order_by(Reminder.id)))


async def _due_now(world: World) -> None:
    async with world.session() as session, session.begin():
        for reminder in await session.scalars(select(Reminder)):
            reminder.due_at = now() - timedelta(seconds=1)


async def _conversation(world: World, channel: str = "rest") -> str:
    await world.say("你好", channel=channel)
    return (await world.conversation(channel=channel)).id


async def test_a_reminder_waits_for_nine_in_the_morning_in_china(world: World) -> None:
    conversation = await _conversation(world)
    status, answer = await _remind(world, conversation=conversation)
    assert (status, answer["scheduled"]) == (200, True)
    assert (await _reminders(world))[0].due_at == datetime(2030, 3, 5, 1, tzinfo=UTC)
    await world.app[wiring.REMINDERS].say_due()
    assert len(await world.messages()) == 2


async def test_the_same_key_replaces_and_another_key_is_another_reminder(world: World) -> None:
    conversation = await _conversation(world)
    await _remind(world, conversation=conversation, text="旧")
    await _remind(world, conversation=conversation, text="新")
    await _remind(world, conversation=conversation, key="b")
    assert [reminder.text for reminder in await _reminders(world)] == ["新", "日子快到了"]


async def test_a_due_reminder_is_said_once_by_the_system(world: World) -> None:
    conversation = await _conversation(world, "wechat")
    await _remind(world, conversation=conversation)
    await _due_now(world)
    await asyncio.gather(*(world.app[wiring.REMINDERS].say_due() for _ in range(4)))
    await world.push()
    assert [(reply.author, reply.text) for _, reply in world.sender.sent] == [
        ("system", "日子快到了")
    ]
    assert await _reminders(world) == []


async def test_where_nothing_can_be_pushed_a_reminder_waits_to_be_fetched(world: World) -> None:
    await _remind(world, conversation=await _conversation(world))
    await _due_now(world)
    await world.app[wiring.REMINDERS].say_due()
    assert (await world.fetch("lin"))[-1]["body"] == "日子快到了"


@pytest.mark.parametrize(("query", "left"), [("", []), ("?key=a", ["b"])])
async def test_reminders_can_be_cancelled(world: World, query: str, left: list[str]) -> None:
    conversation = await _conversation(world)
    for key in ("a", "b"):
        await _remind(world, conversation=conversation, key=key)
    async with world.http.delete(
        f"{world.internal}/v1/reminders/{conversation}{query}", headers=KEY
    ) as response:
        assert (await response.json())["cancelled"] == 2 - len(left)
    assert [reminder.key for reminder in await _reminders(world)] == left


async def test_a_reminder_goes_with_its_conversation(world: World) -> None:
    await _remind(world, conversation=await _conversation(world))
    await world.conversations.erase("rest", "lin")
    assert await _reminders(world) == []


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({}, 404),
        ({"conversation": "x"}, 400),
        ({"on": "tomorrow"}, 400),
        ({"text": ""}, 400),
        ({"key": ""}, 400),
        ({"more": 1}, 400),
    ],
)
async def test_what_cannot_be_kept_is_refused(
    world: World, changed: dict[str, Any], status: int
) -> None:
    assert (await _remind(world, **changed))[0] == status
