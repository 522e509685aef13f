"""What the desk needs from whoever holds the conversations. It is given at wiring."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True)
class Line:
    """One message of a conversation. `author` is citizen, bot, lawyer or system."""

    id: str
    at: datetime
    author: str
    text: str
    delivery: str


@dataclass(frozen=True)
class Allowance:
    """What may still be pushed to a citizen; None where nothing limits it or it is not known."""

    remaining: int | None
    until: datetime | None


@dataclass(frozen=True)
class PictureBytes:
    """A picture as it came. `media_type` is one of the kinds that are kept."""

    content: bytes
    media_type: str


class Citizens(Protocol):
    """The citizens' side. Each call joins the transaction of the session it is given."""

    async def set_owner(self, session: AsyncSession, conversation: str, owner: str) -> None:
        """Says who may speak: bot, queued or lawyer."""

    async def send(
        self,
        session: AsyncSession,
        conversation: str,
        text: str,
        author: str,
        name: str | None = None,
        options: Sequence[str] = (),
    ) -> str:
        """Queues a message of a lawyer or the system to the citizen; returns its id.

        `options` are shown as numbered choices; what is typed for them comes back to
        `Desk.heard`.
        """

    async def owner_of(self, session: AsyncSession, conversation: str) -> str | None:
        """Returns who may speak, kept from others until the transaction ends; None if erased."""

    async def handed_over(self, session: AsyncSession) -> dict[str, str]:
        """Returns the conversations that are not the bot's, with who may speak in each."""

    async def transcript(self, session: AsyncSession, conversation: str) -> list[Line]:
        """Returns all messages of a conversation, oldest first."""

    async def allowance(self, session: AsyncSession, conversation: str) -> Allowance:
        """Returns how many messages may still be sent to the citizen, and until when."""

    async def pictures(self, session: AsyncSession, conversation: str) -> Mapping[str, str]:
        """Returns the messages that are pictures, by id: waiting, kept or lost."""

    async def picture(
        self, session: AsyncSession, conversation: str, message: str
    ) -> PictureBytes | None:
        """Returns a kept picture of this conversation, None when there is no such picture."""
