"""The desk as an aiohttp application, to be mounted at /desk."""

from aiohttp import web
from aiohttp_session import session_middleware

from desk import case_views, guard, live, pages, views
from desk.cookie import storage
from desk.keys import DESK
from desk.service import Desk


def create_app(desk: Desk) -> web.Application:
    """Returns the lawyers' pages for `add_subapp("/desk", …)`."""
    app = web.Application(
        middlewares=[
            guard.headers,
            session_middleware(storage(desk.session_key)),
            guard.error_pages,
            guard.signed_in,
            guard.form_token,
        ]
    )
    app[DESK] = desk
    pages.set_up(app)
    live.set_up(app)
    app.add_routes(
        [
            web.get("", views.queue, name="queue"),
            web.get("/", views.queue),
            web.get("/login", views.login_form, name="login"),
            web.post("/login", views.login, name="login"),
            web.post("/logout", views.logout, name="logout"),
            web.get("/live", live.stream, name="queue_live"),
            web.get(r"/cases/{id:\d{1,9}}/live", live.stream, name="case_live"),
            *case_views.routes(),
            web.static("/static", pages.HERE / "static", name="static"),
        ]
    )
    return app
