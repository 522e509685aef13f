"""The look-up site as an application, to be mounted under any prefix."""

from pathlib import Path

import aiohttp_jinja2
import jinja2
from aiohttp import web

from knowledge import strict_yaml
from knowledge.lookup import views
from knowledge.lookup.markdown import to_html
from knowledge.search import Searcher

HERE = Path(__file__).parent
AID = web.AppKey("aid", str)
SECURITY_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}


def create_app(
    searcher: Searcher, content: Path | None = None, aid: str | None = None
) -> web.Application:
    """The look-up site over a searcher.

    Args:
        searcher: what to search.
        content: folder with offices.yml and hotlines.yml; the project's own when None.
        aid: address of the pages that help to apply for legal aid; no links to them when None.
    """
    app = web.Application()
    app[views.SEARCHER] = searcher
    app[views.OFFICES] = strict_yaml.read((content or HERE.parent / "content") / "offices.yml")
    aiohttp_jinja2.setup(
        app,
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        context_processors=[aiohttp_jinja2.request_processor, aid_address],
        filters={"markdown": to_html},
    )
    app[AID] = aid or ""
    app.add_routes(views.routes)
    app.router.add_static("/static", HERE / "static", name="static")
    app.on_response_prepare.append(_add_headers)
    return app


async def aid_address(request: web.Request) -> dict[str, str]:
    """Give templates the address of the pages that help to apply; "" where there are none."""
    return {"aid": request.config_dict[AID]}


async def _add_headers(request: web.Request, response: web.StreamResponse) -> None:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
