"""Reads and writes of conversations and messages inside a given transaction. Decides nothing."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    bindparam,
    exists,
    insert,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.channels import Inbound, Reply
from gateway.tables import Conversation, Message, OutboxRow, now
from gateway.typed import storable

UNANSWERED = ("received", "answering")


@dataclass(frozen=True)
class Draft:
    """A reply that is not stored yet."""

    text: str
    author: str
    options: Sequence[str] = field(default_factory=tuple)
    name: str | None = None


async def conversation_of(session: AsyncSession, channel: str, citizen: str) -> Conversation | None:
    """Returns a citizen's conversation."""
    found: Conversation | None = await session.scalar(
        select(Conversation).where(Conversation.channel == channel, Conversation.citizen == citizen)
    )
    return found


async def locked(session: AsyncSession, conversation: str) -> Conversation | None:
    """Returns a conversation as it is now and keeps others from changing it meanwhile."""
    return await session.get(
        Conversation, conversation, with_for_update=True, populate_existing=True
    )


async def locked_of(session: AsyncSession, message: int) -> Conversation | None:
    """Returns the conversation of a message as `locked` does."""
    found: Conversation | None = await session.scalar(
        _OF_MESSAGE, {"message": message}, execution_options={"populate_existing": True}
    )
    return found


_OF_MESSAGE = (
    select(Conversation)
    .where(
        Conversation.id
        == select(Message.conversation_id)
        .where(Message.id == bindparam("message"))
        .scalar_subquery()
    )
    .with_for_update()
)


async def locked_message(session: AsyncSession, message: int) -> Message | None:
    """Returns a message as `locked` does its conversation."""
    found: Message | None = await session.scalar(
        _MESSAGE, {"message": message}, execution_options={"populate_existing": True}
    )
    return found


_MESSAGE = select(Message).where(Message.id == bindparam("message")).with_for_update()


async def store_inbound(session: AsyncSession, came: Sequence[Inbound]) -> dict[str, Message]:
    """Stores what citizens sent and lets parked replies go again; returns it by its key."""
    conversations = await _conversations_of(session, came)
    received = [
        {
            "conversation_id": conversations[inbound.channel, inbound.citizen].id,
            "direction": "in",
            "author": "citizen",
            "kind": inbound.kind,
            "text": storable(inbound.text),
            "attachment": inbound.attachment,
            "dedup_key": inbound.dedup_key,
            "status": "received",
        }
        for inbound in came
    ]
    # As objects they would go to SQLite one by one, each asked for its number.
    stored = await session.scalars(_STORE, received)
    messages = {message.dedup_key: message for message in stored if message.dedup_key}
    whose = [each.id for each in conversations.values()]
    await session.execute(_GO_AGAIN, {"conversations": whose, "now": now()})
    return messages


_GO_AGAIN = (
    update(OutboxRow)
    .where(
        OutboxRow.conversation_id.in_(bindparam("conversations", expanding=True)),
        OutboxRow.status == "parked",
    )
    .values(status="queued", notice="", next_at=bindparam("now"))
    .execution_options(synchronize_session=False)  # none of them has been read
)
_STORE = insert(Message).returning(Message, sort_by_parameter_order=True)


async def _conversations_of(
    session: AsyncSession, came: Sequence[Inbound]
) -> dict[tuple[str, str], Conversation]:
    """Returns the conversations of citizens, those that are new among them."""
    found: dict[tuple[str, str], Conversation] = {}
    for channel in {inbound.channel for inbound in came}:
        citizens = {inbound.citizen for inbound in came if inbound.channel == channel}
        rows = await session.scalars(_OF_CITIZENS, {"channel": channel, "citizens": list(citizens)})
        for conversation in rows:
            conversation.updated_at = now()
            found[channel, conversation.citizen] = conversation
    for inbound in came:
        whose = inbound.channel, inbound.citizen
        if whose not in found:
            channel, citizen = whose
            found[whose] = Conversation(id=uuid.uuid4().hex, channel=channel, citizen=citizen)
            session.add(found[whose])
    await session.flush()
    return found


_OF_CITIZENS = select(Conversation).where(
    Conversation.channel == bindparam("channel"),
    Conversation.citizen.in_(bindparam("citizens", expanding=True)),
)


async def store_notice(session: AsyncSession, inbound: Message, text: str) -> None:
    """Stores a channel's own answer as the turn; there is none while a lawyer owns the chat."""
    conversation = await locked(session, inbound.conversation_id)
    inbound.status = "silent"
    if conversation is not None and conversation.owner != "lawyer":
        inbound.status = "answered"
        await store_reply(
            session, conversation, Draft(text, "system"), reply_to=inbound, push=False
        )


async def inbound_with(session: AsyncSession, keys: Sequence[str]) -> dict[str, Message]:
    """Returns the inbound messages by their keys, kept from others until the transaction ends."""
    rows = await session.scalars(_WITH_KEYS, {"keys": list(keys)})
    return {message.dedup_key: message for message in rows if message.dedup_key}


_WITH_KEYS = (
    select(Message)
    .where(Message.dedup_key.in_(bindparam("keys", expanding=True)))
    .order_by(Message.id)
    .with_for_update()
)


async def store_reply(
    session: AsyncSession,
    conversation: Conversation,
    draft: Draft,
    *,
    reply_to: Message | None,
    push: bool,
) -> Message:
    """Stores a reply and, where it has to be pushed, its outbox row."""
    message = Message(
        conversation_id=conversation.id,
        direction="out",
        author=draft.author,
        name=draft.name,
        text=draft.text,
        options=list(draft.options),
        reply_to=reply_to.id if reply_to else None,
        epoch=conversation.epoch,
    )
    session.add(message)
    conversation.updated_at = now()
    await session.flush()
    if push:
        await enqueue(session, message)
    return message


async def enqueue(session: AsyncSession, reply: Message) -> None:
    """Adds the outbox row of a reply, once."""
    if await session.scalar(select(OutboxRow.id).where(OutboxRow.message_id == reply.id)):
        return
    session.add(
        OutboxRow(conversation_id=reply.conversation_id, message_id=reply.id, epoch=reply.epoch)
    )
    await session.flush()


async def last_replies(session: AsyncSession, inbound: Sequence[Message]) -> list[Message]:
    """Returns the newest reply to each: a promise kept follows the note that promised it."""
    if not inbound:
        return []
    rows = await session.scalars(
        select(Message)
        .where(Message.reply_to.in_([message.id for message in inbound]))
        .order_by(Message.id)
    )
    return list({reply.reply_to: reply for reply in rows}.values())


async def last_reply(session: AsyncSession, inbound: Message) -> Message | None:
    """Returns the newest reply to a message."""
    return next(iter(await last_replies(session, [inbound])), None)


def waits(message: int | BindParameter[int]) -> ColumnElement[bool]:
    """Selects nothing unless a message waits for its first turn."""
    return exists().where(Message.id == message, Message.status.in_(UNANSWERED))


async def unsettled(session: AsyncSession, conversation: str) -> list[Message]:
    """Returns the messages that wait for their first turn or are owed an answer, oldest first."""
    return list(await session.scalars(_UNSETTLED, {"conversation": conversation}))


_UNSETTLED = (
    select(Message)
    .where(
        Message.conversation_id == bindparam("conversation"),
        Message.status.in_((*UNANSWERED, "promised")),
    )
    .order_by(Message.id)
)


def as_reply(message: Message) -> Reply:
    """Returns a stored reply as channels see it."""
    return Reply(
        str(message.id), message.text, tuple(message.options), message.author, message.name
    )
