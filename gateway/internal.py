"""The second listener, on loopback only: what Rasa's actions may ask. One key opens it."""

import hmac
from collections.abc import Iterable

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from gateway.conversation import Conversations


def create_internal(
    conversations: Conversations, key: str, routes: Iterable[web.RouteDef]
) -> web.Application:
    """Returns the application with the rooms' own /v1 routes and the erasure of a conversation.

    Args:
        conversations: the turn engine.
        key: what X-Internal-Key must be.
        routes: the /v1 routes of knowledge and desk.
    """

    async def erase(request: web.Request) -> web.Response:
        kept = await conversations.erase_conversation(request.match_info["id"])
        return web.json_response({"erased": True, "kept": kept})

    app = web.Application(middlewares=[_require(key)])
    app.add_routes([*routes, web.delete(r"/v1/conversations/{id:[0-9a-f]{32}}", erase)])
    return app


def _require(key: str) -> Middleware:
    @web.middleware
    async def check(request: web.Request, handler: Handler) -> web.StreamResponse:
        given = request.headers.get("X-Internal-Key", "").encode("utf-8", "surrogateescape")
        if not hmac.compare_digest(given, key.encode()):
            return web.json_response({"error": "forbidden"}, status=403)
        return await handler(request)

    return check
