"""What has been said, for channels that fetch it: the web page, apps, an export."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway import record
from gateway.channels import Reply
from gateway.tables import Conversation, Message

AT_MOST = 200


@dataclass(frozen=True)
class Entry:
    """One message. ``author`` is "citizen", "bot", "lawyer" or "system"."""

    id: int
    author: str
    name: str | None
    text: str
    options: tuple[str, ...]
    at: datetime

    def as_reply(self) -> Reply:
        """Returns the entry as a reply, for rendering."""
        return Reply(str(self.id), self.text, self.options, self.author, self.name)


@dataclass(frozen=True)
class View:
    """A stretch of a conversation; ``owed`` says that an answer is promised or being made."""

    owner: str
    owed: bool
    entries: tuple[Entry, ...]


class History:
    """Reads conversations.

    Args:
        sessions: the database, for the note of what was seen.
        reading: the database, for reading only.
    """

    def __init__(
        self, sessions: async_sessionmaker[AsyncSession], reading: async_sessionmaker[AsyncSession]
    ) -> None:
        self._sessions = sessions
        self._reading = reading

    async def since(self, channel: str, citizen: str, after: int, limit: int = AT_MOST) -> View:
        """Returns the newest messages after an id, oldest first, and notes that they were seen."""
        async with self._reading() as session:
            conversation = await record.conversation_of(session, channel, citizen)
            if conversation is None:
                return View("bot", False, ())
            found = await session.scalars(
                select(Message)
                .where(
                    Message.conversation_id == conversation.id,
                    Message.id > after,
                    Message.text != "",
                )
                .order_by(Message.id.desc())
                .limit(limit)
            )
            entries = tuple(_entry(message) for message in found)[::-1]
            owed = await session.scalar(
                select(Message.id)
                .where(
                    Message.conversation_id == conversation.id,
                    Message.status.in_((*record.UNANSWERED, "promised")),
                )
                .limit(1)
            )
        if entries and entries[-1].id > conversation.seen_upto:
            await self._note_seen(conversation.id, entries[-1].id)
        return View(conversation.owner, owed is not None, entries)

    async def _note_seen(self, conversation: str, last: int) -> None:
        async with self._sessions.begin() as session:
            await session.execute(
                update(Conversation)
                .where(Conversation.id == conversation, Conversation.seen_upto < last)
                .values(seen_upto=last)
            )


def _entry(message: Message) -> Entry:
    return Entry(
        id=message.id,
        author=message.author,
        name=message.name,
        text=message.text,
        options=tuple(message.options),
        at=message.created_at,
    )
