"""One turn: decide, ask Rasa, store what came of it.

Three short steps, none of which holds a transaction across a network call. What another worker has
settled meanwhile is left as it is: each step looks at the message and at the lane again.
"""

import time
from collections.abc import Set

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway import metrics, privacy
from gateway.asking import Asking, Question
from gateway.bot import Bot
from gateway.database import in_transaction
from gateway.deciding import Deciding
from gateway.errors import BotTimeout, BotUnreachable, UnknownConversation
from gateway.lanes import Lanes
from gateway.lawyers import Lawyers
from gateway.logs import where
from gateway.record import Draft
from gateway.settling import Settling, load
from gateway.spent import Spent

log = structlog.get_logger()


class Turns:
    """Takes messages through their turn, one at a time, in a lane that the caller holds.

    Args:
        sessions: the database.
        bot: the client of Rasa.
        lawyers: the desk.
        lanes: what tells whether the lane is still this worker's.
        push_channels: channels that have a sender; late replies to others wait to be fetched.
        spent: knows the deliveries of what has been erased.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        bot: Bot,
        lawyers: Lawyers,
        lanes: Lanes,
        push_channels: frozenset[str],
        spent: Spent,
    ) -> None:
        self._sessions = sessions
        self._bot = bot
        self._asking = Asking(bot, sessions)
        self._settling = Settling(lawyers, lanes, push_channels, spent)
        self._deciding = Deciding(lawyers, self._settling)

    @property
    def asking(self) -> Set[str]:
        """Conversations that Rasa is being asked about by this process."""
        return self._asking.under_way

    async def answer(self, inbound: int) -> bool:
        """Takes one message through its turn; returns False when Rasa could not be reached."""
        started = time.monotonic()
        try:
            question = await self.decide(inbound)
            if question is None:
                return True
            answer = await self._asking.ask(question)
            try:
                status = await in_transaction(
                    self._sessions,
                    lambda session: self._settling.settle(session, inbound, question, answer),
                )
            except UnknownConversation:  # by another worker, after this one's lease had run out
                async with self._sessions.begin() as session:
                    await privacy.remembered(session, question.conversation)
                status = "erased"
            if status == "erased":
                await self.forget(question.conversation)
        except DBAPIError:
            raise
        except Exception as error:
            log.error(
                "turn.failed", message=inbound, error=type(error).__name__, where=where(error)
            )
            await in_transaction(
                self._sessions,
                lambda session: self._settling.promise(session, inbound, failed=True),
            )
            return True
        metrics.TURN_SECONDS.observe(time.monotonic() - started)
        log.info(
            "turn.settled",
            message=inbound,
            conversation=question.conversation,
            status=status,
            seconds=round(time.monotonic() - started, 3),
        )
        return not answer.unreachable

    async def decide(self, inbound: int) -> Question | None:
        """Says at once what can be said without Rasa; returns the question for Rasa otherwise."""
        try:
            return await in_transaction(
                self._sessions, lambda session: self._deciding.decide(session, inbound)
            )
        except UnknownConversation:  # erased while it waited
            return None

    async def close(self, inbound: int, text: str) -> None:
        """Ends a promise with an honest note."""
        async with self._sessions.begin() as session:
            message, conversation = await load(session, inbound)
            if message.status == "promised":
                await self._settling.settled(session, conversation, message, Draft(text, "system"))
        log.warning("promise.closed", message=inbound)

    async def forget(self, conversation: str) -> None:
        """Has Rasa drop its tracker; what cannot be done now is noted and done later."""
        try:
            await self._bot.forget(conversation)
        except (BotUnreachable, BotTimeout) as error:
            log.warning("erasure.forget_later", conversation=conversation, detail=str(error))
            return
        async with self._sessions.begin() as session:
            await privacy.forgotten(session, conversation)
