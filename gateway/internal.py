"""The second listener, on loopback only: what Rasa's actions may ask. One key opens it."""

import hmac
import json
from collections.abc import Iterable
from datetime import date

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from gateway.conversation import Conversations
from gateway.errors import UnknownConversation
from gateway.reminders import Reminders

CONVERSATION = r"{id:[0-9a-f]{32}}"


class NewReminder(BaseModel):
    """What an action asks to be said on a day; the same ``key`` replaces the one before."""

    model_config = ConfigDict(extra="forbid")

    conversation: str = Field(pattern=r"^[0-9a-f]{32}$")
    on: date
    text: str = Field(min_length=1, max_length=500)
    key: str = Field(min_length=1, max_length=100)


def create_internal(
    conversations: Conversations,
    reminders: Reminders,
    key: str,
    routes: Iterable[web.RouteDef],
) -> web.Application:
    """Returns the application with the rooms' own /v1 routes and those of the turn engine.

    Args:
        conversations: the turn engine.
        reminders: what is kept for a day to come.
        key: what X-Internal-Key must be.
        routes: the /v1 routes of knowledge and desk.
    """

    async def erase(request: web.Request) -> web.Response:
        kept = await conversations.erasing.within_turn(request.match_info["id"])
        return web.json_response({"erased": True, "kept": kept})

    async def remind(request: web.Request) -> web.Response:
        try:
            new = NewReminder.model_validate(json.loads(await request.read()))
            at = await reminders.schedule(new.conversation, new.on, new.text, new.key)
        except UnknownConversation:
            return web.json_response({"error": "unknown conversation"}, status=404)
        except (ValidationError, ValueError):
            return web.json_response({"error": "bad reminder"}, status=400)
        return web.json_response({"scheduled": True, "at": at.isoformat()})

    async def cancel(request: web.Request) -> web.Response:
        """Cancels a conversation's reminders, or with ?key= one of them."""
        count = await reminders.cancel(request.match_info["id"], request.query.get("key"))
        return web.json_response({"cancelled": count})

    app = web.Application(middlewares=[_require(key)])
    app.add_routes(
        [
            *routes,
            web.delete(f"/v1/conversations/{CONVERSATION}", erase),
            web.post("/v1/reminders", remind),
            web.delete(f"/v1/reminders/{CONVERSATION}", cancel),
        ]
    )
    return app


def _require(key: str) -> Middleware:
    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        given = request.headers.get("X-Internal-Key", "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, key.encode()):
            return web.json_response({"error": "forbidden"}, status=403)
        return await handler(request)

    return check
