"""What may still be pushed to a citizen, kept in the database for all workers.

Each act of a citizen opens a window: so many pushes, for so long (`gateway.channels.Quota`). A new
act of the same kind starts its window anew and adds nothing to it. The bot may use its share only;
the rest is the lawyer's.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from desk.citizens import Allowance
from gateway.channels import Grant, Quota
from gateway.tables import PushWindow, now

UNLIMITED = Allowance(None, None)


@dataclass(frozen=True)
class Act:
    """What a citizen did, and what it allows on their channel."""

    conversation: str
    grant: Grant
    quota: Quota

    @property
    def window(self) -> tuple[str, str]:
        """The window that it opens."""
        return self.conversation, "message" if self.grant == "message" else "tap"


async def grant(session: AsyncSession, acts: Sequence[Act]) -> None:
    """Starts the windows that acts of citizens open."""
    rows = await session.scalars(
        select(PushWindow)
        .where(PushWindow.conversation_id.in_({act.conversation for act in acts}))
        .order_by(PushWindow.conversation_id, PushWindow.kind)
    )
    windows = {(window.conversation_id, window.kind): window for window in rows}
    for act in acts:
        allotment = act.quota.grants[act.grant]
        if act.window not in windows:
            conversation, kind = act.window
            windows[act.window] = PushWindow(conversation_id=conversation, kind=kind)
            session.add(windows[act.window])
        window = windows[act.window]
        window.left = allotment.pushes
        window.bot_left = min(act.quota.bot, allotment.pushes)
        window.until = now() + allotment.lasts


async def left(session: AsyncSession, conversation: str, author: str) -> int | None:
    """Returns how many messages of an author may be pushed now; None when it is not known."""
    windows = await _windows(session, conversation)
    if not windows:
        return None
    return sum(_left(window, author) for window in windows if window.until > now())


async def spend(session: AsyncSession, conversation: str, author: str, count: int) -> None:
    """Takes pushes from the open windows, first from the one that closes first.

    What is more than the author's share has gone out all the same and is taken from what is left.
    """
    windows = [each for each in await _windows(session, conversation) if each.until > now()]
    for window in windows:
        taken = min(count, _left(window, author))
        window.left -= taken
        window.bot_left -= taken * (author == "bot")
        count -= taken
    for window in windows:
        taken = min(count, window.left)
        window.left -= taken
        count -= taken
        window.bot_left = min(window.left, window.bot_left)


async def exhaust(session: AsyncSession, conversation: str) -> None:
    """Notes that the platform refuses more: nothing is left until the citizen's next act."""
    for window in await _windows(session, conversation):
        window.left = window.bot_left = 0


async def allowance(session: AsyncSession, conversation: str) -> Allowance:
    """Returns what a lawyer may still send, and until when."""
    windows = await _windows(session, conversation)
    if not windows:
        return UNLIMITED
    opened = [window for window in windows if window.until > now() and window.left]
    if not opened:
        return Allowance(0, None)
    return Allowance(sum(window.left for window in opened), max(each.until for each in opened))


async def _windows(session: AsyncSession, conversation: str) -> Sequence[PushWindow]:
    """Returns a conversation's windows, the one that closes first before the other."""
    rows = await session.scalars(
        select(PushWindow)
        .where(PushWindow.conversation_id == conversation)
        .order_by(PushWindow.until)
        .with_for_update()
    )
    return rows.all()


def _left(window: PushWindow, author: str) -> int:
    return min(window.left, window.bot_left) if author == "bot" else window.left
