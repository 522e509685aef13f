"""What every request to the desk passes: headers, error pages, sign-in, form token."""

from urllib.parse import quote

from aiohttp import web
from aiohttp.typedefs import Handler

from desk import cookie, roles
from desk.accounts import Lawyer
from desk.errors import CaseNotFound, DeskError, NotAllowed
from desk.keys import DESK, LAWYER, SIGN_INS
from desk.pages import is_live, page, unsent
from desk.words import WORDS

# What somebody may do who still has to choose a password or set up the second factor.
CHOOSING_PASSWORD = {"account_password", "logout"}
SETTING_UP = {"second_factor", "recovery_codes", "logout"}
CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@web.middleware
async def headers(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Keeps scripts out of pages and pages out of caches."""
    try:
        response = await handler(request)
    except web.HTTPException as raised:
        _protect(raised)
        raise
    _protect(response)
    return response


@web.middleware
async def error_pages(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Shows what was refused as a page with a sentence and a way on."""
    try:
        return await handler(request)
    except web.HTTPNotFound:
        return await _error(request, CaseNotFound("page_not_found"))
    except DeskError as refused:
        if refused.key == "not_yours" and _route(request) == "case":
            where = request.app.router["case_read"].url_for(id=request.match_info["id"])
            raise web.HTTPSeeOther(where) from refused
        return await _error(request, refused)


@web.middleware
async def signed_in(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Lets only those past the login page who are signed in and whose role may do it.

    A page without a declared action is open to nobody. Polling gets 401 and does not keep the
    sign-in alive; a form that comes too late is shown again, so that what was written can be
    copied.
    """
    lawyer = await cookie.current_lawyer(request)
    live = is_live(request)
    if lawyer is not None:
        request[LAWYER] = lawyer
        if not live:
            await cookie.keep_alive(request)
        if owed := _owed(request, lawyer):
            raise web.HTTPSeeOther(request.app.router[owed].url_for())
        _check_right(request, lawyer)
        if lawyer.may("work_cases"):
            await request.app[DESK].arrived(lawyer)
        return await handler(request)
    if _route(request) in roles.RIGHTS.public:
        return await handler(request)
    if live:
        return web.Response(status=401)
    if request.method == "POST":
        message, words = WORDS.errors["signed_out"], await unsent(request)
        return await page(
            request, "login.html", status=401, message=message, unsent=words, name="", next=""
        )
    login = request.app.router["login"].url_for()
    raise web.HTTPSeeOther(f"{login}?next={quote(request.path, safe='/')}")


@web.middleware
async def form_token(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuses a form that did not come from one of our own pages."""
    if request.method in ("GET", "HEAD", "OPTIONS"):
        return await handler(request)
    given = (await request.post()).get("token", "")
    if not await cookie.form_token_matches(request, str(given)):
        if _route(request) == "login":
            message = WORDS.errors["login_expired"]
            return await page(
                request, "login.html", status=403, message=message, unsent="", name="", next=""
            )
        raise NotAllowed("stale_form")
    return await handler(request)


def _owed(request: web.Request, lawyer: Lawyer) -> str | None:
    """Returns the page that comes before any other, None when there is nothing left to do."""
    route = _route(request)
    if route is None or route in roles.RIGHTS.public:
        return None
    if lawyer.must_change_password:
        return None if route in CHOOSING_PASSWORD else "account_password"
    if lawyer.role in request.app[SIGN_INS].required and not lawyer.has_second_factor:
        return None if route in SETTING_UP else "second_factor"
    return None


def _check_right(request: web.Request, lawyer: Lawyer) -> None:
    if isinstance(request.match_info.http_exception, web.HTTPException):
        return  # no such page
    route = _route(request)
    action = roles.action_of(route)
    if route not in roles.RIGHTS.public and (action is None or not lawyer.may(action)):
        raise NotAllowed("no_right")


def _protect(response: web.StreamResponse) -> None:
    response.headers.setdefault("Content-Security-Policy", CONTENT_POLICY)
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    if not isinstance(response, web.FileResponse):
        response.headers.setdefault("Cache-Control", "no-store")


async def _error(request: web.Request, refused: DeskError) -> web.Response:
    words = await unsent(request) if request.method == "POST" else ""
    return await page(
        request, "error.html", status=refused.status, sentence=refused.sentence, unsent=words
    )


def _route(request: web.Request) -> str | None:
    resource = request.match_info.route.resource
    return None if resource is None else resource.name
