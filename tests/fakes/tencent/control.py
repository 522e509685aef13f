"""Addresses for people and for tests in another process: be a citizen, make trouble, move time."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from tests.fakes.tencent.server import FakeTencent


class Control:
    """Takes orders for one account's Tencent."""

    def __init__(self, tencent: FakeTencent) -> None:
        self._at = tencent

    def routes(self) -> list[web.RouteDef]:
        """Returns the routes."""
        return [
            web.post("/say", self._on_say),
            web.post("/faults", self._on_faults),
            web.post("/clock", self._on_clock),
            web.get("/seen", self._on_seen),
            web.get("/calls", self._on_calls),
        ]

    async def _on_say(self, request: web.Request) -> web.Response:
        body = json.loads(await request.read())
        openid, before = body["openid"], len(self._at.seen[body["openid"]])
        if "event" in body:
            answers = await self._at.event(openid, body["event"], body.get("key", ""))
        elif "kind" in body:
            answers = await self._at.deliver(
                self._at.message(openid, body["kind"], **body["fields"])
            )
        else:
            answers = await self._at.say(openid, body["text"])
        lines = [asdict(line) for line in self._at.seen[openid][before:]]
        return _readable({"attempts": [answer.status for answer in answers], "seen": lines})

    async def _on_seen(self, request: web.Request) -> web.Response:
        lines = [asdict(line) for line in self._at.seen[request.query["openid"]]]
        return _readable({"seen": lines, "faults": self._at.faults})

    async def _on_calls(self, _: web.Request) -> web.Response:
        return _readable(dict(self._at.calls))

    async def _on_faults(self, request: web.Request) -> web.Response:
        wanted = json.loads(await request.read())
        match wanted.get("token"):
            case "expire":
                self._at.tokens.expire()
            case "spoil":
                self._at.tokens.spoil()
            case _:
                self._at.order(wanted)
        return _readable({"ordered": True})

    async def _on_clock(self, request: web.Request) -> web.Response:
        self._at.advance(float(json.loads(await request.read())["advance"]))
        return _readable({"now": self._at.now()})


def _readable(value: object) -> web.Response:
    text = json.dumps(value, ensure_ascii=False, indent=1) + "\n"
    return web.Response(text=text, content_type="application/json")
