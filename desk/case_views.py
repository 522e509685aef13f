"""The page of a case and its forms. A handler reads the form, calls one thing, and redirects."""

from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import date, datetime

from aiohttp import web

from desk import cookie, reading
from desk.cases import CaseSheet
from desk.clock import CHINA
from desk.errors import DeskError, InvalidInput
from desk.keys import DESK, LAWYER
from desk.pages import address, fields, is_live, live_page, page, unsent, with_citations
from desk.reading import Sheet, is_unread
from desk.words import WORDS

Form = Mapping[str, str]
Step = Callable[[web.Request, int, Form], Awaitable[object]]
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


async def case(request: web.Request) -> web.Response:
    """GET /cases/{id}"""
    desk, lawyer, case_id = request.app[DESK], request[LAWYER], _case_id(request)
    sheet = await reading.open_sheet(desk, lawyer, case_id)
    shown = await _case_page(request, sheet)
    if is_unread(sheet) and not (is_live(request) and _hidden(request)):
        await desk.mark_read(case_id, lawyer)
    return shown


async def picture(request: web.Request) -> web.Response:
    """GET /cases/{id}/pictures/{message}: what the citizen sent, for the case's lawyer only."""
    desk, lawyer, message = request.app[DESK], request[LAWYER], request.match_info["message"]
    found = await reading.picture(desk, lawyer, _case_id(request), message)
    return web.Response(body=found.content, content_type=found.media_type)


async def reply(request: web.Request) -> web.Response:
    """POST /cases/{id}/reply: sends it, or without the script puts offered words into it."""
    case_id, form = _case_id(request), await fields(request)
    try:
        if form["insert"]:
            return await _inserted(request, case_id, form)
        await request.app[DESK].reply(case_id, request[LAWYER], form["text"], _submission(form))
    except DeskError as refused:
        return await _refused(request, refused, reply_text=form["text"])
    raise web.HTTPSeeOther(address(request, "case", case_id).with_fragment("reply"))


async def note(request: web.Request) -> web.Response:
    """POST /cases/{id}/notes"""
    case_id, form = _case_id(request), await fields(request)
    try:
        await request.app[DESK].add_note(case_id, request[LAWYER], form["text"], _submission(form))
    except DeskError as refused:
        return await _refused(request, refused, note_text=form["text"])
    raise await _back(request, "case", "noted")


async def resolve(request: web.Request) -> web.Response:
    """POST /cases/{id}/resolve"""
    case_id, form = _case_id(request), await fields(request)
    try:
        await request.app[DESK].resolve(case_id, request[LAWYER], form["outcome"], form["closing"])
    except DeskError as refused:
        return await _refused(request, refused, closing_text=form["closing"])
    raise await _back(request, "queue", "resolved")


def step(run: Step, onward: str, notice: str | None = None) -> Handler:
    """Returns the handler of a form: run it, leave a notice, go on to the case or the queue.

    What is refused is said on the case's page, with what was written, to be copied.
    """

    async def handler(request: web.Request) -> web.StreamResponse:
        form = await fields(request)
        try:
            await run(request, _case_id(request), form)
        except DeskError as refused:
            return await _refused(request, refused, unsent=await unsent(request))
        raise await _back(request, onward, notice)

    return handler


async def claim(request: web.Request, case_id: int, _form: Form) -> None:
    """Takes a pending case."""
    await request.app[DESK].claim(case_id, request[LAWYER])


async def release(request: web.Request, case_id: int, _form: Form) -> None:
    """Puts a case back in the queue."""
    await request.app[DESK].release(case_id, request[LAWYER])


async def correct(request: web.Request, case_id: int, form: Form) -> None:
    """Corrects a fact, or adds one."""
    day = _day(form["last_day"]) if form["last_day"] else None
    await request.app[DESK].correct_fact(
        case_id, request[LAWYER], form["label"], form["value"], last_day=day
    )


async def transfer(request: web.Request, case_id: int, form: Form) -> None:
    """Hands a case to a colleague."""
    if not form["to"].isdecimal():
        raise InvalidInput("unknown_colleague")
    await request.app[DESK].transfer(case_id, request[LAWYER], int(form["to"]), form["note"])


async def snooze(request: web.Request, case_id: int, form: Form) -> None:
    """Sets a case aside."""
    await request.app[DESK].snooze(case_id, request[LAWYER], _time(form["until"], "bad_snooze"))


async def wake(request: web.Request, case_id: int, _form: Form) -> None:
    """Takes a snoozed case up before its time."""
    await request.app[DESK].wake(case_id, request[LAWYER])


async def reopen(request: web.Request, case_id: int, _form: Form) -> None:
    """Takes a resolved case up again."""
    await request.app[DESK].reopen(case_id, request[LAWYER])


async def book_callback(request: web.Request, case_id: int, form: Form) -> None:
    """Promises a call."""
    due = _time(form["due"], "bad_callback")
    await request.app[DESK].book_callback(case_id, request[LAWYER], due, form["contact"])


async def called(request: web.Request, _case_id: int, form: Form) -> None:
    """Notes what came of a call; the desk knows whose it is."""
    callback = int(request.match_info["callback"])
    await request.app[DESK].complete_callback(callback, request[LAWYER], form["result"])


async def flag(request: web.Request, case_id: int, form: Form) -> None:
    """Calls an answer of the assistant wrong."""
    await request.app[DESK].flag_bot_wrong(case_id, request[LAWYER], form["message"], form["note"])


async def convert(request: web.Request, case_id: int, form: Form) -> None:
    """Keeps the application for legal aid that came out of a case."""
    day = _day(form["handed_in_on"])
    await request.app[DESK].convert(
        case_id, request[LAWYER], form["matter"], form["institution"], day
    )


async def add_canned(request: web.Request, _case_id: int, form: Form) -> None:
    """Keeps a ready-made reply of the lawyer's own."""
    await request.app[DESK].add_canned(form["title"], form["text"], request[LAWYER])


def routes() -> list[web.RouteDef]:
    """Returns the routes below /cases."""
    one = r"/cases/{id:\d{1,9}}"
    steps = [
        ("claim", claim, "case", None),
        ("release", release, "queue", "released"),
        ("facts", correct, "case", "corrected"),
        ("transfer", transfer, "queue", "transferred"),
        ("snooze", snooze, "queue", "snoozed"),
        ("wake", wake, "case", None),
        ("reopen", reopen, "case", None),
        ("callback", book_callback, "case", "booked"),
        ("flag", flag, "case", "flagged"),
        ("application", convert, "case", "converted"),
        ("canned", add_canned, "case", "canned"),
    ]
    return [
        web.get(one, case, name="case"),
        web.get(f"{one}/pictures/{{message:\\d{{1,18}}}}", picture, name="picture"),
        web.post(f"{one}/reply", reply, name="reply"),
        web.post(f"{one}/notes", note, name="notes"),
        web.post(f"{one}/resolve", resolve, name="resolve"),
        web.post(
            f"{one}/callbacks/{{callback:\\d{{1,9}}}}",
            step(called, "case", "called"),
            name="called",
        ),
        *(
            web.post(f"{one}/{name}", step(run, onward, said), name=name)
            for name, run, onward, said in steps
        ),
    ]


async def _case_page(
    request: web.Request,
    case: CaseSheet,
    *,
    refused: DeskError | None = None,
    reply_text: str = "",
    note_text: str = "",
    closing_text: str = "",
    unsent: str = "",
) -> web.Response:
    status, error = (refused.status, refused.sentence) if refused else (200, None)
    desk, lawyer = request.app[DESK], request[LAWYER]
    if case.lawyer_id != lawyer.id:
        return await live_page(
            request, "summary.html", status=status, case=case, error=error, unsent=unsent
        )
    return await live_page(
        request,
        "case.html",
        status=status,
        case=case,
        sheet=await reading.whole(desk, lawyer, case),
        error=error,
        unsent=unsent,
        reply_text=reply_text,
        note_text=note_text,
        closing_text=closing_text,
    )


async def _refused(request: web.Request, refused: DeskError, **typed: str) -> web.Response:
    """Shows the case again with what was typed, so that no word is lost."""
    with suppress(DeskError):
        sheet = await reading.open_sheet(request.app[DESK], request[LAWYER], _case_id(request))
        if sheet.lawyer_id == request[LAWYER].id and sheet.status != "withdrawn":
            return await _case_page(request, sheet, refused=refused, **typed)
    words = "\n".join(typed.values())
    return await page(
        request, "error.html", status=refused.status, sentence=refused.sentence, unsent=words
    )


async def _inserted(request: web.Request, case_id: int, form: Form) -> web.Response:
    desk, lawyer = request.app[DESK], request[LAWYER]
    sheet = await reading.open_sheet(desk, lawyer, case_id)
    words = _offered(await reading.whole(desk, lawyer, sheet), form["insert"])
    return await _case_page(request, sheet, reply_text=f"{form['text']}\n{words}".strip())


def _offered(sheet: Sheet, name: str) -> str:
    """Returns the words behind a button of the reply; none when they are not offered any more."""
    offers = {f"canned-{n}": one.text for n, one in enumerate(sheet.canned)}
    offers |= {f"suggestion-{n}": with_citations(one) for n, one in enumerate(sheet.suggestions)}
    return offers.get(name, "")


async def _back(request: web.Request, onward: str, notice: str | None) -> web.HTTPSeeOther:
    if notice:
        await cookie.leave_notice(request, WORDS.notices[notice])
    case_id = _case_id(request) if onward == "case" else None
    return web.HTTPSeeOther(address(request, onward, case_id))


def _case_id(request: web.Request) -> int:
    return int(request.match_info["id"])


def _submission(form: Form) -> str | None:
    return form["submission"] or None


def _hidden(request: web.Request) -> bool:
    """Returns whether the page that asks is one that nobody looks at."""
    return request.headers.get("X-Live") == "hidden"


def _time(typed: str, error: str) -> datetime:
    """Returns a time that was typed as clocks in China show it."""
    try:
        return datetime.fromisoformat(typed).replace(tzinfo=CHINA)
    except ValueError:
        raise InvalidInput(error) from None


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise InvalidInput("bad_day") from None
