"""Who speaks, and what is said while it is not the bot: danger, the queue, a lawyer's chat.

Each function works in the transaction of the turn and returns what is to be stored as its reply.
"""

from dataclasses import dataclass

import structlog
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from desk.cases import NewCase
from gateway import metrics
from gateway.lawyers import Lawyers
from gateway.record import Draft
from gateway.safety import Danger
from gateway.tables import Conversation, Message
from gateway.typed import BOT_TEXT_LIMIT, is_wordless, plain_words
from gateway.words import words

log = structlog.get_logger()


@dataclass(frozen=True)
class Said:
    """What is said instead of asking the bot; silence without a draft."""

    draft: Draft | None


async def warn(
    session: AsyncSession,
    lawyers: Lawyers,
    conversation: Conversation,
    message: Message,
    danger: Danger,
) -> Draft:
    """Gives the numbers at once; a case that waits becomes the most urgent."""
    metrics.DANGERS.labels(danger.kind).inc()
    log.warning("danger.shown", kind=danger.kind, conversation=conversation.id)
    if await lawyers.open_case_of(session, conversation.id):
        urgent = NewCase(
            conversation=conversation.id,
            question=message.text[:BOT_TEXT_LIMIT],
            reason=words().danger_reason,
            urgency="danger",
        )
        await lawyers.open_case(session, urgent)
    return Draft(danger.reply, "system")


async def hold_back(
    session: AsyncSession,
    lawyers: Lawyers,
    conversation: Conversation,
    message: Message,
    text: str,
) -> Said | None:
    """Says what is due while people serve the citizen; None when nobody does any more."""
    case = await lawyers.open_case_of(session, conversation.id)
    if case is None:  # whoever served has gone: the bot must not stay silent for ever
        log.warning("conversation.owner_gone", conversation=conversation.id)
        conversation.owner = "bot"
        return None
    if conversation.owner == "lawyer" or message.status == "promised":
        return Said(None)
    say = words()
    if same(text, say.withdraw_phrases):
        await lawyers.withdraw(session, conversation.id)
        conversation.owner = "bot"
        reply = say.withdrawn
    elif is_wordless(text):
        reply = say.empty_handed_over
    else:
        reply = _queued(case.position)
    return Said(Draft(reply, "system"))


async def hand_over(
    session: AsyncSession, lawyers: Lawyers, conversation: Conversation, message: Message
) -> Draft:
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
    case = await lawyers.open_case(
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
    return Draft(text, "system")


def same(text: str, phrases: tuple[str, ...]) -> bool:
    """Says whether a text is one of the phrases, apart from stops and blanks around it."""
    return text.strip(" \t。.!！~,，") in phrases


def _queued(position: int | None) -> str:
    say = words()
    return say.queued.format(position=position) if position else say.queued_without_position
