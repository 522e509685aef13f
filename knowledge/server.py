"""The internal search interface, for the action server; it needs the internal key."""

import asyncio
import hmac
import json
from collections.abc import Awaitable, Callable
from functools import partial

from aiohttp import web

from knowledge import payload
from knowledge.search import Searcher

KEY_HEADER = "X-Internal-Key"
MOST_HITS = 50
MOST_ENTRIES = 20
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def create_api(searcher: Searcher, internal_key: str) -> web.Application:
    """An application with the routes below under /v1, for running this room alone.

    A request for /v1 without the internal key is answered 403.
    """

    @web.middleware
    async def with_key(request: web.Request, handler: Handler) -> web.StreamResponse:
        given = request.headers.get(KEY_HEADER, "")
        if not request.path.startswith("/v1/"):
            return await handler(request)
        if not hmac.compare_digest(given.encode(), internal_key.encode()):
            return web.json_response({"error": "internal key missing or wrong"}, status=403)
        return await handler(request)

    app = web.Application(middlewares=[with_key])
    app.add_routes(routes(searcher))
    return app


def routes(searcher: Searcher) -> list[web.RouteDef]:
    """`GET /v1/search`, `/v1/next` and `/v1/entries/{id}`; whoever mounts them checks the key."""

    async def search(request: web.Request) -> web.Response:
        """Searches.

        `q` is the question, `k` the hits of each kind. For what follows another question, `context`
        is that question or, better, the `context` of the reply to it, and `entry` the id of the
        entry shown last on that matter; both may be left out. With `articles=unsure`,
        articles are looked for only where entries are not sure enough to answer or ask back.
        """
        query = request.query.get("q", "").strip()
        wanted = request.query.get("k", "5")
        if not query:
            return web.json_response({"error": "q is missing"}, status=400)
        if not wanted.isascii() or not wanted.isdigit() or not 1 <= int(wanted) <= MOST_HITS:
            return web.json_response({"error": f"k must be 1 to {MOST_HITS}"}, status=400)
        before = (request.query.get("context") or None, request.query.get("entry") or None)
        always = request.query.get("articles") != "unsure"
        found = await asyncio.to_thread(
            searcher.search, query, int(wanted), *before, articles=always
        )
        return _readable(payload.results(found, searcher))

    async def asked_next(request: web.Request) -> web.Response:
        """Finds which further question of each entry `entry` the text `q` means."""
        entries, text = request.query.getall("entry", []), request.query.get("q", "").strip()
        if not text or not all(entries) or not 1 <= len(entries) <= MOST_ENTRIES:
            error = f"q and 1 to {MOST_ENTRIES} of entry are needed"
            return web.json_response({"error": error}, status=400)
        found = [payload.further(entry, text, searcher) for entry in entries]
        return _readable({"query": text, "entries": found})

    async def entry(request: web.Request) -> web.Response:
        found = searcher.entries.get(request.match_info["id"])
        if found is None:
            return web.json_response({"error": "no such entry"}, status=404)
        return _readable(payload.entry(found, searcher))

    return [
        web.get("/v1/search", search),
        web.get("/v1/next", asked_next),
        web.get("/v1/entries/{id:.+}", entry),
    ]


def _readable(body: payload.Payload) -> web.Response:
    """Returns JSON with Chinese as it is written: escaped it is twice as long to send and read."""
    return web.json_response(body, dumps=partial(json.dumps, ensure_ascii=False))
