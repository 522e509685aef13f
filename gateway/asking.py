"""Asking Rasa about one message; what is decided about silence is decided here."""

from dataclasses import dataclass, replace

import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway.bot import Bot, BotTurn
from gateway.crisis import Crisis
from gateway.errors import BotTimeout, BotUnreachable
from gateway.tables import Conversation

log = structlog.get_logger()


@dataclass(frozen=True)
class Question:
    """What to ask Rasa for one message, and the state it was decided in."""

    conversation: str
    text: str
    epoch: int
    cut: bool
    danger: str
    waiting: bool
    crisis: Crisis | None
    left: bool
    never: bool = False
    calm: bool = False

    @property
    def held(self) -> bool:
        """Whether what Rasa has no answer for is left to words that stay with the person."""
        return self.crisis is not None and self.crisis.keeps_the_word(self.text)


@dataclass(frozen=True)
class Answer:
    """What Rasa made of a question; ``turn`` is None when it could not be asked."""

    turn: BotTurn | None
    unreachable: bool = False


class Asking:
    """Asks Rasa.

    Args:
        bot: the client of Rasa.
        reading: the database, for reading only.
    """

    def __init__(self, bot: Bot, reading: async_sessionmaker[AsyncSession]) -> None:
        self._bot = bot
        self._reading = reading
        self.under_way: set[str] = set()
        """Conversations that Rasa is being asked about by this process."""

    async def ask(self, question: Question) -> Answer:
        """Returns what Rasa makes of a question."""
        self.under_way.add(question.conversation)
        try:
            turn = await self._turn(question)
            left = turn.status == "silent" and not question.held
            if left and await self._owner(question.conversation) == "bot":
                if not question.waiting:
                    # A paused tracker that nobody owns: who may speak is decided here, not there.
                    log.warning("bot.paused_without_owner", conversation=question.conversation)
                    await self._bot.forget(question.conversation)
                # Else it was left to a lawyer who is no longer waited for.
                turn = await self._turn(replace(question, waiting=False))
            return Answer(turn)
        except BotTimeout:
            log.warning("bot.timed_out", conversation=question.conversation)
            return Answer(None)
        except BotUnreachable as error:
            log.warning("bot.unreachable", detail=str(error))
            return Answer(None, unreachable=True)
        finally:
            self.under_way.discard(question.conversation)

    async def _turn(self, question: Question) -> BotTurn:
        return await self._bot.turn(
            question.conversation,
            question.text,
            danger=question.danger,
            waiting=question.waiting,
            held=question.held,
            never=question.never,
            calm=question.calm,
        )

    async def _owner(self, conversation: str) -> str | None:
        async with self._reading() as session:
            found = await session.get(Conversation, conversation)
            return found.owner if found else None
