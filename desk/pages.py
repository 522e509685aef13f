"""Turning a template into a page, and what templates may use."""

import hashlib
from datetime import datetime
from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web

from desk.clock import CHINA, utc_now
from desk.cookie import form_token
from desk.keys import DESK, LAWYER
from desk.words import WORDS

HERE = Path(__file__).parent
# Sent by the page's own polling.
LIVE_HEADER = "X-Live"


def set_up(app: web.Application) -> None:
    """Gives the application its templates."""
    environment = aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(china=china, minutes_since=minutes_since)


async def page(
    request: web.Request, template: str, *, status: int = 200, **context: object
) -> web.Response:
    """Returns a page; `words`, `token`, `lawyer` and `topics` are always there."""
    return aiohttp_jinja2.render_template(
        template, request, await _with_common(request, context), status=status
    )


async def fragment(request: web.Request, template: str, **context: object) -> web.Response:
    """Returns a piece of a page with its ETag, or 304 when the reader has this very piece."""
    html = aiohttp_jinja2.render_string(template, request, await _with_common(request, context))
    etag = hashlib.sha256(html.encode()).hexdigest()[:32]
    known = request.if_none_match or ()
    if any(tag.value == etag for tag in known):
        response = web.Response(status=304)
    else:
        response = web.Response(text=html, content_type="text/html")
    response.etag = etag
    return response


def china(at: datetime, form: str) -> str:
    """Returns a time as clocks in China show it, in a strftime form."""
    return at.astimezone(CHINA).strftime(form)


def minutes_since(at: datetime) -> int:
    """Returns whole minutes from then to now, at least 0."""
    return max(0, int((utc_now() - at).total_seconds() // 60))


async def _with_common(request: web.Request, context: dict[str, object]) -> dict[str, object]:
    return {
        "words": WORDS,
        "token": await form_token(request),
        "lawyer": request.get(LAWYER),
        "topics": request.app[DESK].topics,
        "regions": request.app[DESK].regions,
        **context,
    }
