"""What citizens and apps see when something goes wrong: a sentence, never a traceback."""

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from gateway.channels.web.pages import page, say
from gateway.database import busy
from gateway.logs import where
from gateway.words import words

log = structlog.get_logger()

RETRY_AFTER_S = "5"
_SAFE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}


@web.middleware
async def sentences(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turns what nobody handled into a sentence, and adds the headers every response needs."""
    try:
        response = await handler(request)
    except web.HTTPException as error:
        if error.status < 400 or error.text != f"{error.status}: {error.reason}":
            raise  # a redirect, or a refusal that says why
        response = _sentence(request, error.status, dict(error.headers))
    except Exception as error:
        log.error(
            "request.failed",
            route=_route(request),
            error=type(error).__name__,
            where=where(error),
        )
        response = _busy(request) if busy(error) else _sentence(request, 500, {})
    for name, value in _SAFE.items():
        response.headers.setdefault(name, value)
    return response


def _busy(request: web.Request) -> web.Response:
    """Asks to come back: nothing is broken, and the same message may be sent again."""
    response = _sentence(request, 500, {"Retry-After": RETRY_AFTER_S})
    response.set_status(503)
    return response


def _sentence(request: web.Request, status: int, headers: dict[str, str]) -> web.Response:
    name = {404: "not_found", 405: "not_found", 413: "too_large", 503: "loading"}.get(
        status, "fault"
    )
    kept = {key: value for key, value in headers.items() if key in ("Retry-After", "Allow")}
    if request.path.startswith("/api/"):
        text = words().rest.get(name, words().rest["fault"])
        response = web.json_response({"error": text, "status": "error"}, status=status)
    else:
        response = page("message.html", status=status, text=say()[name])
    response.headers.update(kept)
    return response


def _route(request: web.Request) -> str:
    """Returns the pattern of the address: the address itself may hold what somebody asked."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else "unknown"
