"""Calls to Tencent's API: the access token, customer-service messages, the typing state."""

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import structlog

from gateway.channels.wechat.errors import ApiError, Unanswered, Unreachable, WechatError
from gateway.channels.wechat.settings import WechatSettings

_TOKEN_REFUSED = {40001, 40014, 41001, 42001}
_MARGIN = 300.0
"""Seconds before its end at which a token is renewed; old and new overlap that long."""
TIMEOUT = aiohttp.ClientTimeout(total=15, sock_connect=5)

log = structlog.get_logger()


class WechatClient:
    """One account's API; safe to share between tasks."""

    def __init__(
        self,
        settings: WechatSettings,
        http: aiohttp.ClientSession,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Takes enabled settings, a session that the caller closes, and a clock in seconds."""
        self._base = settings.api_base
        self._credentials = {"appid": settings.appid, "secret": settings.secret}
        self._http = http
        self._clock = clock
        self._refreshing = asyncio.Lock()
        self._token = ""
        self._expires = 0.0

    async def send_text(self, openid: str, text: str) -> None:
        """Sends a customer-service message.

        Raises:
            ApiError: Tencent refused it.
            Unreachable: it was certainly not sent.
            Unanswered: it may have been sent.
        """
        message = {"touser": openid, "msgtype": "text", "text": {"content": text}}
        await self._call("/cgi-bin/message/custom/send", message)

    async def typing(self, openid: str) -> None:
        """Shows the citizen for 15 s that a reply is coming; a failure is only logged."""
        try:
            await self._call(
                "/cgi-bin/message/custom/typing", {"touser": openid, "command": "Typing"}
            )
        except WechatError as error:
            log.info("wechat.typing_failed", error=str(error))

    async def _call(self, path: str, body: dict[str, Any]) -> None:
        """Calls with the token; a refused token is renewed once and the call repeated once."""
        token = await self._access_token()
        try:
            await self._post(path, body, token)
        except ApiError as error:
            if error.errcode not in _TOKEN_REFUSED:
                raise
            log.info("wechat.token_refused", errcode=error.errcode)
            await self._post(path, body, await self._access_token(refused=token))

    async def _access_token(self, refused: str | None = None) -> str:
        """Returns a token, a newer one than `refused`; one task at a time asks Tencent for it."""
        async with self._refreshing:
            if self._token != refused and self._clock() < self._expires:
                return self._token
            await self._renew(force=False)
            if self._token == refused:  # Tencent holds it valid, yet refuses it
                await self._renew(force=True)
            return self._token

    async def _renew(self, force: bool) -> None:
        request = {"grant_type": "client_credential", **self._credentials, "force_refresh": force}
        try:
            answer = await self._post("/cgi-bin/stable_token", request)
            self._token = str(answer["access_token"])
            self._expires = self._clock() + float(answer["expires_in"]) - _MARGIN
        except Unanswered as error:
            raise Unreachable(str(error)) from None  # nothing has been sent to anybody
        except (KeyError, TypeError, ValueError):
            raise Unreachable("stable_token: no token") from None

    async def _post(self, path: str, body: dict[str, Any], token: str = "") -> dict[str, Any]:
        """Returns the answer.

        Errors as in `send_text`; they never hold the address, because the token is in it.
        """
        try:
            async with self._http.post(
                self._base + path,
                params={"access_token": token} if token else None,
                data=json.dumps(body, ensure_ascii=False).encode(),
                headers={"Content-Type": "application/json; charset=utf-8"},
                timeout=TIMEOUT,
                allow_redirects=False,
            ) as response:
                if response.status != 200:
                    raise Unreachable(f"{path}: HTTP {response.status}")
                answer = json.loads(await response.read())
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Unreachable(f"{path}: {type(error).__name__}") from None
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            raise Unanswered(f"{path}: {type(error).__name__}") from None
        errcode = answer.get("errcode", 0) if isinstance(answer, dict) else None
        if not isinstance(errcode, int):
            raise Unanswered(f"{path}: no errcode")
        if errcode:
            raise ApiError(errcode)
        return dict(answer)


@asynccontextmanager
async def connect(settings: WechatSettings) -> AsyncIterator[WechatClient]:
    """Gives a client for as long as the context lasts.

    Connections are not kept: on one that Tencent has just closed it cannot be known whether a
    message went out.
    """
    connector = aiohttp.TCPConnector(force_close=True)
    async with aiohttp.ClientSession(connector=connector) as http:
        yield WechatClient(settings, http)
