"""What was said before a message: who spoke last, what was offered, what is held for the citizen.

The statements are made once: making them costs more than SQLite does for answering them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway import record
from gateway.record import Draft
from gateway.tables import Message

MOST_UNHEARD = 5
MOST_LATELY = 60
JUST_BEFORE = 12

_HERE = Message.conversation_id == bindparam("conversation")
_BEFORE = Message.id < bindparam("before")
_TOLD = (
    select(Message.author, Message.options)
    .where(_HERE, _BEFORE, Message.direction == "out")
    .order_by(Message.id.desc())
    .limit(1)
)
_ASKED = _TOLD.where(Message.author != "system").with_only_columns(Message.options)
_TOLD_JUST_BEFORE = (
    select(Message.text)
    .where(_HERE, _BEFORE, Message.direction == "out")
    .order_by(Message.id.desc())
    .limit(JUST_BEFORE)
)
_LAST_OF_BOT = select(func.coalesce(func.max(Message.id), 0)).where(
    _HERE, _BEFORE, Message.direction == "out", Message.author == "bot"
)
_UNHEARD = (
    select(Message.text)
    .where(_HERE, _BEFORE, Message.direction == "in", Message.id > _LAST_OF_BOT.scalar_subquery())
    .order_by(Message.id.desc())
    .limit(MOST_UNHEARD)
)
_LATELY = (
    select(Message.direction, Message.text)
    .where(_HERE, _BEFORE, Message.created_at >= bindparam("since"))
    .order_by(Message.id.desc())
    .limit(MOST_LATELY)
)


@dataclass(frozen=True)
class LastWords:
    """What stood there last when a message was sent.

    Attributes:
        voice: who had spoken last to the citizen, None if nobody.
        options: those of the last reply. The system's own notices do not count: the question
            before them still waits.
    """

    voice: str | None
    options: Sequence[str]


async def last_words(session: AsyncSession, inbound: Message) -> LastWords:
    """Returns what had been said last to the citizen when a message was sent."""
    told = (await session.execute(_TOLD, _place(inbound))).first()
    if told is None:
        return LastWords(None, ())
    if told.author != "system":
        return LastWords(told.author, told.options or ())
    asked = await session.execute(_ASKED, _place(inbound))
    return LastWords(told.author, asked.scalar() or ())


async def since_the_bot(session: AsyncSession, inbound: Message) -> list[str]:
    """Returns what the citizen wrote between the bot's last words and a message, newest first."""
    return list(await session.scalars(_UNHEARD, _place(inbound)))


async def told_just_before(session: AsyncSession, inbound: Message) -> list[str]:
    """Returns the last replies before a message, newest first."""
    return list(await session.scalars(_TOLD_JUST_BEFORE, _place(inbound)))


async def lately(
    session: AsyncSession, inbound: Message, since: datetime
) -> Sequence[Row[str, str]]:
    """Returns direction and text of what was said on both sides before a message, newest first.

    Nothing from before `since` is among it.
    """
    rows = await session.execute(_LATELY, {**_place(inbound), "since": since})
    return rows.all()


def _place(inbound: Message) -> dict[str, object]:
    return {"conversation": inbound.conversation_id, "before": inbound.id}


@dataclass(frozen=True)
class Held:
    """A reply that waits until the citizen asks for it; ``seen`` once it has been shown."""

    draft: Draft
    seen: bool


async def held_reply(
    session: AsyncSession, inbound: Message, phrases: tuple[str, ...]
) -> Held | None:
    """Returns the reply that a message asks to see, when one is held for the citizen."""
    if inbound.text.strip() not in phrases:
        return None
    asked = await session.scalar(
        select(Message)
        .where(
            Message.conversation_id == inbound.conversation_id,
            Message.direction == "in",
            Message.id < inbound.id,
            Message.text.not_in(phrases),
        )
        .order_by(Message.id.desc())
        .limit(1)
    )
    if asked is None or asked.reply_path not in ("held", "waiting"):
        return None
    reply = await record.last_reply(session, asked)
    if reply is None:
        return None
    shown = select(Message.id).where(
        Message.conversation_id == inbound.conversation_id,
        Message.id > reply.id,
        Message.text == reply.text,
    )
    seen = await session.scalar(shown.limit(1)) is not None
    return Held(Draft(reply.text, reply.author, reply.options, reply.name), seen)
