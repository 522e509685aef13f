"""The desk's pages. A handler reads the form, calls one thing, and shows or redirects."""

from aiohttp import web

from desk import accounts, cookie
from desk.keys import DESK, LAWYER
from desk.pages import address, fields, live_page, page
from desk.queue_page import queue_page
from desk.words import WORDS


async def login_form(request: web.Request) -> web.Response:
    """GET /login"""
    onward = request.query.get("next", "")
    return await page(request, "login.html", message=None, unsent="", name="", next=onward)


async def login(request: web.Request) -> web.Response:
    """POST /login"""
    form = await fields(request)
    name, onward = form["name"], form["next"]
    lawyer = await accounts.sign_in(request.app[DESK].sessions, name, form["password"])
    if lawyer is None:
        message = WORDS.errors["login_failed"]
        return await page(
            request, "login.html", status=403, message=message, unsent="", name=name, next=onward
        )
    await cookie.remember(request, lawyer)
    home = str(address(request, "queue"))
    raise web.HTTPSeeOther(onward if onward.startswith(f"{home}/cases/") else home)


async def logout(request: web.Request) -> web.Response:
    """POST /logout"""
    await accounts.sign_out(request.app[DESK].sessions, request[LAWYER])
    await cookie.forget(request)
    raise web.HTTPSeeOther(address(request, "login"))


async def queue(request: web.Request) -> web.Response:
    """GET /: what waits, what is mine, whom to call, what I closed."""
    desk, lawyer = request.app[DESK], request[LAWYER]
    number = request.query.get("page", "1")
    found = await queue_page(
        desk, lawyer, request.query.get("show", "all"), int(number) if number.isdecimal() else 1
    )
    return await live_page(request, "queue.html", queue=found)
