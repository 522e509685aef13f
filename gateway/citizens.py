"""The conversations as the desk sees them; given to it at wiring (``desk.Citizens``)."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from desk.citizens import Allowance, Line, PictureBytes
from gateway import attachments, outcomes, quota, record
from gateway.attachments.vault import Vault
from gateway.errors import UnknownAttachment, UnknownConversation
from gateway.record import Draft
from gateway.tables import Conversation, Message, OutboxRow


class GatewayCitizens:
    """Implements the desk's port over the gateway's tables, in the desk's own transaction."""

    def __init__(self, push_channels: frozenset[str], vault: Vault | None = None) -> None:
        """`vault` opens the citizens' pictures; without it there are none."""
        self._push_channels = push_channels
        self._vault = vault

    async def set_owner(self, session: AsyncSession, conversation: str, owner: str) -> None:
        """Says who may speak: "bot", "queued" or "lawyer"; an erased conversation is nobody's.

        With a lawyer a new epoch begins: what the bot produced before is not sent any more, and
        does not hold back what the lawyer writes.
        """
        values: dict[str, object] = {"owner": owner}
        if owner == "lawyer":
            values["epoch"] = Conversation.epoch + 1
        await session.execute(
            update(Conversation)
            .where(Conversation.id == conversation)
            .values(values)
            .execution_options(synchronize_session="fetch")
        )
        if owner == "lawyer":
            await outcomes.drop_bot(session, conversation)

    async def send(
        self,
        session: AsyncSession,
        conversation: str,
        text: str,
        author: str,
        name: str | None = None,
        options: Sequence[str] = (),
    ) -> str:
        """Stores a message of a lawyer or the system and its outbox row; returns its id.

        Raises:
            UnknownConversation: it has been erased, or never was.
        """
        found = await record.locked(session, conversation)
        if found is None:
            raise UnknownConversation(conversation)
        message = await record.store_reply(
            session,
            found,
            Draft(text, author, options, name),
            reply_to=None,
            push=found.channel in self._push_channels,
        )
        return str(message.id)

    async def owner_of(self, session: AsyncSession, conversation: str) -> str | None:
        """Returns who may speak, kept from others until the transaction ends; None if erased."""
        found = await record.locked(session, conversation)
        return found.owner if found else None

    async def handed_over(self, session: AsyncSession) -> dict[str, str]:
        """Returns the conversations that are not the bot's, with who may speak in each."""
        rows = await session.execute(
            select(Conversation.id, Conversation.owner).where(Conversation.owner != "bot")
        )
        return dict(rows.tuples().all())

    async def transcript(self, session: AsyncSession, conversation: str) -> list[Line]:
        """Returns all messages of a conversation, oldest first.

        ``delivery`` is the outbox's status for what is pushed; for what is fetched it is
        "delivered" or "waiting"; empty for what the citizen wrote.
        """
        rows = await session.execute(
            select(Message, Conversation.seen_upto, OutboxRow.status)
            .join(Conversation, Conversation.id == Message.conversation_id)
            .outerjoin(OutboxRow, OutboxRow.message_id == Message.id)
            .where(Message.conversation_id == conversation, Message.text != "")
            .order_by(Message.id)
        )
        return [
            Line(
                str(message.id),
                message.created_at,
                message.author,
                message.text,
                _delivery(message, seen, pushed),
            )
            for message, seen, pushed in rows
        ]

    async def allowance(self, session: AsyncSession, conversation: str) -> Allowance:
        """Returns how many messages may still be pushed, and until when."""
        return await quota.allowance(session, conversation)

    async def pictures(self, session: AsyncSession, conversation: str) -> Mapping[str, str]:
        """Returns the messages that are pictures, by id: waiting, kept or lost."""
        found = await attachments.of(session, conversation)
        return {str(one.message): one.status for one in found}

    async def picture(
        self, session: AsyncSession, conversation: str, message: str
    ) -> PictureBytes | None:
        """Returns a kept picture of this conversation, None when there is no such picture."""
        if self._vault is None or not message.isdecimal():
            return None
        try:
            found = await attachments.content(session, self._vault, conversation, int(message))
        except UnknownAttachment:
            return None
        return PictureBytes(*found)


def _delivery(message: Message, seen_upto: int, pushed: str | None) -> str:
    if message.direction == "in":
        return ""
    return pushed or ("delivered" if message.id <= seen_upto else "waiting")
