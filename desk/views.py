"""The desk's pages. A handler reads the form, calls one thing, and shows or redirects."""

import secrets
from collections import defaultdict

from aiohttp import web
from yarl import URL

from desk import cookie, reading
from desk.cases import CaseSheet
from desk.errors import DeskError
from desk.keys import DESK, LAWYER
from desk.pages import fragment, page
from desk.words import WORDS


async def queue(request: web.Request) -> web.Response:
    """GET /: what waits, what is mine, what I closed."""
    found = await reading.queue(request.app[DESK], request[LAWYER])
    notice = await cookie.take_notice(request)
    return await page(request, "queue.html", queue=found, notice=notice)


async def queue_fragment(request: web.Request) -> web.Response:
    """GET /queue: the lists of the first page."""
    found = await reading.queue(request.app[DESK], request[LAWYER])
    return await fragment(request, "_queue.html", queue=found)


async def case(request: web.Request) -> web.Response:
    """GET /cases/{id}"""
    sheet = await reading.open_sheet(request.app[DESK], request[LAWYER], _case_id(request))
    return await _case_page(request, sheet)


async def transcript_fragment(request: web.Request) -> web.Response:
    """GET /cases/{id}/transcript"""
    sheet, lines = await reading.transcript(request.app[DESK], request[LAWYER], _case_id(request))
    return await fragment(request, "_transcript.html", case=sheet, lines=lines)


async def claim(request: web.Request) -> web.Response:
    """POST /cases/{id}/claim"""
    case_id = _case_id(request)
    await request.app[DESK].claim(case_id, request[LAWYER])
    raise web.HTTPSeeOther(_url(request, "case", case_id))


async def reply(request: web.Request) -> web.Response:
    """POST /cases/{id}/reply"""
    case_id, form = _case_id(request), await _form(request)
    try:
        await request.app[DESK].reply(
            case_id, request[LAWYER], form["text"], form["submission"] or None
        )
    except DeskError as refused:
        return await _refused(request, refused, reply_text=form["text"])
    raise web.HTTPSeeOther(_url(request, "case", case_id).with_fragment("reply"))


async def note(request: web.Request) -> web.Response:
    """POST /cases/{id}/notes"""
    case_id, form = _case_id(request), await _form(request)
    try:
        await request.app[DESK].add_note(
            case_id, request[LAWYER], form["text"], form["submission"] or None
        )
    except DeskError as refused:
        return await _refused(request, refused, note_text=form["text"])
    await cookie.leave_notice(request, WORDS.notices["noted"])
    raise web.HTTPSeeOther(_url(request, "case", case_id))


async def release(request: web.Request) -> web.Response:
    """POST /cases/{id}/release"""
    await request.app[DESK].release(_case_id(request), request[LAWYER])
    await cookie.leave_notice(request, WORDS.notices["released"])
    raise web.HTTPSeeOther(_url(request, "queue"))


async def resolve(request: web.Request) -> web.Response:
    """POST /cases/{id}/resolve"""
    case_id, form = _case_id(request), await _form(request)
    try:
        await request.app[DESK].resolve(case_id, request[LAWYER], form["outcome"], form["closing"])
    except DeskError as refused:
        return await _refused(request, refused, closing_text=form["closing"])
    await cookie.leave_notice(request, WORDS.notices["resolved"])
    raise web.HTTPSeeOther(_url(request, "queue"))


async def _case_page(
    request: web.Request,
    sheet: CaseSheet,
    *,
    refused: DeskError | None = None,
    reply_text: str = "",
    note_text: str = "",
    closing_text: str = "",
) -> web.Response:
    desk, lawyer = request.app[DESK], request[LAWYER]
    mine = sheet.lawyer_id == lawyer.id
    lines = (await reading.transcript(desk, lawyer, sheet.id))[1] if mine else []
    return await page(
        request,
        "case.html" if mine else "summary.html",
        status=refused.status if refused else 200,
        case=sheet,
        lines=lines,
        notes=await reading.notes(desk, sheet) if mine else [],
        notice=await cookie.take_notice(request),
        error=refused.sentence if refused else None,
        submission=secrets.token_urlsafe(16),
        reply_text=reply_text,
        note_text=note_text,
        closing_text=closing_text,
    )


async def _refused(request: web.Request, refused: DeskError, **typed: str) -> web.Response:
    """Shows the case again with what was typed, so that no word is lost."""
    sheet = await reading.open_sheet(request.app[DESK], request[LAWYER], _case_id(request))
    if sheet.status == "open":
        return await _case_page(request, sheet, refused=refused, **typed)
    unsent = "\n".join(typed.values())
    return await page(
        request, "error.html", status=refused.status, sentence=refused.sentence, unsent=unsent
    )


async def _form(request: web.Request) -> dict[str, str]:
    fields = await request.post()
    return defaultdict(str, {name: str(value) for name, value in fields.items()})


def _case_id(request: web.Request) -> int:
    return int(request.match_info["id"])


def _url(request: web.Request, name: str, case_id: int | None = None) -> URL:
    parts = {} if case_id is None else {"id": str(case_id)}
    return request.app.router[name].url_for(**parts)
