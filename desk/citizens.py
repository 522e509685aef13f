"""What the desk needs from whoever holds the conversations. It is given at wiring."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from sqlalchemy.ext.asyncio import AsyncSession


@dataclass(frozen=True)
class Line:
    """One message of a conversation. `author` is citizen, bot, lawyer or system."""

    at: datetime
    author: str
    text: str
    delivery: str


@dataclass(frozen=True)
class Allowance:
    """What may still be pushed to a citizen; None where nothing limits it or it is not known."""

    remaining: int | None
    until: datetime | None


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
    ) -> str:
        """Queues a message of a lawyer or the system to the citizen; returns its id."""

    async def transcript(self, session: AsyncSession, conversation: str) -> list[Line]:
        """Returns all messages of a conversation, oldest first."""

    async def allowance(self, session: AsyncSession, conversation: str) -> Allowance:
        """Returns how many messages may still be sent to the citizen, and until when."""
