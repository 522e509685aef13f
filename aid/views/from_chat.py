"""What was told in the chat, taken over when the person says so; the link works once."""

from __future__ import annotations

from aiohttp import web

from aid.guard import Refused
from aid.keys import CARRIED
from aid.pages import page
from aid.views import steps


async def ask(request: web.Request) -> web.Response:
    """Ask first: opening the link shows nothing yet and does not use it up."""
    if not await request.config_dict[CARRIED].waiting(request.match_info["token"]):
        raise Refused("link_gone", 404)
    return page(request, "from_chat.html")


async def take(request: web.Request) -> web.Response:
    """The next question, or the result with the papers."""
    facts = await request.config_dict[CARRIED].take(request.match_info["token"])
    if facts is None:
        raise Refused("link_gone", 404)
    return steps.go_on(request, facts)
