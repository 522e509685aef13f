"""Storing what came of a turn, in one transaction that looks at message and lane again."""

from sqlalchemy.ext.asyncio import AsyncSession

from gateway import metrics, ownership, privacy, record
from gateway.asking import Answer, Question
from gateway.errors import UnknownConversation
from gateway.lanes import Lanes
from gateway.lawyers import Lawyers
from gateway.record import Draft
from gateway.spent import Spent
from gateway.tables import Conversation, Message, now
from gateway.typed import BOT_TEXT_LIMIT
from gateway.words import words

OPEN = (*record.UNANSWERED, "promised")


class Settling:
    """Stores replies with the state of what they reply to.

    Args:
        lawyers: the desk.
        lanes: what tells whether the lane is still this worker's.
        push_channels: channels that have a sender; late replies to others wait to be fetched.
        spent: knows the deliveries of what has been erased.
    """

    def __init__(
        self, lawyers: Lawyers, lanes: Lanes, push_channels: frozenset[str], spent: Spent
    ) -> None:
        self._lawyers = lawyers
        self._lanes = lanes
        self._push_channels = push_channels
        self._spent = spent

    async def settle(
        self, session: AsyncSession, inbound: int, question: Question, answer: Answer
    ) -> str:
        """Stores what came of a turn; returns a word for the log."""
        message, conversation = await load(session, inbound)
        if message.status not in OPEN or conversation.turn_worker != self._lanes.worker:
            return "superseded"  # this process was away for so long that another took the turn
        turn = answer.turn
        good = turn is not None and turn.status == "ok" and bool(turn.text)
        if conversation.erase_requested_at:
            text = turn.text if turn and good else words().erased
            reply = await self.settled(session, conversation, message, Draft(text, "bot"))
            await self._spent.note_erased(session, conversation.id)
            await privacy.erase_up_to(session, conversation, message, reply)
            return "erased"
        if conversation.epoch != question.epoch or conversation.owner == "lawyer":
            await self.settled(session, conversation, message, None)
            return "silent"
        if question.waiting and conversation.owner == "queued":
            answer_meanwhile = turn if good else None
            draft = await ownership.meanwhile(
                session, self._lawyers, conversation, answer_meanwhile
            )
            if draft and question.crisis:
                draft = ownership.held_with(question.crisis, question.text, draft, good)
            await self.settled(session, conversation, message, draft)
            return "waiting"
        if turn is not None and good:
            note = words().too_long.format(limit=BOT_TEXT_LIMIT) if question.cut else ""
            text = "\n\n".join(filter(None, [turn.text, note]))
            text = "\n".join([words().left_queue, text]) if question.left else text
            draft = Draft(text, "bot", turn.options)
            if question.crisis:
                draft = ownership.held_with(question.crisis, question.text, draft, answered=True)
            await self.settled(session, conversation, message, draft)
            return "ok"
        if turn is not None and turn.status == "silent" and question.crisis and question.held:
            staying = ownership.staying(question.crisis, question.text)
            await self.settled(session, conversation, message, staying)
            return "held"
        if turn is not None and turn.status == "silent" and conversation.owner != "bot":
            await self.settled(session, conversation, message, None)
            return "silent"
        if conversation.owner == "queued":  # the bot broke off after it had handed over
            standing = await ownership.standing(session, self._lawyers, conversation)
            await self.settled(session, conversation, message, standing)
            return "handed_over"
        if ownership.same(question.text, words().handoff_phrases):
            case = await ownership.hand_over(session, self._lawyers, conversation, message)
            await self.settled(session, conversation, message, case)
            return "handed_over"
        await self.promise(session, inbound, failed=not answer.unreachable)
        return "promised"

    async def promise(self, session: AsyncSession, inbound: int, *, failed: bool) -> None:
        """Marks a message as owed and, the first time, says so."""
        message, conversation = await load(session, inbound)
        if message.status not in OPEN:
            return
        message.attempts += failed
        message.updated_at = now()
        if message.status == "promised":
            return
        note = Draft(words().unavailable, "system")
        await self.settled(session, conversation, message, note, status="promised")

    async def settled(
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
        if not owed:
            draft = await ownership.with_numbers(session, conversation, message, draft)
        return await record.store_reply(
            session,
            conversation,
            draft,
            reply_to=message,
            push=late or message.reply_path == "push",
        )


async def load(session: AsyncSession, inbound: int) -> tuple[Message, Conversation]:
    """Returns a message and its conversation as they are now, both kept from others.

    Raises:
        UnknownConversation: they have been erased.
    """
    conversation = await record.locked_of(session, inbound)
    message = await record.locked_message(session, inbound)
    if conversation is None or message is None:
        raise UnknownConversation(inbound)
    return message, conversation
