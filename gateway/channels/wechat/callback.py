"""The address that Tencent calls: verify, open, ask the turn engine, answer within five seconds.

Tencent closes after 5 s and delivers again, three times in all. A turn that is done by the deadline
is answered in the same connection ("passive"). Otherwise its reply is claimed for the outbox
("push") and the delivery is answered `success`. The claim is a compare-and-set in the database, so
that no reply takes both paths, whichever delivery of the message or worker comes first.
"""

import asyncio
import time
from collections.abc import Coroutine
from typing import Any, Protocol, TypeVar

import structlog
from aiohttp import web

from gateway.channels import Inbound, Turn
from gateway.channels.wechat import rendering
from gateway.channels.wechat.client import WechatClient
from gateway.channels.wechat.envelope import Envelope
from gateway.channels.wechat.errors import Rejected, WechatError
from gateway.channels.wechat.inbox import Inbox
from gateway.channels.wechat.message import Message, parse, text_reply
from gateway.channels.wechat.settings import WechatSettings
from gateway.channels.wechat.words import words
from gateway.reading import Pages

PATH = "/wechat"
DEADLINE = 4.0
"""Seconds from receipt after which a turn is answered `success` and its reply pushed."""
_GRACE = 0.7
"""Seconds after that by which the path must be claimed; Tencent's patience ends at 5.0."""
_BODY_LIMIT = 64 * 1024
_CHANNEL = "wechat"
_REFUSALS = {400: "bad request", 403: "forbidden"}

T = TypeVar("T")
log = structlog.get_logger()


class Turns(Protocol):
    """What the callback needs of `gateway.conversation.Conversations`."""

    async def receive(self, inbound: Inbound) -> Turn:
        """Stores the message and answers it once; the same key joins the same turn."""
        ...

    async def claim_path(self, dedup_key: str, path: str) -> str:
        """Claims "passive" or "push" for the reply; returns the path that holds."""
        ...

    async def erase(self, channel: str, citizen: str) -> object:
        """Erases everything held about one person."""
        ...


class _Late(Exception):
    """A task was not done in its time; it goes on."""


class Callback:
    """Serves one account's callback."""

    def __init__(
        self,
        settings: WechatSettings,
        conversations: Turns,
        inbox: Inbox,
        *,
        client: WechatClient | None = None,
        pages: Pages | None = None,
        deadline: float = DEADLINE,
    ) -> None:
        """Takes enabled settings and the parts.

        Args:
            settings: the account.
            conversations: the turn engine.
            inbox: what becomes of each kind of message.
            client: with one, citizens see "typing" while a reply is late.
            pages: with them, what is too long for a message stands on a page.
            deadline: seconds from receipt to `success`.
        """
        self._envelope = Envelope(settings)
        self._conversations = conversations
        self._inbox = inbox
        self._client = client
        self._pages = pages
        self._deadline = deadline
        self._tasks: set[asyncio.Task[Any]] = set()

    async def verify(self, request: web.Request) -> web.Response:
        """Answers the console's check of the address by echoing `echostr`."""
        try:
            self._envelope.check(request.query)
            if "echostr" not in request.query:
                raise Rejected(400, "no echostr")
        except Rejected as rejected:
            return _refuse(rejected)
        return web.Response(text=request.query["echostr"])

    async def deliver(self, request: web.Request) -> web.Response:
        """Answers one delivery: 200 with a reply or `success`, or a plain 403, 400 or 503."""
        due = asyncio.get_running_loop().time() + self._deadline
        try:
            self._envelope.check(request.query)
            body = await _read(request)
            plain, cipher = self._envelope.open(request.query, body)
            message = parse(plain)
        except Rejected as rejected:
            return _refuse(rejected)
        text = await self._answer(message, due)
        if not text:
            return web.Response(text="success")
        now = int(time.time())
        sealed = self._envelope.seal(text_reply(message, text, now), cipher, now)
        return web.Response(text=sealed, content_type="application/xml")

    async def _answer(self, message: Message, due: float) -> str | None:
        """Returns the passive answer, None for `success`."""
        if message.event.lower() == "unsubscribe":
            await self._leave(message, due)
            return None
        read = self._start(self._inbox.read(message))
        try:
            inbound = await _result(read, due)
        except _Late:
            log.error("wechat.inbox_late")
            return words().trouble
        except Exception:  # logged where the task ended
            return words().trouble
        if not isinstance(inbound, Inbound):
            return inbound
        return await self._turn(inbound, due)

    async def _leave(self, message: Message, due: float) -> None:
        """Erases what is held; a failure is answered 503, so that Tencent delivers again."""
        erasure = self._start(self._conversations.erase(_CHANNEL, message.openid))
        try:
            await _result(erasure, due)
        except _Late:
            log.info("wechat.erasure_late")
        except Exception as error:
            raise web.HTTPServiceUnavailable(text="try again") from error

    async def _turn(self, inbound: Inbound, due: float) -> str | None:
        turn = self._start(self._conversations.receive(inbound))
        try:
            done = await _result(turn, due)
            if _nothing_to_say(done, inbound):
                return None
            reply = self._say(done, inbound)
            path = await self._claim(inbound, "push" if reply is None else "passive", due)
            return reply if path == "passive" else None
        except _Late:
            return await self._late(inbound, turn, due)
        except Exception:  # logged where the task ended
            return words().trouble

    async def _late(self, inbound: Inbound, turn: asyncio.Task[Turn], due: float) -> str | None:
        """Hands the reply to the outbox, unless another delivery has just answered with it."""
        try:
            if await self._claim(inbound, "push", due) == "push":
                self._start(self._typing(inbound.citizen))
                return None
            return self._say(await _result(turn, due + _GRACE), inbound)
        except _Late:
            return None
        except Exception:  # logged where the task ended
            return words().trouble

    def _say(self, turn: Turn, inbound: Inbound) -> str | None:
        """Returns the turn's reply as one message; None when it does not fit into one.

        What nobody here can see or hear is said to be so also while a lawyer owns the chat.
        """
        if turn.reply:
            return rendering.one_message(turn.reply, self._pages)
        return inbound.notice if turn.status == "silent" else words().trouble

    async def _claim(self, inbound: Inbound, path: str, due: float) -> str:
        """Returns the path that holds; raises when the database is too slow or fails."""
        claim = self._start(self._conversations.claim_path(inbound.dedup_key, path))
        try:
            return await _result(claim, due + _GRACE)
        except _Late:
            log.error("wechat.claim_late", path=path)
            raise WechatError("the reply's path could not be claimed in time") from None

    async def _typing(self, openid: str) -> None:
        if self._client:
            await self._client.typing(openid)

    def _start(self, work: Coroutine[Any, Any, T]) -> asyncio.Task[T]:
        """Returns a task that outlives the request; its failure is logged."""
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)
        return task

    def _ended(self, task: asyncio.Task[Any]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            # Only the kind: a database error's text can hold what the citizen wrote.
            log.error("wechat.task_failed", error=type(error).__name__)


def routes(callback: Callback) -> list[web.RouteDef]:
    """Returns the callback's routes."""
    return [web.get(PATH, callback.verify, allow_head=False), web.post(PATH, callback.deliver)]


def _refuse(rejected: Rejected) -> web.Response:
    log.warning("wechat.rejected", status=rejected.status, reason=rejected.reason)
    return web.Response(status=rejected.status, text=_REFUSALS[rejected.status])


async def _read(request: web.Request) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(DEADLINE):
            async for chunk in request.content.iter_chunked(_BODY_LIMIT):
                body += chunk
                if len(body) > _BODY_LIMIT:
                    raise Rejected(400, "body too large")
    except (TimeoutError, web.RequestPayloadError, ConnectionError):
        raise Rejected(400, "body") from None
    return bytes(body)


async def _result(task: asyncio.Task[T], due: float) -> T:
    """Returns the task's result, or raises its error; raises _Late when it is not done by then."""
    timeout = max(0.0, due - asyncio.get_running_loop().time())
    done, _ = await asyncio.wait({task}, timeout=timeout)
    if not done:
        raise _Late
    return task.result()


def _nothing_to_say(turn: Turn, inbound: Inbound) -> bool:
    """Says whether a lawyer owns the chat, the bot is silent and the channel has no word either."""
    return turn.reply is None and turn.status == "silent" and inbound.notice is None
