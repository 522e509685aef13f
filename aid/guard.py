"""What every request passes: headers that keep pages private, and no forms from other sites."""

from __future__ import annotations

from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from aid.errors import AidError
from aid.pages import page
from aid.words import words
from eligibility import EligibilityError

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}


class Refused(AidError):
    """What was sent cannot be used; `name` is the error's sentence in words.yml."""

    def __init__(self, name: str, status: int = 400) -> None:
        super().__init__(name)
        self.name = name
        self.status = status


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Keep scripts out of pages, and pages out of caches and search engines."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if not isinstance(response, web.FileResponse):
        response.headers.setdefault("Cache-Control", "no-store")


@web.middleware
async def error_pages(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Show what was refused as a page with a sentence and a way on."""
    try:
        return await handler(request)
    except Refused as refused:
        return _error(request, refused.name, refused.status)
    except EligibilityError:  # facts in the form that do not exist
        return _error(request, "bad_form", 400)
    except web.HTTPNotFound:
        return _error(request, "not_found", 404)


@web.middleware
async def own_forms(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse a form that another site has sent."""
    if request.method == "POST":
        origin = request.headers.get("Origin")
        fetched = request.headers.get("Sec-Fetch-Site", "same-origin")
        foreign = origin is not None and urlsplit(origin).netloc != request.host
        if foreign or fetched not in ("same-origin", "none"):
            raise Refused("foreign", 403)
    return await handler(request)


def _error(request: web.Request, name: str, status: int) -> web.Response:
    return page(request, "error.html", status=status, sentence=words()["errors"][name])
