"""The citizens' side for the desk's tests: it keeps owners and messages in its own tables."""

from datetime import datetime

from sqlalchemy import String, Text, select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from desk.citizens import Allowance, Line
from desk.clock import utc_now
from desk.tables import UtcDateTime


class Base(DeclarativeBase):
    type_annotation_map = {datetime: UtcDateTime}  # noqa: RUF012


class Owner(Base):
    __tablename__ = "owners"

    conversation: Mapped[str] = mapped_column(String(64), primary_key=True)
    owner: Mapped[str] = mapped_column(String(8))


class Message(Base):
    __tablename__ = "messages"

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(default=utc_now)
    author: Mapped[str] = mapped_column(String(8))
    name: Mapped[str | None] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    delivery: Mapped[str] = mapped_column(String(16), default="queued")


class StoredCitizens:
    """Implements desk.citizens.Citizens; `said` and `owner` are for the tests."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        self.sessions = sessions

    async def set_owner(self, session: AsyncSession, conversation: str, owner: str) -> None:
        await session.merge(Owner(conversation=conversation, owner=owner))

    async def send(
        self,
        session: AsyncSession,
        conversation: str,
        text: str,
        author: str,
        name: str | None = None,
    ) -> str:
        message = Message(conversation=conversation, author=author, text=text, name=name)
        session.add(message)
        await session.flush()
        return str(message.id)

    async def transcript(self, session: AsyncSession, conversation: str) -> list[Line]:
        rows = await session.scalars(
            select(Message).where(Message.conversation == conversation).order_by(Message.id)
        )
        return [Line(row.at, row.author, row.text, row.delivery) for row in rows]

    async def allowance(self, session: AsyncSession, conversation: str) -> Allowance:
        return Allowance(None, None)

    async def say(self, conversation: str, text: str, author: str = "citizen") -> None:
        """The citizen (or the bot) says something."""
        async with self.sessions.begin() as session:
            session.add(Message(conversation=conversation, author=author, text=text))

    async def deliver(self, text: str, delivery: str) -> None:
        """The outbox reports what became of a message."""
        async with self.sessions.begin() as session:
            await session.execute(
                update(Message).where(Message.text == text).values(delivery=delivery)
            )

    async def owner(self, conversation: str) -> str:
        """Returns who may speak."""
        async with self.sessions() as session:
            found = await session.get(Owner, conversation)
        return found.owner if found else "bot"

    async def heard(self, conversation: str) -> list[tuple[str, str, str | None]]:
        """Returns what the citizen got from the desk: author, text, name."""
        async with self.sessions() as session:
            rows = await session.scalars(
                select(Message)
                .where(
                    Message.conversation == conversation, Message.author.in_(("lawyer", "system"))
                )
                .order_by(Message.id)
            )
            return [(row.author, row.text, row.name) for row in rows]
