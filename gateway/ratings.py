"""What people think of an answer: one mark for each, kept with the answer and erased with it.

The curators of the desk read them: which answers are marked useless.
"""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway import record
from gateway.annexes import Rating
from gateway.channels import Reply
from gateway.tables import Message, now


async def last_said(session: AsyncSession, channel: str, citizen: str) -> Reply | None:
    """Returns the reply that stands last in a conversation while the bot speaks in it.

    None when something the citizen wrote stands after it, or when people speak.
    """
    conversation = await record.conversation_of(session, channel, citizen)
    if conversation is None or conversation.owner != "bot":
        return None
    last = await session.scalar(
        select(Message)
        .where(Message.conversation_id == conversation.id)
        .order_by(Message.id.desc())
        .limit(1)
    )
    return record.as_reply(last) if last is not None and last.direction == "out" else None


async def mark(session: AsyncSession, message_id: str, value: str) -> None:
    """Keeps a mark, "useful" or "useless"; a later one replaces it."""
    number = int(message_id)
    if await session.get(Message, number) is not None:
        await session.merge(Rating(message_id=number, mark=value, created_at=now()))
