"""The curators' list of answers that lawyers called wrong."""

from aiohttp import web

from desk import audit, cookie, forms
from desk.keys import DESK, LAWYER
from desk.pages import page
from desk.words import WORDS

SHOWN_DONE = 30


async def curation(request: web.Request) -> web.Response:
    """GET /curation: what is open first, then what was settled last."""
    flags = await request.app[DESK].bot_flags(open_only=False)
    done = [flag for flag in flags if flag.done_at]
    return await page(
        request,
        "curation.html",
        open=[flag for flag in flags if not flag.done_at],
        done=sorted(done, key=lambda flag: flag.done_at or flag.flagged_at)[: -SHOWN_DONE - 1 : -1],
        notice=await cookie.take_notice(request),
    )


async def settle(request: web.Request) -> web.Response:
    """POST /curation/{id}/done"""
    desk, flag = request.app[DESK], int(request.match_info["id"])
    await desk.settle_flag(flag, request[LAWYER].id)
    async with desk.sessions.begin() as session:
        audit.record(session, "flag_settled", actor=request[LAWYER].id, flag=flag)
    await cookie.leave_notice(request, WORDS.notices["settled"])
    forms.go(request, "curation")
