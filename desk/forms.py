"""Going on to another page after a form was carried out."""

from typing import NoReturn

from aiohttp import web

from desk.pages import address, fields

__all__ = ["address", "fields", "go"]


def go(request: web.Request, name: str, case_id: int | None = None) -> NoReturn:
    """Shows another page after a form was carried out.

    Raises:
        HTTPSeeOther: always.
    """
    raise web.HTTPSeeOther(address(request, name, case_id))
