"""Which words a delivery is answered with, and by which path a reply goes: five seconds, one path.

Tencent closes after 5 s and delivers again, three times in all. A turn that is done by the deadline
is answered in the same connection ("passive"). Otherwise its reply is claimed for the outbox
("push") and the delivery is answered `success`. The claim is a compare-and-set in the database, so
that no reply takes both paths, whichever delivery of the message or worker comes first. Where the
account may not push, connections are held, so that Tencent delivers again, and what still comes too
late waits until the citizen asks for it ("held").
"""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from typing import Protocol, TypeVar

import structlog

from gateway.channels import Inbound, Turn
from gateway.channels.wechat import rendering
from gateway.channels.wechat.client import WechatClient
from gateway.channels.wechat.errors import WechatError
from gateway.channels.wechat.inbox import CHANNEL, Inbox
from gateway.channels.wechat.message import Message
from gateway.channels.wechat.waiting import Late, Tasks, result, succeeded
from gateway.channels.wechat.words import words
from gateway.errors import AnsweredLater, UnknownMessage
from gateway.reading import Pages

DEADLINE = 4.0
"""Seconds from receipt after which a turn is answered `success` and its reply pushed."""
_GRACE = 0.7
"""Seconds after that by which the path must be claimed; Tencent's patience ends at 5.0."""
_HELD = 1.3
"""Seconds after the deadline for which a connection is held where only deliveries are answered."""
_LAST_DELIVERY = 11.0
"""A message's age in seconds at the deadline of Tencent's third and last delivery (10 + 4)."""

_DELIVERIES = 3
_SLOW_KEPT = 1_000

T = TypeVar("T")
log = structlog.get_logger()


class Turns(Protocol):
    """What the callback needs of `gateway.conversation.Conversations`."""

    async def receive(self, inbound: Inbound) -> Turn:
        """Stores the message and answers it once; the same key joins the same turn.

        Raises:
            AnsweredLater: the reply comes too late for any delivery; its path is taken.
        """
        ...

    async def claim_path(self, dedup_key: str, path: str) -> str:
        """Claims a path for the reply; returns the one that holds."""
        ...

    async def can_push(self, channel: str) -> bool:
        """Says whether the account is allowed to push, as far as is known."""
        ...

    async def leave(self, channel: str, citizen: str, delivery: str, at: datetime) -> bool:
        """Commits to erasing whoever left; says whether there is something to erase now."""
        ...

    async def erase(self, channel: str, citizen: str) -> object:
        """Erases everything held about one person."""
        ...


class Refused(WechatError):
    """This delivery is not answered, so that Tencent delivers again."""


class Slow(Refused):
    """The database did not say in time which path a reply takes."""


class Answers:
    """Answers one account's deliveries.

    Args:
        conversations: the turn engine.
        inbox: what becomes of each kind of message.
        client: with one, citizens see "typing" while a reply is late.
        pages: with them, what is too long for a message stands on a page.
        deadline: seconds from receipt to `success`.
    """

    def __init__(
        self,
        conversations: Turns,
        inbox: Inbox,
        *,
        client: WechatClient | None = None,
        pages: Pages | None = None,
        deadline: float = DEADLINE,
    ) -> None:
        self._conversations = conversations
        self._inbox = inbox
        self._client = client
        self._pages = pages
        self._deadline = deadline
        self._tasks = Tasks()
        self._slow: Counter[str] = Counter()  # deliveries of a message that were left unanswered

    async def answer(self, message: Message, received: float) -> str | None:
        """Returns the passive answer, None for `success`.

        Args:
            message: what was delivered.
            received: when it came in, by the event loop's clock.

        Raises:
            Refused: Tencent should deliver it again.
        """
        due = received + self._deadline
        try:
            return await self._answer(message, due)
        except Slow:
            self._slow[message.dedup_key] += 1
            if self._slow[message.dedup_key] >= _DELIVERIES:
                del self._slow[message.dedup_key]
                return words().trouble
            if len(self._slow) > _SLOW_KEPT:
                self._slow.clear()
            await asyncio.sleep(max(0.0, due + _HELD - asyncio.get_running_loop().time()))
            raise

    async def _answer(self, message: Message, due: float) -> str | None:
        if message.event.lower() == "unsubscribe":
            await self._leave(message, due)
            return None
        try:
            inbound = await self._soon(self._tasks.start(self._inbox.read(message)), due)
        except Refused:
            raise
        except Exception:  # logged where the task ended
            return words().trouble
        if not isinstance(inbound, Inbound):
            return inbound
        return await self._turn(inbound, due)

    async def _leave(self, message: Message, due: float) -> None:
        """Erases what is held.

        Raises:
            Refused: the wish is not stored; Tencent should deliver again. Once it is, `success` is
                true, however long the erasure takes and whatever becomes of this process.
        """
        at = message.sent_at or datetime.now(UTC)
        wish = self._conversations.leave(CHANNEL, message.openid, message.dedup_key, at)
        try:
            if not await result(self._tasks.start(wish), due + _GRACE):
                return
        except Exception as error:
            raise Refused from error
        erasure = self._tasks.start(self._conversations.erase(CHANNEL, message.openid))
        try:
            await result(erasure, due)
        except Exception as error:  # a failure is logged where the task ended
            log.info("wechat.erasure_late", error=type(error).__name__)

    async def _turn(self, inbound: Inbound, due: float) -> str | None:
        pushes = self._tasks.start(self._conversations.can_push(CHANNEL))
        turn = self._tasks.start(self._conversations.receive(inbound))
        try:
            done = await result(turn, due)
            if _nothing_to_say(done, inbound):
                return None
            reply = self._say(done, inbound)
            if reply is None and done.reply and not await self._soon(pushes, due):
                reply = rendering.cut_to_one(done.reply)
            path = await self._claim(inbound, "push" if reply is None else "passive", due)
            return _by(path, reply)
        except Late:
            return await self._late(inbound, turn, pushes, due)
        except AnsweredLater as later:  # the path is taken
            return _by(later.path, None)
        except UnknownMessage:  # erased meanwhile: there is nobody to answer
            return None
        except Refused:
            raise
        except Exception:  # logged where the task ended
            return words().trouble

    async def _late(
        self, inbound: Inbound, turn: asyncio.Task[Turn], pushes: asyncio.Task[bool], due: float
    ) -> str | None:
        """Hands the reply to the outbox, unless another delivery has just answered with it."""
        try:
            if not await self._soon(pushes, due):
                return await self._without_push(inbound, turn, due)
            path = await self._claim(inbound, "push", due)
            if path == "push":
                self._tasks.start(self._typing(inbound.citizen))
                return None
            return _by(path, self._say(await result(turn, due + _GRACE), inbound))
        except Late:
            return None
        except AnsweredLater as later:
            return _by(later.path, None)
        except UnknownMessage:
            if succeeded(turn):  # erased meanwhile: another delivery would bring it back
                return None
            raise Slow("the message is not stored yet") from None
        except Refused:
            raise
        except Exception:  # logged where the task ended
            return words().trouble

    async def _without_push(
        self, inbound: Inbound, turn: asyncio.Task[Turn], due: float
    ) -> str | None:
        """Answers for an account that may not push: holds the connection, so that Tencent delivers
        again; the last delivery is told how to fetch the reply when it is there.

        Raises:
            Refused: the reply may still come in time for the next delivery.
        """
        age = await self._soon(self._tasks.start(self._inbox.age(inbound.dedup_key)), due)
        if age >= _LAST_DELIVERY:
            await self._claim(inbound, "held", due)
            return words().fetch_later
        await self._claim(inbound, "waiting", due)  # should no other delivery come
        try:
            done = await result(turn, due + _HELD)
        except Late:
            raise Refused from None
        if _nothing_to_say(done, inbound):
            return None
        path = await self._claim(inbound, "passive", due + _HELD)
        reply = self._say(done, inbound)
        if reply is None and done.reply:
            reply = rendering.cut_to_one(done.reply)
        return _by(path, reply)

    def _say(self, turn: Turn, inbound: Inbound) -> str | None:
        """Returns the turn's reply as one message; None when it does not fit into one.

        What nobody here can see or hear is said to be so also while a lawyer owns the chat.
        """
        if turn.reply:
            return rendering.one_message(turn.reply, self._pages)
        return inbound.notice if turn.status == "silent" else words().trouble

    async def _claim(self, inbound: Inbound, path: str, due: float) -> str:
        """Returns the path that holds; raises when the database is too slow or fails."""
        claim = self._tasks.start(self._conversations.claim_path(inbound.dedup_key, path))
        return await self._soon(claim, due)

    async def _soon(self, task: asyncio.Task[T], due: float) -> T:
        """Returns what the database says.

        Raises:
            Slow: nobody knows the reply's path. Words of trouble would be an answer beside the one
                that is still to come; the next delivery will know.
        """
        try:
            return await result(task, due + _GRACE)
        except Late:
            log.error("wechat.database_late")
            raise Slow("the database did not answer in time") from None

    async def _typing(self, openid: str) -> None:
        if self._client:
            await self._client.typing(openid)


def _by(path: str, reply: str | None) -> str | None:
    """Returns what this delivery is answered with, when a path holds."""
    return {"passive": reply, "held": words().fetch_later}.get(path)


def _nothing_to_say(turn: Turn, inbound: Inbound) -> bool:
    """Says whether a lawyer owns the chat, the bot is silent and the channel has no word either."""
    return turn.reply is None and turn.status == "silent" and inbound.notice is None
