"""One turn: decide, ask Rasa, store what came of it.

Three short steps, none of which holds a transaction across a network call. What another worker has
settled meanwhile is left as it is: each step looks at the message and at the lane again.
"""

import time
from dataclasses import dataclass, replace

import structlog
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway import metrics, ownership, privacy, record
from gateway.bot import Bot, BotTurn
from gateway.crisis import Crisis, crisis_at
from gateway.database import in_transaction
from gateway.errors import BotTimeout, BotUnreachable, UnknownConversation
from gateway.lanes import Lanes
from gateway.languages import in_another_language
from gateway.lawyers import Lawyers
from gateway.logs import where
from gateway.record import Draft
from gateway.safety import danger_in
from gateway.spent import Spent
from gateway.tables import Conversation, Message, now
from gateway.typed import BOT_TEXT_LIMIT, chosen_option, is_wordless, plain_words
from gateway.words import words

log = structlog.get_logger()

OPEN = (*record.UNANSWERED, "promised")


@dataclass(frozen=True)
class _Question:
    """What to ask Rasa for one message, and the state it was decided in."""

    conversation: str
    text: str
    epoch: int
    cut: bool
    danger: str
    waiting: bool
    crisis: Crisis | None
    left: bool


@dataclass(frozen=True)
class _Answer:
    """What Rasa made of a question; ``turn`` is None when it could not be asked."""

    turn: BotTurn | None
    unreachable: bool = False


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
        self._lawyers = lawyers
        self._lanes = lanes
        self._push_channels = push_channels
        self._spent = spent
        self.asking: set[str] = set()
        """Conversations that Rasa is being asked about by this process."""

    async def answer(self, inbound: int) -> bool:
        """Takes one message through its turn; returns False when Rasa could not be reached."""
        started = time.monotonic()
        try:
            question = await self.decide(inbound)
            if question is None:
                return True
            answer = await self._ask(question)
            try:
                status = await in_transaction(
                    self._sessions, lambda session: self._settle(session, inbound, question, answer)
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
                self._sessions, lambda session: self._promise(session, inbound, failed=True)
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

    async def decide(self, inbound: int) -> _Question | None:
        """Says at once what can be said without Rasa; returns the question for Rasa otherwise."""
        try:
            return await in_transaction(
                self._sessions, lambda session: self._decide(session, inbound)
            )
        except UnknownConversation:  # erased while it waited
            return None

    async def close(self, inbound: int, text: str) -> None:
        """Ends a promise with an honest note."""
        async with self._sessions.begin() as session:
            message, conversation = await _load(session, inbound)
            if message.status == "promised":
                await self._settled(session, conversation, message, Draft(text, "system"))
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

    async def _decide(self, session: AsyncSession, inbound: int) -> _Question | None:
        message, conversation = await _load(session, inbound)
        if message.status not in OPEN:
            return None
        danger = danger_in(message.text)
        crisis = await crisis_at(session, message)
        if danger:
            numbers = await ownership.warn(session, self._lawyers, conversation, message, danger)
            if crisis and crisis.kind == danger.kind:
                numbers = ownership.staying_after(crisis, danger, message, numbers)
            await self._settled(session, conversation, message, numbers)
            return None
        text = plain_words(message.text)
        held = await record.held_reply(session, message, words().view_phrases)
        if held and not held.seen and conversation.owner != "lawyer":
            await self._settled(session, conversation, message, held.draft)
            return None
        left = False
        if conversation.owner != "bot":
            said = await ownership.hold_back(session, self._lawyers, conversation, message, text)
            if isinstance(said, ownership.Said):
                await self._settled(session, conversation, message, said.draft)
                return None
            left = said is not None
            text = said.asked if said else text
        calm = crisis.calmed(text) if crisis else None
        if calm:
            await self._settled(session, conversation, message, Draft(calm, "system"))
            return None
        if is_wordless(text):
            await self._settled(session, conversation, message, Draft(words().empty, "bot"))
            return None
        if in_another_language(text):
            chinese_only = Draft(words().other_language, "bot", list(words().handoff_phrases[:1]))
            await self._settled(session, conversation, message, chinese_only)
            return None
        waiting = conversation.owner == "queued"
        if not waiting:
            said = await ownership.for_the_desk(session, self._lawyers, conversation, message, text)
            if said:
                await self._settled(session, conversation, message, said.draft)
                return None
        if held and not held.draft.options:  # a number names an option that has been seen
            await self._settled(session, conversation, message, held.draft)
            return None
        option = chosen_option(text, await record.options_seen(session, message))
        if message.status != "promised":
            message.status = "answering"
        return _Question(
            conversation=conversation.id,
            text=option or text[:BOT_TEXT_LIMIT],
            epoch=conversation.epoch,
            cut=len(text) > BOT_TEXT_LIMIT,
            danger=await _danger_before(session, message),
            waiting=waiting,
            crisis=crisis,
            left=left,
        )

    async def _ask(self, question: _Question) -> _Answer:
        self.asking.add(question.conversation)
        try:
            turn = await self._turn(question)
            left = turn.status == "silent" and not question.crisis
            if left and await self._owner(question.conversation) == "bot":
                if not question.waiting:
                    # A paused tracker that nobody owns: who may speak is decided here, not there.
                    log.warning("bot.paused_without_owner", conversation=question.conversation)
                    await self._bot.forget(question.conversation)
                # Else it was left to a lawyer who is no longer waited for.
                turn = await self._turn(replace(question, waiting=False))
            return _Answer(turn)
        except BotTimeout:
            log.warning("bot.timed_out", conversation=question.conversation)
            return _Answer(None)
        except BotUnreachable as error:
            log.warning("bot.unreachable", detail=str(error))
            return _Answer(None, unreachable=True)
        finally:
            self.asking.discard(question.conversation)

    async def _turn(self, question: _Question) -> BotTurn:
        return await self._bot.turn(
            question.conversation,
            question.text,
            danger=question.danger,
            waiting=question.waiting,
            held=question.crisis is not None,
        )

    async def _settle(
        self, session: AsyncSession, inbound: int, question: _Question, answer: _Answer
    ) -> str:
        """Stores what came of a turn; returns a word for the log."""
        message, conversation = await _load(session, inbound)
        if message.status not in OPEN or conversation.turn_worker != self._lanes.worker:
            return "superseded"  # this process was away for so long that another took the turn
        turn = answer.turn
        good = turn is not None and turn.status == "ok" and bool(turn.text)
        if conversation.erase_requested_at:
            text = turn.text if turn and good else words().erased
            reply = await self._settled(session, conversation, message, Draft(text, "bot"))
            await self._spent.note_erased(session, conversation.id)
            await privacy.erase_up_to(session, conversation, message, reply)
            return "erased"
        if conversation.epoch != question.epoch or conversation.owner == "lawyer":
            await self._settled(session, conversation, message, None)
            return "silent"
        if question.waiting and conversation.owner == "queued":
            answer_meanwhile = turn if good else None
            draft = await ownership.meanwhile(
                session, self._lawyers, conversation, answer_meanwhile
            )
            if draft and question.crisis:
                draft = ownership.held_with(question.crisis, question.text, draft, good)
            await self._settled(session, conversation, message, draft)
            return "waiting"
        if turn is not None and good:
            note = words().too_long.format(limit=BOT_TEXT_LIMIT) if question.cut else ""
            text = "\n\n".join(filter(None, [turn.text, note]))
            text = "\n".join([words().left_queue, text]) if question.left else text
            draft = Draft(text, "bot", turn.options)
            if question.crisis:
                draft = ownership.held_with(question.crisis, question.text, draft, answered=True)
            await self._settled(session, conversation, message, draft)
            return "ok"
        if turn is not None and turn.status == "silent" and question.crisis:
            staying = Draft(question.crisis.stay(question.text), "system")
            await self._settled(session, conversation, message, staying)
            return "held"
        if turn is not None and turn.status == "silent" and conversation.owner != "bot":
            await self._settled(session, conversation, message, None)
            return "silent"
        if conversation.owner == "queued":  # the bot broke off after it had handed over
            standing = await ownership.standing(session, self._lawyers, conversation)
            await self._settled(session, conversation, message, standing)
            return "handed_over"
        if ownership.same(question.text, words().handoff_phrases):
            case = await ownership.hand_over(session, self._lawyers, conversation, message)
            await self._settled(session, conversation, message, case)
            return "handed_over"
        await self._promise(session, inbound, failed=not answer.unreachable)
        return "promised"

    async def _promise(self, session: AsyncSession, inbound: int, *, failed: bool) -> None:
        """Marks a message as owed and, the first time, says so."""
        message, conversation = await _load(session, inbound)
        if message.status not in OPEN:
            return
        message.attempts += failed
        message.updated_at = now()
        if message.status == "promised":
            return
        note = Draft(words().unavailable, "system")
        await self._settled(session, conversation, message, note, status="promised")

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
        owed = message.status == "promised"
        late = owed and conversation.channel in self._push_channels
        message.status = status if draft else "silent"
        message.updated_at = now()
        metrics.TURNS.labels(conversation.channel, message.status).inc()
        if draft is None:
            return None
        return await record.store_reply(
            session,
            conversation,
            draft if owed else ownership.with_numbers(conversation, message, draft),
            reply_to=message,
            push=late or message.reply_path == "push",
        )

    async def _owner(self, conversation: str) -> str | None:
        async with self._sessions() as session:
            found = await session.get(Conversation, conversation)
            return found.owner if found else None


async def _danger_before(session: AsyncSession, message: Message) -> str:
    """Returns the words of danger that were answered here since Rasa spoke last, else nothing."""
    unheard = await record.since_the_bot(session, message)
    return next((text[:BOT_TEXT_LIMIT] for text in unheard if danger_in(text)), "")


async def _load(session: AsyncSession, inbound: int) -> tuple[Message, Conversation]:
    """Returns a message and its conversation as they are now, both kept from others.

    Raises:
        UnknownConversation: they have been erased.
    """
    found = await session.get(Message, inbound)
    conversation = await record.locked(session, found.conversation_id) if found else None
    message = await session.get(Message, inbound, with_for_update=True, populate_existing=True)
    if conversation is None or message is None:
        raise UnknownConversation(inbound)
    return message, conversation
