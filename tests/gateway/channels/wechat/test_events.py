"""Events: following, scanning, leaving, tapping the menu."""

import asyncio

import pytest
from sqlalchemy import select

from gateway.annexes import SceneCount
from gateway.channels.wechat.words import words
from tests.fakes.tencent import Seen
from tests.gateway.channels.wechat.conftest import ME, SUCCESS, World


async def test_a_new_follower_is_told_what_this_is_and_is_not(world: World) -> None:
    await world.tencent.event(ME, "subscribe")
    assert world.tencent.seen[ME] == [Seen("passive", words().welcome)]
    assert all(sign in words().welcome for sign in ("自动", "不是律师", "12348", "110"))
    assert world.engine.received == []


@pytest.mark.parametrize(
    ("event", "key", "counted"),
    [
        ("subscribe", "qrscene_village-7", (1, 0)),
        ("SCAN", "village-7", (0, 1)),
        ("subscribe", "", None),
        ("subscribe", "something else", None),
    ],
)
async def test_a_code_is_counted_and_nobody_s_name_with_it(
    world: World, event: str, key: str, counted: tuple[int, int] | None
) -> None:
    await world.tencent.event(ME, event, key)
    async with world.sessions() as session:
        rows = list(await session.scalars(select(SceneCount)))
    found = [(row.scene, row.follows, row.scans) for row in rows]
    assert found == ([("village-7", *counted)] if counted else [])


async def test_two_followers_by_one_code_at_once_are_two(world: World) -> None:
    await asyncio.gather(
        *(world.tencent.event(f"c{n}", "subscribe", "qrscene_a") for n in range(2))
    )
    async with world.sessions() as session:
        assert [row.follows for row in await session.scalars(select(SceneCount))] == [2]


@pytest.mark.parametrize(
    ("event", "key"), [("subscribe", "qrscene_village-7"), ("SCAN", "village-7")]
)
async def test_an_event_that_is_delivered_again_is_counted_once(
    world: World, event: str, key: str
) -> None:
    fields = world.tencent.message(ME, "event", Event=event, EventKey=key)
    first = await world.tencent.attempt(fields)
    again = await asyncio.gather(*(world.tencent.attempt(fields) for _ in range(3)))
    assert {world.tencent.open(each.body)["Content"] for each in again} == {
        world.tencent.open(first.body)["Content"]
    }
    await world.tencent.event("another", event, key)
    async with world.sessions() as session:
        (row,) = await session.scalars(select(SceneCount))
    assert row.follows + row.scans == 2


async def test_a_follower_who_scans_again_is_greeted(world: World) -> None:
    await world.tencent.event(ME, "SCAN", "village-7")
    assert world.tencent.seen[ME] == [Seen("passive", words().welcome_back)]
    assert [inbound.grant for inbound in world.engine.received] == ["scan"]


async def test_opening_a_menu_s_page_and_being_located_are_not_stored(world: World) -> None:
    for event in ("VIEW", "LOCATION"):
        assert await world.tencent.event(ME, event, "https://example.org") == SUCCESS
    assert world.engine.received == []


# The menu, and other events


@pytest.mark.parametrize("key", ["ask_law", "apply_aid", "find_lawyer"])
async def test_a_menu_button_is_its_words(world: World, key: str) -> None:
    await world.tencent.event(ME, "CLICK", key)
    assert [inbound.text for inbound in world.engine.received] == [words().menu[key].says]
    assert [line.via for line in world.tencent.seen[ME]] == ["passive"]


async def test_a_menu_button_delivered_twice_is_one_turn(world: World) -> None:
    fields = world.tencent.message(ME, "event", Event="CLICK", EventKey="ask_law")
    await asyncio.gather(world.tencent.attempt(fields), world.tencent.attempt(fields))
    assert len(world.engine.received) == 1


async def test_an_unknown_menu_button_is_answered(world: World) -> None:
    await world.tencent.event(ME, "CLICK", "old_button")
    assert world.tencent.seen[ME] == [Seen("passive", words().not_understood.reply)]


@pytest.mark.parametrize("event", ["VIEW", "LOCATION", "TEMPLATESENDJOBFINISH", "new"])
async def test_other_events_are_acknowledged(world: World, event: str) -> None:
    assert await world.tencent.event(ME, event, "key") == SUCCESS
    assert world.engine.received == []
