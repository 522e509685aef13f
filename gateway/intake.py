"""Taking in: receipts and claims of a reply's path, many in one transaction.

Both stand between a delivery and its answer, so neither may wait behind the turns of a burst.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway import push_stops, quota, record
from gateway.channels import Capabilities, Inbound
from gateway.database import go_first, in_transaction
from gateway.errors import UnknownMessage
from gateway.spent import Spent
from gateway.tables import Conversation, Message
from gateway.together import Together


@dataclass(frozen=True)
class Receipt:
    """One thing to store: ``later`` when its reply cannot answer the delivery any more.

    ``wordless`` is an act without an answer, which is stored as done.
    """

    inbound: Inbound
    later: bool = False
    wordless: bool = False


@dataclass(frozen=True)
class Stored:
    """What stands for a receipt in the database; ``fresh`` when it came in for the first time.

    There is no message for a late delivery of what has been erased, or of whoever has left.
    """

    message: Message | None
    fresh: bool


@dataclass(frozen=True)
class _Claim:
    dedup_key: str
    path: str


class Intake:
    """Stores what comes in and who answers it by which path.

    Args:
        sessions: the database.
        channels: what the channels can do.
        push_channels: channels that have a sender.
        spent: knows the deliveries of what has been erased.
    """

    def __init__(
        self,
        sessions: async_sessionmaker[AsyncSession],
        channels: Mapping[str, Capabilities],
        push_channels: frozenset[str],
        spent: Spent,
    ) -> None:
        self._sessions = sessions
        self._spent = spent
        self._channels = channels
        self._push_channels = push_channels
        self._receipts: Together[Receipt, Stored] = Together(self._store_all)
        self._claims: Together[_Claim, str | None] = Together(self._claim_all)

    async def store(self, receipt: Receipt) -> Stored:
        """Stores one receipt with what it grants and, where the channel has one, its answer."""
        return await self._receipts.add(receipt)

    async def claim(self, dedup_key: str, path: str) -> str:
        """Claims a path for the reply to a message; returns the path that holds.

        Raises:
            UnknownMessage: no inbound message has this key.
        """
        held = await self._claims.add(_Claim(dedup_key, path))
        if held is None:
            raise UnknownMessage
        return held

    async def _store_all(self, receipts: Sequence[Receipt]) -> Sequence[Stored]:
        return await in_transaction(self._sessions, lambda session: self._store(session, receipts))

    async def _claim_all(self, claims: Sequence[_Claim]) -> Sequence[str | None]:
        return await in_transaction(self._sessions, lambda session: _claim(session, claims))

    async def _store(self, session: AsyncSession, receipts: Sequence[Receipt]) -> Sequence[Stored]:
        await go_first(session)
        known = await record.inbound_with(session, [each.inbound.dedup_key for each in receipts])
        fresh = await self._fresh(session, receipts, known)
        if fresh:
            came = [receipt.inbound for receipt in fresh.values()]
            known |= await record.store_inbound(session, came)
            await self._grant(session, known, came)
            held = await self._held(session, fresh.values())
            for key, receipt in fresh.items():
                await _answered_here(session, known[key], receipt, held)
        stored = []
        for receipt in receipts:
            key = receipt.inbound.dedup_key
            stored.append(Stored(known.get(key), fresh.pop(key, None) is not None))
        return stored

    async def _fresh(
        self, session: AsyncSession, receipts: Sequence[Receipt], known: Mapping[str, Message]
    ) -> dict[str, Receipt]:
        """Returns the receipts that have to be stored, one for each key."""
        fresh: dict[str, Receipt] = {}
        for receipt in receipts:
            if receipt.inbound.dedup_key not in known:
                fresh.setdefault(receipt.inbound.dedup_key, receipt)
        late = await self._spent.too_late(session, [each.inbound for each in fresh.values()])
        return {key: receipt for key, receipt in fresh.items() if key not in late}

    async def _grant(
        self, session: AsyncSession, known: Mapping[str, Message], came: Sequence[Inbound]
    ) -> None:
        acts = []
        for inbound in came:
            limits = self._channels.get(inbound.channel, Capabilities()).quota
            if limits:
                conversation = known[inbound.dedup_key].conversation_id
                acts.append(quota.Act(conversation, inbound.grant, limits))
        if acts:
            await quota.grant(session, acts)

    async def _held(self, session: AsyncSession, receipts: Collection[Receipt]) -> frozenset[str]:
        """Returns the channels of late receipts on which nothing can be pushed."""
        channels = {receipt.inbound.channel for receipt in receipts if receipt.later}
        return frozenset(
            [
                channel
                for channel in channels
                if channel not in self._push_channels
                or await push_stops.forbidden(session, channel)
            ]
        )


async def _answered_here(
    session: AsyncSession, message: Message, receipt: Receipt, held: frozenset[str]
) -> None:
    """Stores what is already known about the answer."""
    if receipt.wordless:
        message.status = "silent"
    elif receipt.inbound.notice is not None:
        await record.store_notice(session, message, receipt.inbound.notice)
    elif receipt.later:
        message.reply_path = "held" if receipt.inbound.channel in held else "push"


async def _claim(session: AsyncSession, claims: Sequence[_Claim]) -> Sequence[str | None]:
    """Returns the path that holds for each message, None for one that is not there."""
    await go_first(session)
    keys = [claim.dedup_key for claim in claims]
    theirs = select(Message.conversation_id).where(Message.dedup_key.in_(keys))
    # As settling does: first the conversations, then the messages, as they are then.
    await session.execute(
        select(Conversation.id)
        .where(Conversation.id.in_(theirs))
        .order_by(Conversation.id)
        .with_for_update()
    )
    known = await record.inbound_with(session, keys)
    pushed = []
    for claim in claims:
        message = known.get(claim.dedup_key)
        if message is not None and message.reply_path in (None, "waiting"):
            message.reply_path = claim.path
            if claim.path == "push":
                pushed.append(message)
    for reply in await record.last_replies(session, pushed):
        await record.enqueue(session, reply)
    return [known[key].reply_path if key in known else None for key in keys]
