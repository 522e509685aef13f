"""Reading a case without working on it, and the urgent look."""

from aiohttp import web

from desk import case_access, forms
from desk.errors import DeskError, NotAllowed
from desk.keys import DESK, LAWYER
from desk.pages import page


async def read(request: web.Request) -> web.Response:
    """GET /cases/{id}/read: the case, or a form for an urgent look."""
    case_id = int(request.match_info["id"])
    try:
        reading = await case_access.read(request.app[DESK], request[LAWYER], case_id)
    except NotAllowed as refused:
        if not request[LAWYER].may("break_glass"):
            raise
        return await _urgent_page(request, case_id, refused)
    return await page(request, "case_read.html", reading=reading, case=reading.case)


async def look(request: web.Request) -> web.Response:
    """POST /cases/{id}/break-glass"""
    case_id = int(request.match_info["id"])
    reason = (await forms.fields(request))["reason"]
    try:
        await case_access.look_urgently(request.app[DESK], request[LAWYER], case_id, reason)
    except DeskError as refused:
        return await _urgent_page(request, case_id, refused, reason)
    forms.go(request, "case_read", case_id)


async def _urgent_page(
    request: web.Request, case_id: int, refused: DeskError, reason: str = ""
) -> web.Response:
    return await page(
        request,
        "break_glass.html",
        status=refused.status,
        case_id=case_id,
        error=refused.sentence,
        reason=reason,
    )
