"""Deliveries that must have no effect again, known for a day by keyed digests.

Platforms deliver again what was answered too late. Most of it is recognised by the stored message;
what has been erased meanwhile, or never was a message, is recognised here. A digest says nothing
about a person to whoever has no key, and the key is not in the database.
"""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.annexes import SpentRow
from gateway.channels import Inbound
from gateway.tables import Message, now

KEPT = timedelta(days=1)
ON_ITS_WAY = timedelta(minutes=1)
"""The longest that a platform goes on delivering one message."""

_ERASED, _LEFT = "erased", "left"


@dataclass(frozen=True)
class Spent:
    """Knows what has had its effect.

    Attributes:
        key: makes the digests; the same for all workers.
    """

    key: str

    async def once(
        self, session: AsyncSession, effect: str, name: str, at: datetime | None = None
    ) -> bool:
        """Notes an effect; returns False when it had been noted before.

        Args:
            session: the transaction in which the effect happens.
            effect: what happens, so that one delivery can have several effects.
            name: the delivery's ``dedup_key``.
            at: when it happened, by the platform's clock; now by default.

        Raises:
            IntegrityError: at the commit, when another worker was first.
        """
        digest = self._digest(effect, name)
        if await session.get(SpentRow, digest) is not None:
            return False
        session.add(SpentRow(digest=digest, created_at=at or now()))
        return True

    async def note_erased(self, session: AsyncSession, conversation: str) -> None:
        """Notes the deliveries of a conversation's messages, which are about to be erased."""
        keys = await session.scalars(
            select(Message.dedup_key).where(
                Message.conversation_id == conversation,
                Message.dedup_key.is_not(None),
                Message.created_at > now() - KEPT,
            )
        )
        for key in keys.all():
            await self.once(session, _ERASED, key or "")

    async def note_left(
        self, session: AsyncSession, channel: str, citizen: str, at: datetime
    ) -> None:
        """Notes that somebody left: what they had sent before may still be on its way."""
        digest = self._digest(_LEFT, f"{channel}\0{citizen}")
        await session.merge(SpentRow(digest=digest, created_at=at))

    async def too_late(self, session: AsyncSession, came: Sequence[Inbound]) -> set[str]:
        """Returns the keys of what has been erased, or was sent before its sender left."""
        marks = {
            inbound.dedup_key: (
                self._digest(_ERASED, inbound.dedup_key),
                self._digest(_LEFT, f"{inbound.channel}\0{inbound.citizen}"),
            )
            for inbound in came
        }
        digests = [digest for pair in marks.values() for digest in pair]
        rows = await session.execute(_KNOWN, {"digests": digests})
        known = dict(rows.tuples().all())
        return {each.dedup_key for each in came if _is_late(each, *marks[each.dedup_key], known)}

    def _digest(self, effect: str, name: str) -> str:
        text = f"{effect}\0{name}".encode("utf-8", "surrogatepass")
        return hmac.new(self.key.encode(), text, hashlib.sha256).hexdigest()


_KNOWN = select(SpentRow.digest, SpentRow.created_at).where(
    SpentRow.digest.in_(bindparam("digests", expanding=True))
)


def _is_late(inbound: Inbound, erased: str, left: str, known: Mapping[str, datetime]) -> bool:
    if erased in known:
        return True
    if left not in known or inbound.sent_at is None:
        return False
    return timedelta() < known[left] - inbound.sent_at < ON_ITS_WAY


async def sweep(session: AsyncSession) -> None:
    """Drops what is older than a day."""
    await session.execute(delete(SpentRow).where(SpentRow.created_at < now() - KEPT))
