"""The address that Tencent calls: verify, open, have it answered, seal."""

import asyncio
import time

import structlog
from aiohttp import web

from gateway.channels.wechat.answering import Answers, Refused
from gateway.channels.wechat.envelope import Envelope
from gateway.channels.wechat.errors import Rejected
from gateway.channels.wechat.message import parse, text_reply
from gateway.channels.wechat.settings import WechatSettings

PATH = "/wechat"
_BODY_LIMIT = 64 * 1024
_BODY_SECONDS = 4.0
_REFUSALS = {400: "bad request", 403: "forbidden"}

log = structlog.get_logger()


class Callback:
    """Serves one account's callback."""

    def __init__(self, settings: WechatSettings, answers: Answers) -> None:
        """Takes enabled settings and who answers."""
        self._envelope = Envelope(settings)
        self._answers = answers

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
        received = asyncio.get_running_loop().time()
        try:
            plain, cipher = self._envelope.open(request.query, await _read(request))
            message = parse(plain)
        except Rejected as rejected:
            return _refuse(rejected)
        try:
            text = await self._answers.answer(message, received)
        except Refused:
            return web.Response(status=503, text="try again")
        if not text:
            return web.Response(text="success")
        now = int(time.time())
        sealed = self._envelope.seal(text_reply(message, text, now), cipher, now)
        return web.Response(text=sealed, content_type="application/xml")


def routes(callback: Callback) -> list[web.RouteDef]:
    """Returns the callback's routes."""
    return [web.get(PATH, callback.verify, allow_head=False), web.post(PATH, callback.deliver)]


def _refuse(rejected: Rejected) -> web.Response:
    log.warning("wechat.rejected", status=rejected.status, reason=rejected.reason)
    return web.Response(status=rejected.status, text=_REFUSALS[rejected.status])


async def _read(request: web.Request) -> bytes:
    body = bytearray()
    try:
        async with asyncio.timeout(_BODY_SECONDS):
            async for chunk in request.content.iter_chunked(_BODY_LIMIT):
                body += chunk
                if len(body) > _BODY_LIMIT:
                    raise Rejected(400, "body too large")
    except (TimeoutError, web.RequestPayloadError, ConnectionError):
        raise Rejected(400, "body") from None
    return bytes(body)
