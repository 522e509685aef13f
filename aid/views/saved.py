"""A checklist somebody keeps, comes back to, ticks and deletes."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from aid.guard import Refused
from aid.interview import from_fields
from aid.keys import SAVED, today
from aid.pages import page
from aid.saved import Kept, TooManyKept
from aid.views import result
from eligibility import screen


async def keep(request: web.Request) -> web.Response:
    """Keep the answers and ticks, and go to their own address."""
    form = await request.post()
    facts = from_fields(form)
    at_hand = result.ticked(screen(facts, today(request)), _have(form.getall("have", [])))
    try:
        token = await request.config_dict[SAVED].keep(facts, at_hand)
    except TooManyKept as full:
        raise Refused("too_many", 503) from full
    raise web.HTTPSeeOther(request.app.router["saved"].url_for(token=token))


async def show(request: web.Request) -> web.Response:
    """The result again, with the ticks."""
    kept = await _kept(request)
    return result.show(request, kept.facts, kept.at_hand, kept)


async def tick(request: web.Request) -> web.Response:
    """Replace the ticks."""
    kept = await _kept(request)
    given = (await request.post()).getall("have", [])
    at_hand = result.ticked(screen(kept.facts, today(request)), _have(given))
    await request.config_dict[SAVED].tick(kept.token, at_hand)
    raise web.HTTPSeeOther(request.app.router["saved"].url_for(token=kept.token))


async def delete(request: web.Request) -> web.Response:
    """Delete it; deleting what is gone is no error."""
    await request.config_dict[SAVED].forget(request.match_info["token"])
    return page(request, "deleted.html")


async def _kept(request: web.Request) -> Kept:
    kept = await request.config_dict[SAVED].find(request.match_info["token"])
    if kept is None:
        raise Refused("gone", 404)
    return kept


def _have(given: Sequence[object]) -> list[str]:
    return [str(item) for item in given]
