"""The turn engine: every message is stored, answered once, in order, by whoever may speak.

A turn is three short steps, none of which holds a transaction across a network call: decide
(danger, who owns the chat, what can be said at once), ask Rasa, store what came of it.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from weakref import WeakValueDictionary

import structlog
from sqlalchemy import select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from desk.cases import NewCase
from gateway import metrics, privacy, record, reminders
from gateway.bot import Bot, BotTurn
from gateway.channels import Inbound, Turn
from gateway.errors import BotTimeout, BotUnreachable, UnknownConversation, UnknownMessage
from gateway.lawyers import Lawyers
from gateway.logs import where
from gateway.record import Draft
from gateway.safety import Danger, danger_in
from gateway.tables import Conversation, Message, now
from gateway.typed import BOT_TEXT_LIMIT, chosen_option, is_wordless, plain_words
from gateway.words import words

log = structlog.get_logger()

T = TypeVar("T")

PROMISE_TRIES = 5
FIRST_RETRY_AFTER = timedelta(seconds=30)


@dataclass(frozen=True)
class _Question:
    """What to ask Rasa for one message, and the state it was decided in."""

    conversation: str
    text: str
    epoch: int
    cut: bool


@dataclass(frozen=True)
class _Answer:
    """What Rasa made of a question; ``turn`` is None when it could not be asked."""

    turn: BotTurn | None
    unreachable: bool = False


class Conversations:
    """Receives what citizens send and gives one stored turn for each message.

    Args:
        sessions: the database.
        bot: the client of Rasa.
        lawyers: the desk.
        reading: the database for reading only, where that is cheaper.
        push_channels: channels that have a sender; late replies to others wait to be fetched.
        promise_hours: the age at which a promised answer is closed with a note.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        bot: Bot,
        lawyers: Lawyers,
        *,
        reading: async_sessionmaker[AsyncSession] | None = None,
        push_channels: frozenset[str] = frozenset(),
        promise_hours: int = 48,
    ) -> None:
        self._sessions, self._reading = sessions, reading or sessions
        self._bot = bot
        self._lawyers = lawyers
        self._push_channels = push_channels
        self._promise_age = timedelta(hours=promise_hours)
        self._turns: dict[int, asyncio.Task[Turn]] = {}
        self._lanes: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()
        self._asking: set[str] = set()

    # What channels call

    async def receive(self, inbound: Inbound) -> Turn:
        """Stores the message, then answers it; a repeated ``dedup_key`` joins the same turn.

        Cancelling the caller (a deadline, a closed connection) does not cancel the turn.
        """
        message = await self._transaction(lambda session: record.store_inbound(session, inbound))
        if message.status not in record.UNANSWERED:
            async with self._reading() as session:
                return await record.turn_of(session, message)
        return await asyncio.shield(self._turn_task(message))

    async def claim_path(self, dedup_key: str, path: str) -> str:
        """Claims "passive" or "push" for the reply to a message; returns the path that holds.

        Once "push" holds, the reply, stored already or when it comes, gets an outbox row.

        Raises:
            UnknownMessage: no inbound message has this key.
        """
        async with self._sessions.begin() as session:
            inbound = await record.inbound_with(session, dedup_key)
            if inbound is None:
                raise UnknownMessage
            if inbound.reply_path is None:
                inbound.reply_path = path
                reply = await record.last_reply(session, inbound)
                if path == "push" and reply is not None:
                    await record.enqueue(session, reply)
            return inbound.reply_path

    async def erase(self, channel: str, citizen: str) -> list[str]:
        """Erases everything held about one person; returns sentences on what is kept."""
        async with self._reading() as session:
            conversation = await record.conversation_of(session, channel, citizen)
        return await self.erase_conversation(conversation.id) if conversation else []

    # What the internal routes and the background tasks call

    async def erase_conversation(self, conversation: str) -> list[str]:
        """Erases a conversation; returns sentences on what is kept.

        During a turn (the bot's own action asks for it) the reply still has to reach the person:
        the rest goes when that reply has been stored.
        """
        if conversation in self._asking:
            async with self._sessions.begin() as session:
                return await privacy.request(session, self._lawyers, conversation)
        async with self._lane(conversation):
            return await self._erase(conversation)

    async def schedule(self, conversation: str, on: date, text: str, key: str) -> datetime:
        """Keeps a sentence for a day to come; returns when it will be said.

        Raises:
            UnknownConversation: it has been erased, or never was.
        """
        return await self._transaction(
            lambda session: reminders.schedule(session, conversation, on, text, key)
        )

    async def cancel_reminders(self, conversation: str, key: str | None = None) -> int:
        """Drops a conversation's reminders, or the one with a key; returns how many."""
        return await self._transaction(lambda session: reminders.cancel(session, conversation, key))

    async def remind(self) -> None:
        """Says what has been kept for today."""
        count = await self._transaction(
            lambda session: reminders.say_due(session, self._push_channels)
        )
        if count:
            log.info("reminders.said", count=count)

    async def erase_due(self, conversation: str, days: int) -> None:
        """Erases a conversation that `privacy.due` named, unless a turn has settled it since."""
        async with self._lane(conversation):
            async with self._reading() as session:
                due = await privacy.is_due(session, conversation, days)
            if due:
                await self._erase(conversation)

    async def forget_erased(self) -> None:
        """Asks Rasa again to forget trackers that it could not be asked to forget before."""
        async with self._reading() as session:
            waiting = await privacy.not_forgotten(session)
        for conversation in waiting:
            async with self._lane(conversation):
                async with self._reading() as session:
                    done = await privacy.is_forgotten(session, conversation)
                if not done:
                    await self._forget(conversation)

    async def resume(self) -> None:
        """Answers, after a restart, what was received and never answered."""
        async with self._sessions.begin() as session:
            left = await session.scalars(
                select(Message).where(Message.status.in_(record.UNANSWERED)).order_by(Message.id)
            )
            messages = list(left)
            for message in messages:
                nobody_waits = message.id not in self._turns and message.reply_path is None
                if nobody_waits and await self._pushes(session, message):
                    message.reply_path = "push"
        log.info("turns.resumed", count=len(messages))
        await asyncio.gather(*(self._turn_task(message) for message in messages))

    async def close(self) -> None:
        """Breaks off the turns that are running; they are taken again after the next start."""
        running = list(self._turns.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    async def keep_promises(self, conversation: str) -> bool:
        """Answers what is owed to one citizen, in order; False when Rasa cannot be reached."""
        async with self._lane(conversation):
            return await self._keep_promises(conversation)

    # One conversation at a time

    def _turn_task(self, message: Message) -> asyncio.Task[Turn]:
        task = self._turns.get(message.id)
        if task is None:
            task = asyncio.create_task(self._take_turn(message))
            self._turns[message.id] = task
            task.add_done_callback(lambda _done: self._turns.pop(message.id, None))
        return task

    def _lane(self, conversation: str) -> asyncio.Lock:
        lane = self._lanes.get(conversation)
        if lane is None:
            lane = self._lanes[conversation] = asyncio.Lock()
        return lane

    async def _take_turn(self, message: Message) -> Turn:
        conversation, inbound = message.conversation_id, message.id
        if danger_in(message.text):  # waits for nobody's turn
            await self._transaction(lambda session: self._decide(session, inbound))
            return await self._stored_turn(inbound)
        async with self._lane(conversation):
            await self._keep_promises(conversation)
            async with self._reading() as session:
                waiting = await record.unanswered(session, conversation, upto=inbound)
            for earlier in waiting:
                await self._answer(earlier)
            return await self._stored_turn(inbound)

    async def _stored_turn(self, inbound: int) -> Turn:
        async with self._reading() as session:
            message = await session.get(Message, inbound)
            if message is None:  # erased while it waited
                return Turn(str(inbound), "silent", None)
            return await record.turn_of(session, message)

    async def _keep_promises(self, conversation: str) -> bool:
        async with self._reading() as session:
            owed = await record.promised(session, conversation)
        for message in owed:
            if now() - message.created_at > self._promise_age:
                hours = int(self._promise_age.total_seconds() // 3600)
                await self._close(message.id, words().promise_closed.format(hours=hours))
            elif message.attempts >= PROMISE_TRIES:
                await self._close(message.id, words().promise_failed)
            elif now() >= _due(message) and not await self._answer(message.id):
                return False
        return True

    # One turn

    async def _answer(self, inbound: int) -> bool:
        """Takes one message through its turn; returns False when Rasa could not be reached."""
        started = time.monotonic()
        try:
            question = await self._transaction(lambda session: self._decide(session, inbound))
            if question is None:
                return True
            answer = await self._ask(question)
            status = await self._transaction(
                lambda session: self._settle(session, inbound, question, answer)
            )
            if status == "erased":
                await self._forget(question.conversation)
        except DBAPIError:
            raise
        except Exception as error:
            log.error(
                "turn.failed", message=inbound, error=type(error).__name__, where=where(error)
            )
            await self._transaction(lambda session: self._promise(session, inbound, failed=True))
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

    async def _decide(self, session: AsyncSession, inbound: int) -> _Question | None:
        """Says at once what can be said without Rasa; returns the question for Rasa otherwise."""
        message, conversation = await self._load(session, inbound)
        if message.status not in (*record.UNANSWERED, "promised"):
            return None
        danger = danger_in(message.text)
        if danger:
            await self._warn(session, conversation, message, danger)
            return None
        text = plain_words(message.text)
        if conversation.owner != "bot" and await self._hold_back(
            session, conversation, message, text
        ):
            return None
        if is_wordless(text):
            await self._settled(session, conversation, message, Draft(words().empty, "bot"))
            return None
        option = chosen_option(text, await record.options_seen(session, message))
        if message.status != "promised":
            message.status = "answering"
        return _Question(
            conversation=conversation.id,
            text=option or text[:BOT_TEXT_LIMIT],
            epoch=conversation.epoch,
            cut=len(text) > BOT_TEXT_LIMIT,
        )

    async def _warn(
        self, session: AsyncSession, conversation: Conversation, message: Message, danger: Danger
    ) -> None:
        """Gives the numbers at once; a case that waits becomes the most urgent."""
        metrics.DANGERS.labels(danger.kind).inc()
        log.warning("danger.shown", kind=danger.kind, conversation=conversation.id)
        await self._settled(session, conversation, message, Draft(danger.reply, "system"))
        if await self._lawyers.open_case_of(session, conversation.id):
            urgent = NewCase(
                conversation=conversation.id,
                question=message.text[:BOT_TEXT_LIMIT],
                reason=words().danger_reason,
                urgency="danger",
            )
            await self._lawyers.open_case(session, urgent)

    async def _hold_back(
        self, session: AsyncSession, conversation: Conversation, message: Message, text: str
    ) -> bool:
        """Says what is due while people serve the citizen; False when nobody does any more."""
        case = await self._lawyers.open_case_of(session, conversation.id)
        if case is None:  # whoever served has gone: the bot must not stay silent for ever
            log.warning("conversation.owner_gone", conversation=conversation.id)
            conversation.owner = "bot"
            return False
        if conversation.owner == "lawyer" or message.status == "promised":
            await self._settled(session, conversation, message, None)
            return True
        say = words()
        if _same(text, say.withdraw_phrases):
            await self._lawyers.withdraw(session, conversation.id)
            conversation.owner = "bot"
            reply = say.withdrawn
        elif is_wordless(text):
            reply = say.empty_handed_over
        else:
            reply = _queued(case.position)
        await self._settled(session, conversation, message, Draft(reply, "system"))
        return True

    async def _ask(self, question: _Question) -> _Answer:
        self._asking.add(question.conversation)
        try:
            turn = await self._bot.turn(question.conversation, question.text)
            if turn.status == "silent" and await self._owner(question.conversation) == "bot":
                # A paused tracker that nobody owns: who may speak is decided here, not there.
                log.warning("bot.paused_without_owner", conversation=question.conversation)
                await self._bot.forget(question.conversation)
                turn = await self._bot.turn(question.conversation, question.text)
            return _Answer(turn)
        except BotTimeout:
            log.warning("bot.timed_out", conversation=question.conversation)
            return _Answer(None)
        except BotUnreachable as error:
            log.warning("bot.unreachable", detail=str(error))
            return _Answer(None, unreachable=True)
        finally:
            self._asking.discard(question.conversation)

    async def _settle(
        self, session: AsyncSession, inbound: int, question: _Question, answer: _Answer
    ) -> str:
        """Stores what came of a turn; returns a word for the log."""
        message, conversation = await self._load(session, inbound)
        turn = answer.turn
        good = turn is not None and turn.status == "ok" and bool(turn.text)
        if conversation.erase_requested_at:
            text = turn.text if turn and good else words().erased
            reply = await self._settled(session, conversation, message, Draft(text, "bot"))
            await privacy.erase_up_to(session, conversation, message, reply)
            return "erased"
        if conversation.epoch != question.epoch or conversation.owner == "lawyer":
            await self._settled(session, conversation, message, None)
            return "silent"
        if turn is not None and good:
            note = words().too_long.format(limit=BOT_TEXT_LIMIT) if question.cut else ""
            text = "\n\n".join(filter(None, [turn.text, note]))
            await self._settled(session, conversation, message, Draft(text, "bot", turn.options))
            return "ok"
        if turn is not None and turn.status == "silent" and conversation.owner != "bot":
            await self._settled(session, conversation, message, None)
            return "silent"
        if _same(question.text, words().handoff_phrases):
            await self._hand_over(session, conversation, message)
            return "handed_over"
        await self._promise(session, inbound, failed=not answer.unreachable)
        return "promised"

    async def _hand_over(
        self, session: AsyncSession, conversation: Conversation, message: Message
    ) -> None:
        """Opens a case without Rasa: a dead bot must not stand between a person and a lawyer."""
        question = await session.scalar(
            select(Message.text)
            .where(
                Message.conversation_id == conversation.id,
                Message.status == "promised",
                Message.text != "",
            )
            .order_by(Message.id.desc())
            .limit(1)
        )
        case = await self._lawyers.open_case(
            session,
            NewCase(
                conversation=conversation.id,
                question=plain_words(question or message.text)[:BOT_TEXT_LIMIT],
                reason=words().handover_reason,
            ),
        )
        say = words()
        text = (
            say.handed_over.format(position=case.position)
            if case.position
            else say.queued_without_position
        )
        await self._settled(session, conversation, message, Draft(text, "system"))

    async def _promise(self, session: AsyncSession, inbound: int, *, failed: bool) -> None:
        """Marks a message as owed and, the first time, says so."""
        message, conversation = await self._load(session, inbound)
        message.attempts += failed
        message.updated_at = now()
        if message.status == "promised":
            return
        note = Draft(words().unavailable, "system")
        await self._settled(session, conversation, message, note, status="promised")

    async def _close(self, inbound: int, text: str) -> None:
        """Ends a promise with an honest note."""
        async with self._sessions.begin() as session:
            message, conversation = await self._load(session, inbound)
            if message.status == "promised":
                await self._settled(session, conversation, message, Draft(text, "system"))
        log.warning("promise.closed", message=inbound)

    async def _settled(
        self,
        session: AsyncSession,
        conversation: Conversation,
        message: Message,
        draft: Draft | None,
        *,
        status: str = "answered",
    ) -> Message | None:
        """Stores the reply with the new state; silence when there is none."""
        late = message.status == "promised" and conversation.channel in self._push_channels
        message.status = status if draft else "silent"
        message.updated_at = now()
        metrics.TURNS.labels(conversation.channel, message.status).inc()
        if draft is None:
            return None
        return await record.store_reply(
            session,
            conversation,
            draft,
            reply_to=message,
            push=late or message.reply_path == "push",
        )

    # The database

    async def _transaction(self, work: Callable[[AsyncSession], Awaitable[T]]) -> T:
        """Runs one transaction, a second time where another won a race against it."""
        try:
            async with self._sessions.begin() as session:
                return await work(session)
        except DBAPIError as error:
            log.info("transaction.again", detail=type(error).__name__)
            async with self._sessions.begin() as session:
                return await work(session)

    async def _load(self, session: AsyncSession, inbound: int) -> tuple[Message, Conversation]:
        message = await session.get_one(Message, inbound)
        conversation = await record.locked(session, message.conversation_id)
        if conversation is None:
            raise UnknownConversation
        await session.refresh(message)
        return message, conversation

    async def _owner(self, conversation: str) -> str | None:
        async with self._reading() as session:
            found = await session.get(Conversation, conversation)
            return found.owner if found else None

    async def _pushes(self, session: AsyncSession, message: Message) -> bool:
        conversation = await session.get_one(Conversation, message.conversation_id)
        return conversation.channel in self._push_channels

    async def _erase(self, conversation: str) -> list[str]:
        async with self._sessions.begin() as session:
            kept = await privacy.erase(session, self._lawyers, conversation)
        await self._forget(conversation)
        return kept

    async def _forget(self, conversation: str) -> None:
        try:
            await self._bot.forget(conversation)
        except (BotUnreachable, BotTimeout) as error:
            log.warning("erasure.forget_later", conversation=conversation, detail=str(error))
            return
        async with self._sessions.begin() as session:
            await privacy.forgotten(session, conversation)


def _same(text: str, phrases: tuple[str, ...]) -> bool:
    return text.strip(" \t。.!！~,，") in phrases


def _queued(position: int | None) -> str:
    say = words()
    return say.queued.format(position=position) if position else say.queued_without_position


def _due(message: Message) -> datetime:
    """Returns when an owed message may be tried again: at once unless it failed before."""
    if message.attempts == 0:
        return message.updated_at
    doubled: int = 2 ** (message.attempts - 1)
    return message.updated_at + FIRST_RETRY_AFTER * doubled
