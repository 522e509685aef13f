"""Reading a form, and going on to another page."""

from collections import defaultdict
from typing import NoReturn

from aiohttp import web
from yarl import URL


async def fields(request: web.Request) -> dict[str, str]:
    """Returns the form's fields; one that is missing reads as an empty text."""
    posted = await request.post()
    return defaultdict(str, {name: str(value) for name, value in posted.items()})


def address(request: web.Request, name: str, **parts: str | int) -> URL:
    """Returns the address of a named page."""
    return request.app.router[name].url_for(**{key: str(part) for key, part in parts.items()})


def go(request: web.Request, name: str, **parts: str | int) -> NoReturn:
    """Shows another page after a form was carried out.

    Raises:
        HTTPSeeOther: always.
    """
    raise web.HTTPSeeOther(address(request, name, **parts))
