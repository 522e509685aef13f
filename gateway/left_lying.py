"""Messages whose turn nobody takes: their process has died, or the database was away."""

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from gateway import push_stops, record
from gateway.lanes import is_free
from gateway.tables import Conversation, Message, now

AFTER = timedelta(seconds=5)
AT_ONCE = 100


async def messages(session: AsyncSession) -> list[Message]:
    """Returns the oldest messages that are in nobody's lane and have not just come in."""
    rows = await session.scalars(
        select(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            is_free(),
            or_(
                Message.status == "answering",
                and_(Message.status == "received", Message.created_at < now() - AFTER),
            ),
        )
        .order_by(Message.id)
        .limit(AT_ONCE)
    )
    return list(rows)


async def push_later(
    session: AsyncSession, unwaited: Collection[int], push_channels: Collection[str]
) -> None:
    """Has the replies of messages pushed that nobody has settled or claimed meanwhile.

    Where the account may not push they wait to be fetched.
    """
    for channel in push_channels:
        theirs = select(Conversation.id).where(Conversation.channel == channel)
        forbidden = await push_stops.forbidden(session, channel)
        await session.execute(
            update(Message)
            .where(
                Message.id.in_(unwaited),
                Message.reply_path.is_(None),
                Message.status.in_(record.UNANSWERED),
                Message.conversation_id.in_(theirs),
            )
            .values(reply_path="held" if forbidden else "push")
            .execution_options(synchronize_session=False)
        )
