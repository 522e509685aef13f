"""Turning a template into a page, and what templates may use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Site:
    """The look-up site around these pages: its first page and its style sheet, as addresses."""

    home: str
    style: str


SITE = web.AppKey("site", Site)


def set_up(app: web.Application, site: Site) -> None:
    """Give the application its templates."""
    app[SITE] = site
    aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        context_processors=[aiohttp_jinja2.request_processor],
    )


def page(
    request: web.Request, template: str, *, status: int = 200, **context: object
) -> web.Response:
    """Return a page; `site` is always there."""
    return aiohttp_jinja2.render_template(
        template, request, {"site": request.config_dict[SITE], **context}, status=status
    )
