"""Short ways to push on a channel with a quota."""

from datetime import timedelta

from sqlalchemy import select

from desk.citizens import Allowance
from gateway.citizens import GatewayCitizens
from gateway.tables import PushWindow, now
from tests.gateway.conftest import World

WECHAT = frozenset({"wechat"})


async def asked(world: World, key: str | None = None) -> str:
    """Has a citizen say one thing on WeChat; returns the conversation."""
    await world.say("你好", channel="wechat", key=key)
    return (await world.conversation("lin", "wechat")).id


async def used_up(world: World) -> str:
    """Has a citizen write, and lets all that it allows run out; returns the conversation."""
    conversation = await asked(world)
    await close_window(world)
    return conversation


async def close_window(world: World) -> None:
    """Lets every window run out."""
    async with world.session() as session, session.begin():
        for window in await session.scalars(select(PushWindow)):
            window.until = now() - timedelta(seconds=1)


async def lawyer_says(world: World, conversation: str, count: int) -> None:
    """Has a lawyer write so many messages, numbered from 1."""
    async with world.session() as session, session.begin():
        for number in range(1, count + 1):
            await GatewayCitizens(WECHAT).send(session, conversation, f"一{number}", "lawyer")


async def allowance(world: World, conversation: str) -> Allowance:
    """Returns what the desk is told may still be sent."""
    async with world.session() as session:
        return await world.desk.citizens.allowance(session, conversation)


async def push_all(world: World) -> None:
    """Pushes until nothing more goes."""
    while await world.push():
        pass
