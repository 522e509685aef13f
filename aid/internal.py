"""The room's internal route: the bot's actions ask for a link to the papers page."""

from __future__ import annotations

import json
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from aid.carried import HOURS, Carried
from aid.saved import TooManyKept
from eligibility import FactError, Facts


def routes(sessions: async_sessionmaker[AsyncSession], address: str | None) -> list[web.RouteDef]:
    """Return the routes below /v1.

    Args:
        sessions: makes sessions on the database.
        address: where people reach these pages, None where that is not known.
    """
    carried = Carried(sessions)

    async def link(request: web.Request) -> web.Response:
        """Keep facts for a short while; `url` is null where people cannot be sent a link."""
        if address is None:
            return web.json_response({"url": None})
        try:
            facts = _facts(json.loads(await request.read()))
            token = await carried.put(facts)
        except (FactError, ValueError):
            return web.json_response({"error": "bad facts"}, status=400)
        except TooManyKept:
            return web.json_response({"error": "too many"}, status=503)
        url = f"{address.rstrip('/')}/from-chat/{token}"
        return web.json_response({"url": url, "hours": HOURS})

    return [web.post("/v1/aid/links", link)]


def _facts(body: Any) -> Facts:
    if not isinstance(body, dict) or not isinstance(body.get("facts"), dict):
        raise ValueError("no facts")
    return Facts.from_dict(body["facts"])
