"""The citizens' side for the desk's tests: it keeps owners and messages in its own tables."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import JSON, String, Text, select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from desk.citizens import Allowance, Line, PictureBytes
from desk.clock import utc_now
from desk.tables import UtcDateTime

PICTURE = b"\x89PNG\r\n\x1a\n"


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
    options: Mapped[list[str]] = mapped_column(JSON, default=list)
    delivery: Mapped[str] = mapped_column(String(16), default="queued")


class StoredCitizens:
    """Implements desk.citizens.Citizens; `said` and `owner` are for the tests."""

    def __init__(self, sessions: async_sessionmaker[AsyncSession]) -> None:
        self.sessions = sessions
        self.shown: dict[str, dict[str, str]] = {}

    async def set_owner(self, session: AsyncSession, conversation: str, owner: str) -> None:
        await session.merge(Owner(conversation=conversation, owner=owner))

    async def send(
        self,
        session: AsyncSession,
        conversation: str,
        text: str,
        author: str,
        name: str | None = None,
        options: Sequence[str] = (),
    ) -> str:
        message = Message(
            conversation=conversation, author=author, text=text, name=name, options=list(options)
        )
        session.add(message)
        await session.flush()
        return str(message.id)

    async def transcript(self, session: AsyncSession, conversation: str) -> list[Line]:
        rows = await session.scalars(
            select(Message).where(Message.conversation == conversation).order_by(Message.id)
        )
        return [Line(str(row.id), row.at, row.author, row.text, row.delivery) for row in rows]

    async def allowance(self, session: AsyncSession, conversation: str) -> Allowance:
        return Allowance(None, None)

    async def pictures(self, session: AsyncSession, conversation: str) -> Mapping[str, str]:
        return self.shown.get(conversation, {})

    async def picture(
        self, session: AsyncSession, conversation: str, message: str
    ) -> PictureBytes | None:
        kept = self.shown.get(conversation, {}).get(message) == "kept"
        return PictureBytes(PICTURE, "image/png") if kept else None

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

    async def owner_of(self, session: AsyncSession, conversation: str) -> str | None:
        found = await session.get(Owner, conversation, populate_existing=True)
        return found.owner if found else "bot"

    async def handed_over(self, session: AsyncSession) -> dict[str, str]:
        rows = await session.execute(
            select(Owner.conversation, Owner.owner).where(Owner.owner != "bot")
        )
        return dict(rows.tuples().all())

    async def owner(self, conversation: str) -> str | None:
        """Returns who may speak."""
        async with self.sessions() as session:
            return await self.owner_of(session, conversation)

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
