"""The pages of signing in and out."""

from ipaddress import ip_address
from typing import NoReturn

from aiohttp import web

from desk import cookie, forms, roles
from desk.accounts import Lawyer
from desk.errors import DeskError
from desk.keys import LAWYER, SIGN_INS
from desk.pages import page
from desk.sign_in import SignInRefused
from desk.words import WORDS


async def login_form(request: web.Request) -> web.Response:
    """GET /login"""
    return await login_page(request, onward=request.query.get("next", ""))


async def login(request: web.Request) -> web.Response:
    """POST /login: the name and the password."""
    form = await forms.fields(request)
    name, onward = form["name"], form["next"]
    try:
        lawyer = await request.app[SIGN_INS].password(name, form["password"], address_of(request))
    except SignInRefused as refused:
        return await login_page(request, refused, name=name, onward=onward)
    if lawyer.has_second_factor:
        await cookie.await_code(request, lawyer)
        code = forms.address(request, "login_code")
        raise web.HTTPSeeOther(code.with_query({"next": onward} if onward else {}))
    return await _arrive(request, lawyer, onward)


async def code_form(request: web.Request) -> web.Response:
    """GET /login/code"""
    if await cookie.awaiting_code(request) is None:
        forms.go(request, "login")
    return await page(request, "login_code.html", message=None, next=request.query.get("next", ""))


async def code(request: web.Request) -> web.Response:
    """POST /login/code: the second factor."""
    form = await forms.fields(request)
    lawyer = await cookie.awaiting_code(request)
    if lawyer is None:
        message = WORDS.errors["login_expired"]
        return await page(
            request, "login.html", status=403, message=message, unsent="", name="", next=""
        )
    try:
        await request.app[SIGN_INS].code(lawyer, form["code"])
    except SignInRefused as refused:
        return await page(
            request,
            "login_code.html",
            status=refused.status,
            message=refused.sentence,
            next=form["next"],
        )
    return await _arrive(request, lawyer, form["next"])


async def logout(request: web.Request) -> web.Response:
    """POST /logout"""
    await request.app[SIGN_INS].sign_out(request[LAWYER])
    await cookie.forget(request)
    forms.go(request, "login")


async def home(request: web.Request) -> web.Response:
    """GET /home: the first page of each role."""
    forms.go(request, roles.menu(request[LAWYER].role)[0][0])


async def login_page(
    request: web.Request, refused: DeskError | None = None, name: str = "", onward: str = ""
) -> web.Response:
    """Returns the login page, after a refusal with its sentence."""
    return await page(
        request,
        "login.html",
        status=refused.status if refused else 200,
        message=refused.sentence if refused else None,
        unsent="",
        name=name,
        next=onward,
    )


def address_of(request: web.Request) -> str | None:
    """Returns where a request comes from, None when that cannot be known.

    A proxy on this machine or in its network appends the address to X-Forwarded-For; what stands
    before the last comma was written by whoever sent the request.
    """
    direct = request.remote
    if not direct or not ip_address(direct.split("%")[0]).is_private:
        return direct
    forwarded = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    return forwarded or (None if ip_address(direct.split("%")[0]).is_loopback else direct)


async def _arrive(request: web.Request, lawyer: Lawyer, onward: str) -> NoReturn:
    await request.app[SIGN_INS].arrived(lawyer)
    await cookie.remember(request, lawyer)
    desk = str(forms.address(request, "queue"))
    inside = onward.startswith(f"{desk}/") and "//" not in onward and "\\" not in onward
    raise web.HTTPSeeOther(onward if inside else forms.address(request, "home"))
