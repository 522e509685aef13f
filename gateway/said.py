"""What was said before a message, by whom, what was offered; what is held for the citizen."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import takewhile

from sqlalchemy import Row, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway import record
from gateway.record import Draft
from gateway.tables import Message

MOST = 60
"""Messages before one that are looked at."""
MOST_UNHEARD = 5
JUST_BEFORE = 12

_PAST = (
    select(Message.direction, Message.author, Message.text, Message.options, Message.created_at)
    .where(Message.conversation_id == bindparam("conversation"), Message.id < bindparam("before"))
    .order_by(Message.id.desc())
    .limit(MOST)
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


@dataclass(frozen=True)
class Past:
    """What was said on both sides before a message, read once; newest first."""

    messages: Sequence[Row[str, str, str, list[str], datetime]]

    @property
    def last_words(self) -> LastWords:
        """What had been said last to the citizen."""
        told = [each for each in self.messages if each.direction == "out"]
        voice = told[0].author if told else None
        options = next((each.options for each in told if each.author != "system"), None)
        return LastWords(voice, options or ())

    @property
    def since_the_bot(self) -> list[str]:
        """What the citizen wrote since the bot's last words."""
        since = takewhile(lambda each: each.author != "bot", self.messages)
        return [each.text for each in since if each.direction == "in"][:MOST_UNHEARD]

    @property
    def told_just_before(self) -> list[str]:
        """The last replies."""
        return [each.text for each in self.messages if each.direction == "out"][:JUST_BEFORE]

    def since(self, then: datetime) -> Sequence[Row[str, str, str, list[str], datetime]]:
        """What has been said since a time."""
        return [each for each in self.messages if each.created_at >= then]


async def past_of(session: AsyncSession, inbound: Message) -> Past:
    """Returns what had been said when a message was sent."""
    place = {"conversation": inbound.conversation_id, "before": inbound.id}
    return Past((await session.execute(_PAST, place)).all())


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
