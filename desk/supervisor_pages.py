"""The supervisor's pages: what is owed, reassigning, urgent looks, the roster."""

from datetime import date, datetime, time, timedelta

from aiohttp import web

from desk import audit, cookie, forms
from desk.clock import CHINA
from desk.errors import DeskError, InvalidInput
from desk.keys import DESK, LAWYER
from desk.overview import colleagues_of, overview, see_look
from desk.pages import page
from desk.words import WORDS

WEEK = timedelta(days=7)


async def supervisor(request: web.Request) -> web.Response:
    """GET /supervisor"""
    return await _overview_page(request)


async def reassign(request: web.Request) -> web.Response:
    """POST /supervisor/cases/{id}/reassign"""
    form, desk = await forms.fields(request), request.app[DESK]
    try:
        async with desk.sessions() as session:
            allowed = [account_id for account_id, _ in await colleagues_of(session)]
        to = _number(form["to"])
        if to not in allowed:
            raise InvalidInput("unknown_colleague")
        await desk.transfer(
            int(request.match_info["id"]), request[LAWYER], to, form["note"], supervising=True
        )
    except DeskError as refused:
        return await _overview_page(request, refused)
    await cookie.leave_notice(request, WORDS.notices["reassigned"])
    forms.go(request, "supervisor")


async def seen(request: web.Request) -> web.Response:
    """POST /supervisor/looks/{id}/seen"""
    await see_look(request.app[DESK], request[LAWYER], int(request.match_info["id"]))
    await cookie.leave_notice(request, WORDS.notices["look_seen"])
    forms.go(request, "supervisor")


async def roster(request: web.Request) -> web.Response:
    """GET /supervisor/roster: one week."""
    return await _roster_page(request)


async def plan(request: web.Request) -> web.Response:
    """POST /supervisor/roster: the same hours on several days."""
    form, desk = await forms.fields(request), request.app[DESK]
    try:
        first, last = _day(form["first"]), _day(form["last"] or form["first"])
        hours = time.fromisoformat(form["begins"]), time.fromisoformat(form["ends"])
    except ValueError:
        return await _roster_page(request, InvalidInput("bad_duty"))
    account = _number(form["account"])
    try:
        if form["every_day"]:
            periods = [
                await desk.add_duty(account, *(datetime.combine(day, at, CHINA) for at in hours))
                for day in _days(first, last)
            ]
        else:
            periods = await desk.plan_duty(account, first, last, *hours)
    except DeskError as refused:
        return await _roster_page(request, refused)
    await _audited(request, "duty_added", account, periods=periods)
    await cookie.leave_notice(request, WORDS.notices["duty_added"])
    raise web.HTTPSeeOther(
        forms.address(request, "roster").with_query({"from": _monday(first).isoformat()})
    )


async def unplan(request: web.Request) -> web.Response:
    """POST /supervisor/roster/{id}/remove"""
    period = int(request.match_info["id"])
    await request.app[DESK].remove_duty(period)
    await _audited(request, "duty_removed", None, periods=[period])
    await cookie.leave_notice(request, WORDS.notices["duty_removed"])
    begin = (await forms.fields(request))["from"]
    where = forms.address(request, "roster")
    raise web.HTTPSeeOther(where.with_query({"from": begin}) if begin else where)


async def _overview_page(request: web.Request, refused: DeskError | None = None) -> web.Response:
    return await page(
        request,
        "supervisor.html",
        status=refused.status if refused else 200,
        error=refused.sentence if refused else None,
        notice=await cookie.take_notice(request),
        view=await overview(request.app[DESK]),
    )


async def _roster_page(request: web.Request, refused: DeskError | None = None) -> web.Response:
    desk = request.app[DESK]
    today = desk.now().astimezone(CHINA).date()
    try:
        begin = _monday(_day(request.query.get("from", "")))
    except ValueError:
        begin = _monday(today)
    at = datetime.combine(begin, time(), CHINA)
    duties = await desk.roster(at, at + WEEK)
    async with desk.sessions() as session:
        colleagues = await colleagues_of(session)
    days = [begin + timedelta(days=number) for number in range(7)]
    return await page(
        request,
        "roster.html",
        status=refused.status if refused else 200,
        error=refused.sentence if refused else None,
        notice=await cookie.take_notice(request),
        days=[(day, [duty for duty in duties if _on(duty.begins_at, day)]) for day in days],
        colleagues=colleagues,
        before=(begin - WEEK).isoformat(),
        after=(begin + WEEK).isoformat(),
        begin=begin.isoformat(),
        today=today,
    )


async def _audited(
    request: web.Request, action: str, account: int | None, *, periods: list[int]
) -> None:
    async with request.app[DESK].sessions.begin() as session:
        audit.record(
            session,
            action,
            actor=request[LAWYER].id,
            subject="account" if account else None,
            subject_id=account,
            periods=periods,
        )


def _days(first: date, last: date) -> list[date]:
    if not timedelta(0) <= last - first <= timedelta(days=92):
        raise InvalidInput("bad_duty")
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def _on(at: datetime, day: date) -> bool:
    return at.astimezone(CHINA).date() == day


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else 0
