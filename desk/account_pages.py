"""One's own account: password, second factor, recovery codes."""

from aiohttp import web

from desk import cookie, forms, own_account, second_factor
from desk.errors import DeskError
from desk.keys import LAWYER, SIGN_INS
from desk.pages import page
from desk.words import WORDS


async def account(request: web.Request) -> web.Response:
    """GET /account"""
    return await _account_page(request)


async def password_form(request: web.Request) -> web.Response:
    """GET /account/password"""
    return await page(request, "password.html", error=None)


async def password(request: web.Request) -> web.Response:
    """POST /account/password"""
    form = await forms.fields(request)
    try:
        lawyer = await own_account.change_password(
            request.app[SIGN_INS], request[LAWYER], form["old"], form["new"], form["again"]
        )
    except DeskError as refused:
        return await page(request, "password.html", status=refused.status, error=refused.sentence)
    await cookie.remember(request, lawyer)
    await cookie.leave_notice(request, WORDS.notices["password_changed"])
    forms.go(request, "home" if request[LAWYER].must_change_password else "account")


async def second_factor_form(request: web.Request) -> web.Response:
    """GET /account/second-factor: the code to be photographed."""
    if request[LAWYER].has_second_factor:
        forms.go(request, "account")
    return await _set_up_page(request)


async def turn_on(request: web.Request) -> web.Response:
    """POST /account/second-factor: shows the recovery codes, once."""
    if request[LAWYER].has_second_factor:
        forms.go(request, "account")
    secret = await cookie.offered_secret(request, second_factor.new_secret)
    code = (await forms.fields(request))["code"]
    try:
        codes = await own_account.turn_on(request.app[SIGN_INS], request[LAWYER], secret, code)
    except DeskError as refused:
        return await _set_up_page(request, refused)
    await cookie.drop_offered_secret(request)
    return await page(request, "recovery_codes.html", codes=codes)


async def turn_off(request: web.Request) -> web.Response:
    """POST /account/second-factor/off"""
    given = (await forms.fields(request))["password"]
    try:
        await own_account.turn_off(request.app[SIGN_INS], request[LAWYER], given)
    except DeskError as refused:
        return await _account_page(request, refused)
    await cookie.leave_notice(request, WORDS.notices["second_factor_off"])
    forms.go(request, "account")


async def renew_codes(request: web.Request) -> web.Response:
    """POST /account/recovery-codes"""
    given = (await forms.fields(request))["password"]
    try:
        codes = await own_account.renew_codes(request.app[SIGN_INS], request[LAWYER], given)
    except DeskError as refused:
        return await _account_page(request, refused)
    return await page(request, "recovery_codes.html", codes=codes)


async def _account_page(request: web.Request, refused: DeskError | None = None) -> web.Response:
    door, lawyer = request.app[SIGN_INS], request[LAWYER]
    return await page(
        request,
        "account.html",
        status=refused.status if refused else 200,
        notice=await cookie.take_notice(request),
        error=refused.sentence if refused else None,
        codes_left=await own_account.codes_left(door, lawyer),
        required=lawyer.role in door.required,
    )


async def _set_up_page(request: web.Request, refused: DeskError | None = None) -> web.Response:
    lawyer = request[LAWYER]
    secret = await cookie.offered_secret(request, second_factor.new_secret)
    return await page(
        request,
        "second_factor.html",
        status=refused.status if refused else 200,
        error=refused.sentence if refused else None,
        picture=second_factor.picture(secret, lawyer.display_name),
        secret=" ".join(secret[i : i + 4] for i in range(0, len(secret), 4)),
        required=lawyer.role in request.app[SIGN_INS].required,
    )
