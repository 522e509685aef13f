"""Quality review and reports."""

import asyncio
from urllib.parse import quote

from aiohttp import web

from desk import audit, cookie, forms, reviews
from desk.clock import CHINA
from desk.errors import DeskError
from desk.export import workbook
from desk.keys import DESK, LAWYER
from desk.office import OFFICE
from desk.pages import page
from desk.reports import Naming, Report, period, report
from desk.service import Desk
from desk.supervision import SUPERVISION
from desk.words import WORDS

EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


async def review_list(request: web.Request) -> web.Response:
    """GET /supervisor/reviews"""
    return await _reviews_page(request)


async def draw(request: web.Request) -> web.Response:
    """POST /supervisor/reviews: a random sample."""
    drawn = await reviews.draw(request.app[DESK], request[LAWYER])
    await cookie.leave_notice(request, WORDS.notices["drawn" if drawn else "none_to_draw"])
    forms.go(request, "reviews")


async def mark(request: web.Request) -> web.Response:
    """POST /supervisor/reviews/{id}"""
    form = await forms.fields(request)
    marks = {name: form[name] for name in SUPERVISION.review.criteria}
    number = int(request.match_info["id"])
    try:
        await reviews.mark(request.app[DESK], request[LAWYER], number, marks, form["remark"])
    except DeskError as refused:
        typed = {**marks, "remark": form["remark"]}
        return await _reviews_page(request, refused, typed=typed, at=number)
    await cookie.leave_notice(request, WORDS.notices["reviewed"])
    forms.go(request, "reviews")


async def reports(request: web.Request) -> web.Response:
    """GET /reports?first=DAY&last=DAY"""
    try:
        found, error = await _report(request), None
    except DeskError as refused:
        found, error = None, refused
    return await page(
        request,
        "reports.html",
        status=error.status if error else 200,
        error=error.sentence if error else None,
        report=found,
        first=request.query.get("first", "") if error else "",
        last=request.query.get("last", "") if error else "",
    )


async def excel(request: web.Request) -> web.Response:
    """GET /reports.xlsx: the same as an Excel file; the citizens' words only for some roles."""
    found, lawyer = await _report(request), request[LAWYER]
    questions = "questions" in request.query and lawyer.may("export_cases")
    name = naming(request.app[DESK])
    content = await asyncio.to_thread(workbook, found, name, with_questions=questions)
    async with request.app[DESK].sessions.begin() as session:
        audit.record(
            session,
            "exported",
            actor=lawyer.id,
            first=found.first.isoformat(),
            last=found.last.isoformat(),
            cases=len(found.cases),
            questions=questions,
        )
    title = quote(f"值班台统计_{found.first}_{found.last}.xlsx")
    return web.Response(
        body=content,
        content_type=EXCEL,
        headers={"Content-Disposition": f"attachment; filename*=UTF-8''{title}"},
    )


def naming(desk: Desk) -> Naming:
    """Returns the words for the codes of a report."""
    words = {
        "topic": desk.topics,
        "region": desk.regions,
        "outcome": {**WORDS.status, **WORDS.outcome},
        "urgency": WORDS.urgency,
    }

    def name(dimension: str, code: str | None) -> str:
        if code is None:
            return OFFICE.report["unknown"]
        if dimension == "rating":
            return OFFICE.report["stars"].format(count=code)
        return words.get(dimension, {}).get(code, code)

    return name


async def _report(request: web.Request) -> Report:
    desk = request.app[DESK]
    today = desk.now().astimezone(CHINA).date()
    days = period(request.query.get("first", ""), request.query.get("last", ""), today)
    return await report(desk, *days, naming(desk))


async def _reviews_page(
    request: web.Request,
    refused: DeskError | None = None,
    typed: dict[str, str] | None = None,
    at: int | None = None,
) -> web.Response:
    return await page(
        request,
        "reviews.html",
        status=refused.status if refused else 200,
        error=refused.sentence if refused else None,
        notice=await cookie.take_notice(request),
        reviews=await reviews.reviews(request.app[DESK]),
        typed=typed or {},
        at=at,
    )
