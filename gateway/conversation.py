"""The turn engine: every message is stored, answered once, in order, by whoever may speak.

Messages of one citizen go through a lane (`gateway.lanes`), each through its turn
(`gateway.turns`); what could not be answered is owed (`gateway.owed`). Any number of processes can
work on one database: what they share is in it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import date, datetime, timedelta

import structlog
from sqlalchemy import Select, and_, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway import push_stops, quota, record, reminders
from gateway.bot import Bot
from gateway.channels import Capabilities, Inbound, Turn
from gateway.database import in_transaction
from gateway.erasing import Erasing
from gateway.errors import UnknownMessage
from gateway.lanes import Lanes, is_free
from gateway.lawyers import Lawyers
from gateway.owed import Owed
from gateway.safety import danger_in
from gateway.spent import Spent
from gateway.tables import Conversation, Message, now
from gateway.turns import Turns

log = structlog.get_logger()

LEFT_LYING_AFTER = timedelta(seconds=5)
RESUMED_AT_ONCE = 100


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
        self._spent = spent
        self._push_channels = push_channels
        self._channels = channels or {}
        self._lanes = Lanes(passing or sessions, self._reading)
        self._turns = Turns(sessions, bot, lawyers, self._lanes, self._push_channels, spent)
        self._owed = Owed(self._reading, self._turns, promise_hours)
        self._erasing = Erasing(
            sessions, self._reading, lawyers, self._lanes, self._turns, scrub, spent
        )
        self._running: dict[int, asyncio.Task[Turn]] = {}

    # What channels call

    async def receive(self, inbound: Inbound) -> Turn:
        """Stores the message, then answers it; a repeated ``dedup_key`` joins the same turn.

        Cancelling the caller (a deadline, a closed connection) does not cancel the turn.
        """
        message = await in_transaction(
            self._sessions, lambda session: self._store(session, inbound)
        )
        if message is None:
            return Turn("", "silent", None)
        if message.status not in record.UNANSWERED:
            async with self._reading() as session:
                return await record.turn_of(session, message)
        return await asyncio.shield(self._turn_task(message))

    async def note(self, inbound: Inbound) -> bool:
        """Notes an act that is no message (a scan, a subscription) and what it grants, once.

        Returns:
            False when it had been noted before.
        """

        async def once(session: AsyncSession) -> bool:
            if await record.inbound_with(session, inbound.dedup_key):
                return False
            message = await self._store(session, inbound)
            if message is not None:
                message.status = "silent"
            return message is not None

        return await in_transaction(self._sessions, once)

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

        async def claim(session: AsyncSession) -> str:
            known = await session.scalar(select(Message).where(Message.dedup_key == dedup_key))
            if known is None:
                raise UnknownMessage
            await record.locked(session, known.conversation_id)
            await session.refresh(known, with_for_update=True)
            if known.reply_path in (None, "waiting"):
                known.reply_path = path
                reply = await record.last_reply(session, known)
                if path == "push" and reply is not None:
                    await record.enqueue(session, reply)
            return known.reply_path

        return await in_transaction(self._sessions, claim)

    async def can_push(self, channel: str) -> bool:
        """Says whether a channel's account is allowed to push at all, as far as is known."""
        async with self._reading() as session:
            return channel in self._push_channels and not await push_stops.forbidden(
                session, channel
            )

    async def erase(self, channel: str, citizen: str) -> list[str]:
        """Erases everything held about one person; returns sentences on what is kept."""
        async with self._reading() as session:
            conversation = await record.conversation_of(session, channel, citizen)
        return await self._erasing.whole(conversation.id) if conversation else []

    async def leave(self, channel: str, citizen: str, delivery: str, at: datetime) -> bool:
        """Commits to erasing everything held about one person who left, once for a delivery.

        Returns:
            Whether `erase` has something to do now; if it never comes to that, `Promises` does it.
        """
        return await self._erasing.leave(channel, citizen, delivery, at)

    # What the internal routes and the background tasks call

    async def erase_conversation(self, conversation: str) -> list[str]:
        """Erases a conversation, its last reply apart while a turn is under way."""
        return await self._erasing.within_turn(conversation)

    async def erase_due(self, conversation: str, days: int) -> None:
        """Erases a conversation that `privacy.due` named, unless a turn has settled it since."""
        await self._erasing.due(conversation, days)

    async def forget_erased(self) -> None:
        """Asks Rasa again to forget trackers that it could not be asked to forget before."""
        await self._erasing.forget()

    async def scrub(self) -> None:
        """Has the database drop what it still keeps of erased rows."""
        await self._erasing.scrub()

    async def schedule(self, conversation: str, on: date, text: str, key: str) -> datetime:
        """Keeps a sentence for a day to come; returns when it will be said.

        Raises:
            UnknownConversation: it has been erased, or never was.
        """
        return await in_transaction(
            self._sessions,
            lambda session: reminders.schedule(session, conversation, on, text, key),
        )

    async def cancel_reminders(self, conversation: str, key: str | None = None) -> int:
        """Drops a conversation's reminders, or the one with a key; returns how many."""
        return await in_transaction(
            self._sessions, lambda session: reminders.cancel(session, conversation, key)
        )

    async def remind(self) -> None:
        """Says what has been kept for today."""
        count = await in_transaction(
            self._sessions, lambda session: reminders.say_due(session, self._push_channels)
        )
        if count:
            log.info("reminders.said", count=count)

    async def resume(self) -> None:
        """Answers what was received by a process that has died, this one's past self included.

        Nobody waits for the reply any more: it is pushed where the channel can.
        """
        async with self._reading() as session:
            left = list(await session.scalars(_left_lying()))
        if not left:
            return
        unwaited = [message for message in left if message.id not in self._running]
        await in_transaction(self._sessions, lambda session: self._push_later(session, unwaited))
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

    def _turn_task(self, message: Message) -> asyncio.Task[Turn]:
        task = self._running.get(message.id)
        if task is None:
            task = asyncio.create_task(self._take_turn(message))
            self._running[message.id] = task
            task.add_done_callback(lambda _done: self._running.pop(message.id, None))
        return task

    async def _take_turn(self, message: Message) -> Turn:
        conversation, inbound = message.conversation_id, message.id
        if danger_in(message.text):  # waits for nobody's turn
            await self._turns.decide(inbound)
            return await self._stored_turn(inbound)

        async def settled() -> bool:
            async with self._reading() as session:
                return await record.status_of(session, inbound) not in record.UNANSWERED

        async with self._lanes.hold(conversation, settled) as held:
            if held:
                await self._owed.keep(conversation)
                async with self._reading() as session:
                    waiting = await record.unanswered(session, conversation, upto=inbound)
                for earlier in waiting:
                    await self._turns.answer(earlier)
        return await self._stored_turn(inbound)

    async def _stored_turn(self, inbound: int) -> Turn:
        async with self._reading() as session:
            message = await session.get(Message, inbound)
            if message is None:  # erased while it waited
                return Turn(str(inbound), "silent", None)
            return await record.turn_of(session, message)

    # The database

    async def _store(self, session: AsyncSession, inbound: Inbound) -> Message | None:
        """Stores a message with what it grants and, where the channel has one, its answer.

        Returns None for a late delivery of what has been erased, or of whoever has left.
        """
        known = await record.inbound_with(session, inbound.dedup_key)
        if known is not None:
            return known
        if await self._spent.too_late(session, inbound):
            return None
        message = await record.store_inbound(session, inbound)
        limits = self._channels.get(inbound.channel, Capabilities()).quota
        if limits:
            await quota.grant(session, message.conversation_id, inbound.grant, limits)
        if inbound.notice is not None:
            await record.store_notice(session, message, inbound.notice)
        return message

    async def _push_later(self, session: AsyncSession, messages: list[Message]) -> None:
        for message in messages:
            conversation = await session.get(Conversation, message.conversation_id)
            if conversation and conversation.channel in self._push_channels:
                forbidden = await push_stops.forbidden(session, conversation.channel)
                await session.execute(
                    update(Message)
                    .where(Message.id == message.id, Message.reply_path.is_(None))
                    .values(reply_path="held" if forbidden else "push")
                )


def _left_lying() -> Select[Message]:
    """Selects messages whose turn nobody takes: no lease, and not just come in."""
    return (
        select(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            is_free(),
            or_(
                Message.status == "answering",
                and_(Message.status == "received", Message.created_at < now() - LEFT_LYING_AFTER),
            ),
        )
        .order_by(Message.id)
        .limit(RESUMED_AT_ONCE)
    )
