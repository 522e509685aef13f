"""The desk as an aiohttp application, to be mounted at /desk."""

import aiohttp_jinja2
from aiohttp import web
from aiohttp_session import session_middleware

from desk import (
    account_pages,
    case_views,
    guard,
    live,
    office_routes,
    pages,
    roles,
    sign_in_pages,
    views,
)
from desk.cookie import storage
from desk.keys import DESK, SIGN_INS
from desk.office import OFFICE
from desk.service import Desk
from desk.sign_in import SignIns
from desk.supervision import SUPERVISION


def create_app(
    desk: Desk, second_factor: frozenset[str] = roles.RIGHTS.second_factor
) -> web.Application:
    """Returns the desk's pages for `add_subapp("/desk", …)`.

    Args:
        desk: the desk.
        second_factor: roles that must sign in with a second factor.
    """
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
    app[SIGN_INS] = SignIns(desk.sessions, desk.session_key, second_factor)
    pages.set_up(app)
    live.set_up(app)
    aiohttp_jinja2.get_env(app).globals.update(
        role_title=roles.title, menu_of=roles.menu, office=OFFICE, supervision=SUPERVISION
    )
    app.add_routes(
        [
            web.get("", views.queue, name="queue"),
            web.get("/", views.queue, name="queue_slash"),
            web.get("/live", live.stream, name="queue_live"),
            web.get(r"/cases/{id:\d{1,9}}/live", live.stream, name="case_live"),
            *case_views.routes(),
            web.static("/static", pages.HERE / "static", name="static"),
        ]
    )
    app.add_routes(_accounts())
    app.add_routes(office_routes.routes())
    return app


def _accounts() -> list[web.RouteDef]:
    """Returns the routes of signing in and of one's own account."""
    return [
        web.get("/login", sign_in_pages.login_form, name="login"),
        web.post("/login", sign_in_pages.login, name="login"),
        web.get("/login/code", sign_in_pages.code_form, name="login_code"),
        web.post("/login/code", sign_in_pages.code, name="login_code"),
        web.post("/logout", sign_in_pages.logout, name="logout"),
        web.get("/home", sign_in_pages.home, name="home"),
        web.get("/account", account_pages.account, name="account"),
        web.get("/account/password", account_pages.password_form, name="account_password"),
        web.post("/account/password", account_pages.password, name="account_password"),
        web.get("/account/second-factor", account_pages.second_factor_form, name="second_factor"),
        web.post("/account/second-factor", account_pages.turn_on, name="second_factor"),
        web.post("/account/second-factor/off", account_pages.turn_off, name="second_factor_off"),
        web.post("/account/recovery-codes", account_pages.renew_codes, name="recovery_codes"),
    ]
