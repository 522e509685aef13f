"""Turning a template into a page, and what templates may use."""

import hashlib
import secrets
from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web
from yarl import URL

from desk.clock import CHINA, utc_now
from desk.cookie import form_token, take_notice
from desk.keys import DESK, LAWYER
from desk.ports import Suggestion
from desk.reading import is_unread, waits_since
from desk.words import WORDS

HERE = Path(__file__).parent
# Sent by the page's own polling.
LIVE_HEADER = "X-Live"
# The fields of forms that somebody writes words into; passwords and codes are none of them.
WRITTEN = (
    *("text", "closing", "note", "value", "contact", "result"),
    *("matter", "institution", "reason", "remark"),
)


def set_up(app: web.Application) -> None:
    """Gives the application its templates."""
    environment = aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        china=china,
        minutes_since=minutes_since,
        days_until=days_until,
        days_left=days_left,
        with_citations=with_citations,
    )
    environment.globals.update(unread=is_unread, waits_since=waits_since)


async def page(
    request: web.Request, template: str, *, status: int = 200, **context: object
) -> web.Response:
    """Returns a page; `words`, `token`, `lawyer` and `topics` are always there."""
    return aiohttp_jinja2.render_template(
        template, request, await _with_common(request, context), status=status
    )


async def live_page(
    request: web.Request, template: str, *, status: int = 200, **context: object
) -> web.Response:
    """Returns a page that follows what happens.

    Its own script is given the page with its ETag, or 304 when it has this very page; what differs
    from one rendering to the next without anything having happened is then left empty.
    """
    if not is_live(request):
        mark = await request.app[DESK].latest_change()
        context = {"submission": secrets.token_urlsafe(16), "mark": mark, **context}
        context["notice"] = await take_notice(request)
        return await page(request, template, status=status, **context)
    context = {"submission": "", "mark": 0, "notice": None, **context}
    html = aiohttp_jinja2.render_string(template, request, await _with_common(request, context))
    etag = hashlib.sha256(html.encode()).hexdigest()[:32]
    known = request.if_none_match or ()
    if any(tag.value == etag for tag in known):
        response = web.Response(status=304)
    else:
        response = web.Response(text=html, content_type="text/html")
    response.etag = etag
    return response


def is_live(request: web.Request) -> bool:
    """Returns whether an open page asks by itself, without anybody having done anything."""
    return LIVE_HEADER in request.headers or request.headers.get("Accept") == "text/event-stream"


async def fields(request: web.Request) -> Mapping[str, str]:
    """Returns the fields of a form; one that is missing is empty."""
    form = await request.post()
    return defaultdict(str, {name: str(value) for name, value in form.items()})


async def unsent(request: web.Request) -> str:
    """Returns what somebody wrote into a form's longer fields, to be shown when it is refused."""
    form = await fields(request)
    return "\n".join(form[name] for name in WRITTEN if form[name].strip())


def address(request: web.Request, name: str, case_id: int | None = None) -> URL:
    """Returns the address of a route."""
    parts = {} if case_id is None else {"id": str(case_id)}
    return request.app.router[name].url_for(**parts)


def china(at: datetime, form: str) -> str:
    """Returns a time as clocks in China show it, in a strftime form."""
    return at.astimezone(CHINA).strftime(form)


def minutes_since(at: datetime) -> int:
    """Returns whole minutes from then to now, at least 0."""
    return max(0, int((utc_now() - at).total_seconds() // 60))


def days_until(day: date | str) -> int:
    """Returns whole days from today in China to a day; below 0 when it is past."""
    last = date.fromisoformat(day) if isinstance(day, str) else day
    return (last - utc_now().astimezone(CHINA).date()).days


def days_left(day: date | str) -> str:
    """Returns how far away a last day is, in words."""
    days = days_until(day)
    if days == 0:
        return "就是今天"
    return f"还有 {days} 天" if days > 0 else f"已过 {-days} 天"


def with_citations(suggestion: Suggestion) -> str:
    """Returns a suggestion's words with the articles they rest on."""
    cited = "、".join(suggestion.citations)
    return f"{suggestion.text}（{cited}）" if cited else suggestion.text


async def _with_common(request: web.Request, context: dict[str, object]) -> dict[str, object]:
    return {
        "words": WORDS,
        "token": await form_token(request),
        "lawyer": request.get(LAWYER),
        "topics": request.app[DESK].topics,
        "regions": request.app[DESK].regions,
        **context,
    }
