"""The API's addresses, as strict as Tencent's."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

from aiohttp import web

from tests.fakes.tencent.api import body_error, notice_error, shown
from tests.fakes.tencent.wire import Seen

if TYPE_CHECKING:
    from tests.fakes.tencent.server import FakeTencent

SEND = "/cgi-bin/message/custom/send"
TYPING = "/cgi-bin/message/custom/typing"
TOKEN = "/cgi-bin/stable_token"
MEDIA = "/cgi-bin/media/get"
MENU_CREATE, MENU_GET, MENU_DELETE = (f"/cgi-bin/menu/{act}" for act in ("create", "get", "delete"))
QR = "/cgi-bin/qrcode/create"
BIZSEND = "/cgi-bin/message/subscribe/bizsend"
TEMPLATE = "/cgi-bin/message/template/send"


class Endpoints:
    """Answers calls for one account."""

    def __init__(self, tencent: FakeTencent) -> None:
        self._at = tencent
        self._client_ids: set[str] = set()

    def routes(self) -> list[web.RouteDef]:
        """Returns the API's routes."""
        posts = {
            TOKEN: self._on_token,
            SEND: self._on_send,
            TYPING: self._on_typing,
            MENU_CREATE: self._on_menu_create,
            QR: self._on_qr,
            BIZSEND: self._on_notice,
            TEMPLATE: self._on_notice,
        }
        gets = {
            MEDIA: self._on_media,
            MENU_GET: self._on_menu_get,
            MENU_DELETE: self._on_menu_delete,
        }
        return [web.post(path, handler) for path, handler in posts.items()] + [
            web.get(path, handler) for path, handler in gets.items()
        ]

    async def _on_token(self, request: web.Request) -> web.Response:
        body = await self._body(request)
        credentials = (body.get("appid"), body.get("secret"), body.get("grant_type"))
        if credentials[0] != self._at.account.appid:
            return await self._answer(request, 40013)
        if credentials[1:] != (self._at.account.secret, "client_credential"):
            return await self._answer(request, 40125)
        token, seconds = self._at.tokens.give(bool(body.get("force_refresh")))
        return await self._answer(request, 0, access_token=token, expires_in=int(seconds))

    async def _on_send(self, request: web.Request) -> web.Response:
        raw = await request.read()
        errcode = self._token_error(request) or body_error(raw)
        if errcode or not self._at.has_effect(SEND):
            return await self._answer(request, errcode)
        body = await self._body(request)
        if errcode := self._at.grants.spend(body["touser"]):
            return await self._answer(request, errcode)
        await self._at.show(body["touser"], shown(body))
        return await self._answer(request, 0)

    async def _on_typing(self, request: web.Request) -> web.Response:
        body = await self._body(request)
        errcode = self._token_error(request) or (0 if body["command"] == "Typing" else 45072)
        errcode = errcode or self._at.grants.may_type(body["touser"])
        if not errcode:
            async with self._at.news:
                self._at.typed.append(body["touser"])
                self._at.news.notify_all()
        return await self._answer(request, errcode)

    async def _on_notice(self, request: web.Request) -> web.Response:
        body = await self._body(request)
        errcode = self._token_error(request) or notice_error(body, self._at.templates)
        errcode = errcode or self._at.grants.known(body["touser"])
        if request.path == BIZSEND and body["touser"] in self._at.refusing:
            errcode = errcode or 43101
        again = body.get("client_msg_id")
        if not errcode and self._at.has_effect(request.path) and again not in self._client_ids:
            self._client_ids |= {again} if again else set()
            values = (value["value"] for value in body["data"].values())
            await self._at.show(body["touser"], Seen("notice", "\n".join(values)))
        return await self._answer(request, errcode)

    async def _on_media(self, request: web.Request) -> web.Response:
        errcode = self._token_error(request)
        content = self._at.media.get(request.query.get("media_id", ""))
        if errcode or content is None or not self._at.has_effect(MEDIA):
            return await self._answer(request, errcode or 40007)
        await self._answer(request, 0)
        return web.Response(body=content, content_type="image/jpeg")

    async def _on_menu_create(self, request: web.Request) -> web.Response:
        body = await self._body(request)
        errcode = self._token_error(request)
        if not errcode and self._at.has_effect(MENU_CREATE):
            if not 1 <= len(body["button"]) <= 3:
                errcode = 40016
            else:
                self._at.menu = body["button"]
        return await self._answer(request, errcode)

    async def _on_menu_get(self, request: web.Request) -> web.Response:
        errcode = self._token_error(request) or (0 if self._at.menu else 46003)
        return await self._answer(request, errcode, menu={"button": self._at.menu})

    async def _on_menu_delete(self, request: web.Request) -> web.Response:
        errcode = self._token_error(request)
        if not errcode and self._at.has_effect(MENU_DELETE):
            self._at.menu = []
        return await self._answer(request, errcode)

    async def _on_qr(self, request: web.Request) -> web.Response:
        body = await self._body(request)
        scene = body["action_info"]["scene"]["scene_str"]
        errcode = self._token_error(request) or (0 if 1 <= len(scene) <= 64 else 40097)
        ticket = f"ticket-{len(self._at.scenes) + 1}"
        if not errcode and self._at.has_effect(QR):
            self._at.scenes[ticket] = body
        url = f"http://weixin.qq.com/q/{ticket}"
        return await self._answer(request, errcode, ticket=ticket, url=url)

    async def _body(self, request: web.Request) -> dict[str, Any]:
        body: dict[str, Any] = json.loads(await request.read())
        self._at.requests[request.path].append(body)
        return body

    def _token_error(self, request: web.Request) -> int:
        return self._at.tokens.error(request.query.get("access_token"))

    async def _answer(self, request: web.Request, errcode: int, **fields: object) -> web.Response:
        path = request.path
        async with self._at.news:
            self._at.calls[path] += 1
            self._at.news.notify_all()
        if path in self._at.held:
            await self._at.held[path].wait()
        if self._at.delays[path]:
            await asyncio.sleep(self._at.delays[path].pop(0))
        if self._at.losing[path]:
            self._at.losing[path] -= 1
            if request.transport:
                request.transport.close()
        if self._at.statuses[path] and (status := self._at.statuses[path].pop(0)) != 200:
            return web.Response(status=status)
        if self._at.garbled[path]:
            return web.Response(text=self._at.garbled[path].pop(0))
        if self._at.refusals[path]:
            errcode = self._at.refusals[path].pop(0)
        answer = {"errcode": errcode, "errmsg": "ok" if not errcode else "refused"}
        # As the real one: no errcode beside a token, and JSON that is called text.
        return web.Response(text=json.dumps(fields if fields and not errcode else answer))
