"""The turn engine: every message is stored, answered once, in order, by whoever may speak.

Messages of one citizen go through a lane (`gateway.lanes`), each through its turn
(`gateway.turns`); what could not be answered is owed (`gateway.owed`). Any number of processes can
work on one database: what they share is in it.
"""

import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway import left_lying, push_stops, record
from gateway.bot import Bot
from gateway.channels import Capabilities, Inbound, Turn
from gateway.database import in_transaction
from gateway.erasing import Erasing
from gateway.errors import AnsweredLater
from gateway.intake import Intake, Receipt
from gateway.lanes import Lanes
from gateway.lawyers import Lawyers
from gateway.line import Line
from gateway.owed import Owed
from gateway.safety import danger_in
from gateway.spent import Spent
from gateway.stored_turn import turn_of
from gateway.tables import Message
from gateway.together import Together
from gateway.turns import Turns

log = structlog.get_logger()

RESUMED_UNDER_S = 1.0
"""A line in which the first has waited for longer is long enough."""
BEGUN_WITHIN = 0.25
"""The share of a channel's deadline after which a turn that has not begun is not waited for."""


async def _nothing_to_scrub() -> None:
    """Does nothing: the database keeps nothing of erased rows."""


class Conversations:
    """Receives what citizens send and gives one stored turn for each message.

    Args:
        sessions: the database.
        bot: the client of Rasa.
        lawyers: the desk.
        spent: knows the deliveries of what has been erased.
        reading: the database for reading only, where that is cheaper.
        passing: the database for leases, which need not outlive the machine.
        scrub: has the database drop what it still keeps of erased rows.
        push_channels: channels that have a sender; late replies to others wait to be fetched.
        channels: what those channels can do.
        promise_hours: the age at which a promised answer is closed with a note.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        bot: Bot,
        lawyers: Lawyers,
        spent: Spent,
        *,
        reading: async_sessionmaker[AsyncSession] | None = None,
        passing: async_sessionmaker[AsyncSession] | None = None,
        scrub: Callable[[], Awaitable[None]] = _nothing_to_scrub,
        push_channels: frozenset[str] = frozenset(),
        channels: Mapping[str, Capabilities] | None = None,
        promise_hours: int = 48,
    ) -> None:
        self._sessions, self._reading = sessions, reading or sessions
        self._push_channels = push_channels
        self._channels = channels or {}
        self._line = Line()
        self._intake = Intake(sessions, self._channels, push_channels, spent)
        self._stops: Together[str, bool] = Together(self._read_stops)
        self._lanes = Lanes(passing or sessions, self._reading)
        self._turns = Turns(sessions, bot, lawyers, self._lanes, self._push_channels, spent)
        self._owed = Owed(self._reading, self._turns, promise_hours)
        self.erasing = Erasing(
            sessions, self._reading, lawyers, self._lanes, self._turns, scrub, spent
        )
        """Erases what is held about people."""
        self._running: dict[int, asyncio.Task[None]] = {}

    # What channels call

    async def receive(self, inbound: Inbound) -> Turn:
        """Stores the message, then answers it; a repeated ``dedup_key`` joins the same turn.

        Cancelling the caller (a deadline, a closed connection) does not cancel the turn.

        Raises:
            AnsweredLater: on a channel with a deadline, the reply cannot come in time.
        """
        patience = self._patience(inbound)
        until = asyncio.get_running_loop().time() + patience
        receipt = Receipt(inbound, later=self._line.waited > patience)
        message = (await self._intake.store(receipt)).message
        if message is None:
            return Turn("", "silent", None)
        if message.status in record.UNANSWERED:
            task = self._turn_task(message)
            if patience < math.inf:
                await self._begun(inbound, message, task, until)
            await asyncio.shield(task)
        return await self._stored_turn(message.id)

    async def note(self, inbound: Inbound) -> bool:
        """Notes an act that is no message (a scan, a subscription) and what it grants, once.

        Returns:
            False when it had been noted before.
        """
        return (await self._intake.store(Receipt(inbound, wordless=True))).fresh

    async def claim_path(self, dedup_key: str, path: str) -> str:
        """Claims a path for the reply to a message; returns the path that holds.

        Args:
            dedup_key: the message.
            path: "passive": the answer to the delivery; "push": the reply, stored already or when
                it comes, gets an outbox row; "held": it waits until the citizen asks for it
                (`gateway.words`, ``view_phrases``); "waiting": the same until a later delivery
                claims another.

        Raises:
            UnknownMessage: no inbound message has this key.
        """
        return await self._intake.claim(dedup_key, path)

    async def can_push(self, channel: str) -> bool:
        """Says whether a channel's account is allowed to push at all, as far as is known."""
        return channel in self._push_channels and await self._stops.add(channel)

    async def erase(self, channel: str, citizen: str) -> list[str]:
        """Erases everything held about one person; returns sentences on what is kept."""
        async with self._reading() as session:
            conversation = await record.conversation_of(session, channel, citizen)
        return await self.erasing.whole(conversation.id) if conversation else []

    async def leave(self, channel: str, citizen: str, delivery: str, at: datetime) -> bool:
        """Commits to erasing everything held about one person who left, once for a delivery.

        Returns:
            Whether `erase` has something to do now; if it never comes to that, `Promises` does it.
        """
        return await self.erasing.leave(channel, citizen, delivery, at)

    # What the internal routes and the background tasks call

    async def resume(self) -> None:
        """Answers what was received by a process that has died, this one's past self included.

        Nobody waits for the reply any more: it is pushed where the channel can.
        """
        if self._line.waited > RESUMED_UNDER_S:
            return  # what waits in a living process is not left lying, and this one has enough
        async with self._reading() as session:
            left = await left_lying.messages(session)
        if not left:
            return
        unwaited = [message.id for message in left if message.id not in self._running]
        await in_transaction(
            self._sessions,
            lambda session: left_lying.push_later(session, unwaited, self._push_channels),
        )
        log.info("turns.resumed", count=len(left))
        await asyncio.gather(*(self._turn_task(message) for message in left))

    async def close(self) -> None:
        """Breaks off the turns that are running; they are taken again after the next start."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def keep_promises(self, conversation: str) -> bool:
        """Answers what is owed to one citizen, in order; False when Rasa cannot be reached."""
        async with self._lanes.hold(conversation):
            return await self._owed.keep(conversation)

    # One conversation at a time

    def _patience(self, inbound: Inbound) -> float:
        """Returns the seconds within which a turn must begin to be over in time."""
        passive = self._channels.get(inbound.channel, Capabilities()).passive_reply
        if passive is None or inbound.notice is not None or danger_in(inbound.text):
            return math.inf
        return passive * BEGUN_WITHIN

    async def _begun(
        self, inbound: Inbound, message: Message, task: asyncio.Task[None], until: float
    ) -> None:
        """Returns when a turn has begun.

        Raises:
            AnsweredLater: it will not begin in time; the path of its reply is taken.
        """
        path = message.reply_path
        if path in (None, "waiting"):
            await asyncio.wait({task}, timeout=until - asyncio.get_running_loop().time())
            if not self._line.waits(message.id):
                return
            late = "push" if await self.can_push(inbound.channel) else "held"
            path = await self._intake.claim(inbound.dedup_key, late)
        if path != "passive":
            raise AnsweredLater(path)

    def _turn_task(self, message: Message) -> asyncio.Task[None]:
        task = self._running.get(message.id)
        if task is None:
            task = asyncio.create_task(self._take_turn(message))
            self._running[message.id] = task
            task.add_done_callback(lambda done: self._ended(message.id, done))
        return task

    def _ended(self, message: int, task: asyncio.Task[None]) -> None:
        self._running.pop(message, None)
        error = None if task.cancelled() else task.exception()
        if error:  # often nobody waits for it; `resume` will take the message again
            log.error("turn.broken_off", message=message, error=type(error).__name__)

    async def _take_turn(self, message: Message) -> None:
        conversation, inbound = message.conversation_id, message.id
        if danger_in(message.text) and await self._turns.decide(inbound) is None:
            return  # danger waits for nobody's turn; what turns out to be none does
        place = self._line.place(inbound)
        async with self._lanes.hold(conversation, inbound, place) as unsettled:
            if unsettled is None:
                return
            await self._owed.settle(unsettled)
            for earlier in unsettled:
                if earlier.status in record.UNANSWERED and earlier.id <= inbound:
                    await self._turns.answer(earlier.id)

    async def _stored_turn(self, inbound: int) -> Turn:
        async with self._reading() as session:
            turn = await turn_of(session, inbound)
        return turn or Turn(str(inbound), "silent", None)  # erased while it waited

    # The database

    async def _read_stops(self, channels: Sequence[str]) -> Sequence[bool]:
        """Says of each channel whether its account may push; asks once for all who wait."""
        async with self._reading() as session:
            may = {each: not await push_stops.forbidden(session, each) for each in set(channels)}
        return [may[channel] for channel in channels]
