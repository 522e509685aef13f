"""The desk's pages. A handler reads the form, calls one thing, and shows or redirects."""

from aiohttp import web

from desk.keys import DESK, LAWYER
from desk.pages import live_page
from desk.queue_page import queue_page


async def queue(request: web.Request) -> web.Response:
    """GET /: what waits, what is mine, whom to call, what I closed."""
    desk, lawyer = request.app[DESK], request[LAWYER]
    number = request.query.get("page", "1")
    found = await queue_page(
        desk, lawyer, request.query.get("show", "all"), int(number) if number.isdecimal() else 1
    )
    return await live_page(request, "queue.html", queue=found)
