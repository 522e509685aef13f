"""Templates and response headers of the gateway's own pages."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from aiohttp import web
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

HERE = Path(__file__).parent

# A number is a hotline unless it counts something: 120元, 110天.
_HOTLINE = re.compile(
    r"(?<![\d.&#])(110|119|120|122|12338|12345|12348|12355|12356|12309|12315|12333|12368)"
    r"(?![\d.]*[\d%元块万亿天日年月岁人个条号平米公斤])"
)
_LOOKUP = re.compile(r"(?<![\w/\"])/lookup(?:/[\w/-]+)?")

# Nothing but our own files; no frames, so that no other site can overlay the chat.
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def page(name: str, *, status: int = 200, **values: Any) -> web.Response:
    """Returns a rendered page with strict headers."""
    return web.Response(
        text=render(name, **values), content_type="text/html", status=status, headers=_HEADERS
    )


def render(name: str, **values: Any) -> str:
    """Returns a rendered template; everything put into it is escaped."""
    return _environment().get_template(name).render(say=say(), **values)


@cache
def say() -> dict[str, Any]:
    """Returns the words of the pages."""
    words: dict[str, Any] = yaml.safe_load((HERE / "words.yml").read_text("utf-8"))
    return words


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["linked"] = linked
    return environment


def linked(text: str) -> Markup:
    """Returns the escaped text with hotlines to tap and the look-up page to open."""
    safe = str(escape(text))
    safe = _HOTLINE.sub(r'<a href="tel:\1">\1</a>', safe)
    return Markup(_LOOKUP.sub(r'<a href="\g<0>">\g<0></a>', safe))  # noqa: S704 (escaped above)
