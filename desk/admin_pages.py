"""Administration: accounts, and the audit trail."""

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.orm import aliased

from desk import administration, audit_check, cookie, forms
from desk.administration import AccountForm
from desk.errors import DeskError
from desk.keys import DESK, LAWYER
from desk.pages import page
from desk.tables import Account, AuditRow
from desk.words import WORDS

AUDIT_ROWS = 50


async def account_list(request: web.Request) -> web.Response:
    """GET /accounts"""
    found = await administration.listed(request.app[DESK])
    notice = await cookie.take_notice(request)
    return await page(request, "accounts.html", accounts=found, notice=notice)


async def new_form(request: web.Request) -> web.Response:
    """GET /accounts/new"""
    empty = AccountForm("", "lawyer", (), (), ("zh",), "5")
    return await page(request, "account_form.html", account=None, form=empty, name="", error=None)


async def create(request: web.Request) -> web.Response:
    """POST /accounts/new: shows the first password, once."""
    form, name = await _form(request)
    try:
        account_id, password = await administration.create(
            request.app[DESK], request[LAWYER], name, form
        )
    except DeskError as refused:
        return await page(
            request,
            "account_form.html",
            status=refused.status,
            account=None,
            form=form,
            name=name,
            error=refused.sentence,
        )
    return await _password_page(request, account_id, password)


async def account_form(request: web.Request) -> web.Response:
    """GET /accounts/{id}"""
    return await _account_page(request)


async def change(request: web.Request) -> web.Response:
    """POST /accounts/{id}"""
    form, _ = await _form(request)
    try:
        await administration.change(request.app[DESK], request[LAWYER], _id(request), form)
    except DeskError as refused:
        return await _account_page(request, refused, form)
    return await _done(request, "account_saved")


async def disable(request: web.Request) -> web.Response:
    """POST /accounts/{id}/disable"""
    try:
        await administration.switch(request.app[DESK], request[LAWYER], _id(request), on=False)
    except DeskError as refused:
        return await _account_page(request, refused)
    return await _done(request, "account_disabled")


async def enable(request: web.Request) -> web.Response:
    """POST /accounts/{id}/enable"""
    await administration.switch(request.app[DESK], request[LAWYER], _id(request), on=True)
    return await _done(request, "account_enabled")


async def reset(request: web.Request) -> web.Response:
    """POST /accounts/{id}/reset: shows the new first password, once."""
    password = await administration.reset(request.app[DESK], request[LAWYER], _id(request))
    return await _password_page(request, _id(request), password)


async def drop_factor(request: web.Request) -> web.Response:
    """POST /accounts/{id}/drop-factor"""
    await administration.drop_factor(request.app[DESK], request[LAWYER], _id(request))
    return await _done(request, "factor_dropped")


async def audit_trail(request: web.Request) -> web.Response:
    """GET /audit?before=N: the newest rows, or those before one."""
    return await _audit_page(request)


async def verify(request: web.Request) -> web.Response:
    """POST /audit: goes through the whole trail."""
    async with request.app[DESK].sessions() as session:
        verdict = await audit_check.verify(session)
    return await _audit_page(request, verdict)


async def _audit_page(
    request: web.Request, verdict: audit_check.Verdict | None = None
) -> web.Response:
    before = request.query.get("before", "")
    subject = aliased(Account)
    query = (
        select(AuditRow, Account.display_name, subject.display_name)
        .outerjoin(Account, Account.id == AuditRow.actor_id)
        .outerjoin(subject, (AuditRow.subject == "account") & (subject.id == AuditRow.subject_id))
        .order_by(AuditRow.id.desc())
        .limit(AUDIT_ROWS)
    )
    if before.isdecimal() and len(before) < 10:
        query = query.where(AuditRow.id < int(before))
    async with request.app[DESK].sessions() as session:
        rows = [tuple(row) for row in await session.execute(query)]
    return await page(request, "audit.html", rows=rows, verdict=verdict)


async def _account_page(
    request: web.Request, refused: DeskError | None = None, typed: AccountForm | None = None
) -> web.Response:
    account = await administration.one(request.app[DESK], _id(request))
    stored = AccountForm(
        account.display_name,
        account.role,
        tuple(account.topics),
        tuple(account.regions),
        tuple(account.languages),
        str(account.capacity),
    )
    return await page(
        request,
        "account_form.html",
        status=refused.status if refused else 200,
        account=account,
        form=typed or stored,
        name=account.name,
        error=refused.sentence if refused else None,
    )


async def _password_page(request: web.Request, account_id: int, password: str) -> web.Response:
    account = await administration.one(request.app[DESK], account_id)
    return await page(request, "first_password.html", account=account, password=password)


async def _done(request: web.Request, notice: str) -> web.Response:
    await cookie.leave_notice(request, WORDS.notices[notice])
    forms.go(request, "accounts")


async def _form(request: web.Request) -> tuple[AccountForm, str]:
    posted = await request.post()
    one = await forms.fields(request)

    def many(name: str) -> tuple[str, ...]:
        return tuple(str(value) for value in posted.getall(name, []))

    form = AccountForm(
        one["display_name"],
        one["role"],
        many("topics"),
        many("regions"),
        many("languages"),
        one["capacity"],
    )
    return form, one["name"]


def _id(request: web.Request) -> int:
    return int(request.match_info["id"])
