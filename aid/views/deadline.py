"""The last day of a period, from what people say happened and when."""

from __future__ import annotations

from datetime import date
from typing import Any

from aiohttp import web

from aid.calendar_file import TYPE, calendar_file
from aid.guard import Refused
from aid.keys import today
from aid.pages import page
from aid.words import words
from eligibility.radar import Period, Start, last_day, match, previous_working, shipped, start_of
from eligibility.when import Candidate, Said, understand

LONGEST = 200  # characters


async def form(request: web.Request) -> web.Response:
    """What happened, and when."""
    return _page(request)


async def answer(request: web.Request) -> web.Response:
    """The last day; or what must be asked first: which period, or which day."""
    given = await request.post()
    said, when = (str(given.get(name, ""))[:LONGEST].strip() for name in ("said", "when"))
    told = {"said": said, "when": when}
    periods = _periods(str(given.get("period", "")), said)
    if not periods:
        return _page(request, **told, error=words()["errors"]["not_understood"])
    if len(periods) > 1:
        return _page(request, **told, periods=periods)
    period, on = periods[0], today(request)
    told["period"] = period.id
    if period.at(on).length is None:
        return _page(request, **told, answer=last_day(period.id, on, on))
    if day := str(given.get("day", "")):
        start, rough = _day(day), bool(given.get("rough"))
        return _page(request, **told, answer=last_day(period.id, start, on, rough=rough))
    understood = understand(when or said, on)
    if understood.began is None or len(understood.candidates) > 1:
        return _ask_day(request, understood, told, period)
    begun = start_of(understood) or Start(understood.began)
    found = begun.counted(period.id, on)
    return _page(request, **told, answer=found, assumed=understood.candidates[0].assumed or "")


async def calendar(request: web.Request) -> web.Response:
    """The day as a file for a calendar: the last one on which offices work."""
    given = await request.post()
    periods, on = _periods(str(given.get("period", "")), ""), today(request)
    if not periods:
        raise Refused("bad_form")
    found = last_day(periods[0].id, _day(str(given.get("day", ""))), on)
    if found.last is None or found.passed:
        raise Refused("bad_form")
    return web.Response(
        body=calendar_file(previous_working(found.last), on),
        content_type=TYPE,
        headers={"Content-Disposition": "attachment; filename=day.ics"},
    )


def _periods(chosen: str, said: str) -> tuple[Period, ...]:
    if chosen:
        if chosen not in shipped():
            raise Refused("bad_form")
        return (shipped()[chosen],)
    return match(said).periods if said else ()


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise Refused("bad_form") from error


def _ask_day(
    request: web.Request, understood: Said, told: dict[str, str], period: Period
) -> web.Response:
    """Ask which day is meant; with nothing to choose from, ask for other words."""
    nothing = "" if understood.candidates else words()["errors"]["when_unclear"]
    asked = told["when"] and nothing
    return _page(
        request,
        **told,
        event=period.event,
        candidates=[(one, _named(one)) for one in understood.candidates],
        error=asked,
    )


def _named(one: Candidate) -> str:
    day = one.first
    return one.assumed or f"{day.year}年{day.month}月{day.day}日"


def _page(request: web.Request, **told: Any) -> web.Response:
    empty: dict[str, Any] = {
        "said": "",
        "when": "",
        "period": "",
        "event": "",
        "periods": (),
        "candidates": (),
        "answer": None,
        "safe": None,
        "assumed": "",
        "error": "",
    }
    answer = told.get("answer")
    if (
        answer is not None
        and answer.kind == "act"
        and answer.last
        and not (answer.passed or answer.unsure)
    ):
        told["safe"] = previous_working(answer.last)
    status = 422 if told.get("error") else 200
    return page(request, "deadline.html", status=status, **{**empty, **told})
