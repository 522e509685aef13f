"""The desk as an aiohttp application, to be mounted at /desk."""

from aiohttp import web
from aiohttp_session import session_middleware

from desk import guard, pages, views
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
    one = r"/cases/{id:\d{1,9}}"
    app.add_routes(
        [
            web.get("", views.queue, name="queue"),
            web.get("/", views.queue),
            web.get("/login", views.login_form, name="login"),
            web.post("/login", views.login, name="login"),
            web.post("/logout", views.logout, name="logout"),
            web.get("/queue", views.queue_fragment, name="queue_fragment"),
            web.get(one, views.case, name="case"),
            web.get(f"{one}/transcript", views.transcript_fragment, name="transcript"),
            web.post(f"{one}/claim", views.claim, name="claim"),
            web.post(f"{one}/reply", views.reply, name="reply"),
            web.post(f"{one}/notes", views.note, name="notes"),
            web.post(f"{one}/release", views.release, name="release"),
            web.post(f"{one}/resolve", views.resolve, name="resolve"),
            web.static("/static", pages.HERE / "static", name="static"),
        ]
    )
    return app
