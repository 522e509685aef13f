"""Calls to Tencent's API: messages to citizens, pictures, the account's menu and QR codes."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import aiohttp
import structlog
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway.channels.wechat.errors import ApiError, Unanswered, Unreachable, WechatError
from gateway.channels.wechat.refusals import meaning
from gateway.channels.wechat.settings import WechatSettings
from gateway.channels.wechat.tokens import Granted, Tokens
from gateway.channels.wechat.transport import Transport

SEND = "/cgi-bin/message/custom/send"
TRIES = 3
"""How often a call is made that does no harm when it is made twice."""
FIRST_DELAY_S = 0.5

T = TypeVar("T")
log = structlog.get_logger()


@dataclass(frozen=True)
class QRCode:
    """A code: ``url`` is what it holds, ``ticket`` fetches its picture; ``seconds`` 0 for ever."""

    url: str
    ticket: str
    seconds: int


class WechatClient:
    """One account's API; safe to share between tasks."""

    def __init__(
        self,
        settings: WechatSettings,
        http: aiohttp.ClientSession,
        sessions: async_sessionmaker[AsyncSession],
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Takes enabled settings, a session that the caller closes, the database and a clock."""
        self._credentials = {"appid": settings.appid, "secret": settings.secret}
        self._transport = Transport(http, settings.api_base)
        self._tokens = Tokens(sessions, settings.appid, self._ask_token, clock)

    # Messages to one citizen. They are made once: each of them spends a push.

    async def send_text(self, openid: str, text: str) -> None:
        """Sends a customer-service message.

        Raises:
            ApiError: Tencent refused it.
            Unreachable: it was certainly not sent.
            Unanswered: it may have been sent.
        """
        await self._send(openid, "text", {"content": text})

    async def send_menu(self, openid: str, head: str, items: Sequence[str], tail: str) -> None:
        """Sends choices to tap, ten at most; a tap sends the item's words. Errors as above."""
        entries = [{"id": str(number), "content": item} for number, item in enumerate(items, 1)]
        menu = {"head_content": head, "list": entries, "tail_content": tail}
        await self._send(openid, "msgmenu", menu)

    async def send_news(self, openid: str, title: str, description: str, url: str) -> None:
        """Sends one card that opens an address. Errors as above."""
        article = {"title": title, "description": description, "url": url, "picurl": ""}
        await self._send(openid, "news", {"articles": [article]})

    async def typing(self, openid: str) -> None:
        """Shows the citizen for 15 s that a reply is coming; a failure is only logged."""
        try:
            body = {"touser": openid, "command": "Typing"}
            await self._call("/cgi-bin/message/custom/typing", body)
        except WechatError as error:
            log.info("wechat.typing_failed", error=str(error))

    async def send_subscribed(
        self, openid: str, template: str, data: Mapping[str, str], page: str = ""
    ) -> None:
        """Sends a subscription notice, also after 48 hours. Errors as above."""
        body = {"touser": openid, "template_id": template, "data": _values(data)}
        await self._call("/cgi-bin/message/subscribe/bizsend", body | _if(page=page))

    async def send_template(
        self, openid: str, template: str, data: Mapping[str, str], key: str, url: str = ""
    ) -> None:
        """Sends a template notice; with the same `key` Tencent sends it once. Errors as above."""
        body = {"touser": openid, "template_id": template, "data": _values(data)}
        body |= {"client_msg_id": key} | _if(url=url)
        await self._again(lambda: self._call("/cgi-bin/message/template/send", body))

    # What may be asked twice

    async def media(self, media_id: str, limit: int) -> bytes:
        """Returns a file that a citizen sent; errors as above, and TooLarge over `limit` bytes."""
        path = "/cgi-bin/media/get"
        return await self._again(
            lambda: self._with_token(
                lambda token: self._transport.download(path, token, media_id, limit)
            )
        )

    async def create_menu(self, buttons: Sequence[Mapping[str, Any]]) -> None:
        """Replaces the account's menu. Errors as above."""
        body = {"button": list(buttons)}
        await self._again(lambda: self._call("/cgi-bin/menu/create", body))

    async def menu(self) -> list[dict[str, Any]]:
        """Returns the buttons of the account's menu. Errors as above; 46003 when it has none."""
        answer = await self._again(lambda: self._ask("/cgi-bin/menu/get"))
        buttons: list[dict[str, Any]] = answer.get("menu", {}).get("button", [])
        return buttons

    async def delete_menu(self) -> None:
        """Takes the account's menu away. Errors as above."""
        await self._again(lambda: self._ask("/cgi-bin/menu/delete"))

    async def qr(self, scene: str, seconds: int) -> QRCode:
        """Returns a QR code that tells us `scene` when it is scanned; 0 seconds: for ever."""
        action: dict[str, Any] = {"action_info": {"scene": {"scene_str": scene}}}
        action |= (
            {"action_name": "QR_STR_SCENE", "expire_seconds": seconds}
            if seconds
            else {"action_name": "QR_LIMIT_STR_SCENE"}
        )
        answer = await self._again(lambda: self._call("/cgi-bin/qrcode/create", action))
        return QRCode(str(answer.get("url", "")), str(answer.get("ticket", "")), seconds)

    async def check_token(self) -> None:
        """Raises why this account gets no token; returns when it does."""
        await self._again(self._tokens.get)

    # How a call is made

    async def _send(self, openid: str, kind: str, content: Mapping[str, Any]) -> None:
        await self._call(SEND, {"touser": openid, "msgtype": kind, kind: content})

    async def _call(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        return await self._with_token(lambda token: self._transport.post(path, body, token))

    async def _ask(self, path: str) -> dict[str, Any]:
        return await self._with_token(lambda token: self._transport.get(path, token))

    async def _with_token(self, call: Callable[[str], Awaitable[T]]) -> T:
        """Makes a call; a refused token is renewed once and the call repeated once."""
        token = await self._tokens.get()
        try:
            return await call(token)
        except ApiError as error:
            if meaning(error.errcode) != "token":
                raise
            log.info("wechat.token_refused", errcode=error.errcode)
            return await call(await self._tokens.get(refused=token))

    async def _again(self, call: Callable[[], Awaitable[T]]) -> T:
        """Makes a call that does no harm twice up to `TRIES` times."""
        for tried in range(TRIES - 1):
            try:
                return await call()
            except (Unreachable, Unanswered) as error:
                log.info("wechat.call_again", error=str(error))
            except ApiError as error:
                if error.errcode != -1:
                    raise
            await asyncio.sleep(FIRST_DELAY_S * 2**tried)
        return await call()

    async def _ask_token(self, force: bool) -> Granted:
        request = {"grant_type": "client_credential", **self._credentials, "force_refresh": force}
        try:
            answer = await self._transport.post("/cgi-bin/stable_token", request)
            return Granted(str(answer["access_token"]), float(answer["expires_in"]))
        except Unanswered as error:
            raise Unreachable(str(error)) from None  # nothing has been sent to anybody
        except (KeyError, TypeError, ValueError):
            raise Unreachable("stable_token: no token") from None


@asynccontextmanager
async def connect(
    settings: WechatSettings,
    sessions: async_sessionmaker[AsyncSession],
    clock: Callable[[], float] = time.time,
) -> AsyncIterator[WechatClient]:
    """Gives a client for as long as the context lasts.

    Connections are not kept: on one that Tencent has just closed it cannot be known whether a
    message went out.
    """
    connector = aiohttp.TCPConnector(force_close=True)
    async with aiohttp.ClientSession(connector=connector) as http:
        yield WechatClient(settings, http, sessions, clock)


def _values(data: Mapping[str, str]) -> dict[str, dict[str, str]]:
    return {name: {"value": value} for name, value in data.items()}


def _if(**fields: str) -> dict[str, str]:
    return {name: value for name, value in fields.items() if value}
