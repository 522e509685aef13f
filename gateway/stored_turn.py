"""The turn of a message as it is stored, which is what its sender is told.

The statements are made once: making them costs more than SQLite does for answering them.
"""

from typing import Any

from sqlalchemy import Row, and_, bindparam, exists, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from gateway.channels import Reply, Status, Turn
from gateway.tables import Message, OutboxRow

_TURN_STATUS: dict[str, Status] = {"answered": "ok", "silent": "silent", "promised": "error"}


async def turn_of(session: AsyncSession, inbound: int) -> Turn | None:
    """Returns the stored turn of a message that has had one; None when it has been erased.

    Of its replies the newest that is not pushed: a kept promise that goes out by itself must not
    also answer a repeated delivery.
    """
    found = (await session.execute(_TURN, {"inbound": inbound})).first()
    if found is None:
        return None
    replies = (
        [found] if found.id is not None else await session.execute(_PUSHED, {"inbound": inbound})
    )
    reply = next((_reply(one) for one in replies), None)
    return Turn(str(inbound), _TURN_STATUS[found.status or "promised"], reply)


_replied = aliased(Message)
_REPLY = (_replied.id, _replied.text, _replied.options, _replied.author, _replied.name)
_TURN = (
    select(Message.status, *_REPLY)
    .outerjoin(
        _replied,
        and_(
            _replied.reply_to == Message.id,
            ~exists().where(OutboxRow.message_id == _replied.id),
        ),
    )
    .where(Message.id == bindparam("inbound"))
    .order_by(_replied.id.desc())
    .limit(1)
)
_PUSHED = (
    select(*_REPLY)
    .where(_replied.reply_to == bindparam("inbound"))
    .order_by(_replied.id.desc())
    .limit(1)
)


def _reply(row: Row[Any]) -> Reply:
    return Reply(str(row.id), row.text, tuple(row.options), row.author, row.name)
