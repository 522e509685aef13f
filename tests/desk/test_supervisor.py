"""The supervisor's, curators' and administrators' pages, as a browser without scripts sees them."""

import html
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from openpyxl import load_workbook
from sqlalchemy import select, update

from desk import Desk, create_account, create_app
from desk.case_access import look_urgently
from desk.clock import CHINA, utc_now
from desk.reviews import draw, reviews
from desk.supervision import SUPERVISION
from desk.tables import Account, AuditRow, BotFlag, Case, DutyPeriod, Review
from tests.desk.browser import Browser, Page
from tests.desk.citizens import StoredCitizens
from tests.desk.conftest import PASSWORD, Lawyers, OpenCase, Sessions

Office = Callable[[str], Awaitable[Browser]]
DANGEROUS = '=HYPERLINK("http://evil.example","点我")'


@pytest.fixture
async def office(desk: Desk, sessions: Sessions, lawyers: Lawyers) -> AsyncIterator[Office]:
    """Returns a signed-in browser for a role; the second factor is not asked for."""
    async with sessions.begin() as session:
        for role in ("supervisor", "administrator", "curator"):
            await create_account(session, role, PASSWORD, role, role)
    app = web.Application()
    app.add_subapp("/desk", create_app(desk, frozenset()))
    clients: list[TestClient[Any, Any]] = []
    async with TestServer(app) as server:

        async def sign_in(name: str) -> Browser:
            clients.append(TestClient(server))
            browser = Browser(clients[-1])
            assert (await browser.sign_in(name, PASSWORD)).status == 200
            return browser

        yield sign_in
        for client in clients:
            await client.session.close()


async def actions(sessions: Sessions) -> list[str]:
    async with sessions() as session:
        return list(await session.scalars(select(AuditRow.action).order_by(AuditRow.id)))


def main_of(page: Page) -> str:
    return html.unescape(page.text[page.text.index("<main") :])


async def test_each_role_starts_on_its_own_page(office: Office) -> None:
    for name, path in {
        "jia": "/desk",
        "supervisor": "/desk",
        "curator": "/desk/curation",
        "administrator": "/desk/accounts",
    }.items():
        assert (await (await office(name)).get("/desk/home")).path == path


async def test_the_supervisor_sees_breaches_first_and_gives_a_case_to_somebody_else(
    office: Office, desk: Desk, open_case: OpenCase, lawyers: Lawyers, citizens: StoredCitizens
) -> None:
    fresh = await open_case("c1")
    old = await open_case("c2", waited=7 * 24 * 60)
    await desk.claim(fresh.id, lawyers["jia"])
    browser = await office("supervisor")
    page = await browser.get("/desk/supervisor")
    assert page.status == 200
    assert main_of(page).index(f"第 {old.id} 号") < main_of(page).index(f"第 {fresh.id} 号")
    assert "超过一个工作日，还没答复" in page.text
    action = f"/desk/supervisor/cases/{fresh.id}/reassign"
    yi = str(lawyers["yi"].id)
    page = await browser.submit("/desk/supervisor", action, to=yi, note="请接着办")
    assert "已改派" in page.text
    async with desk.sessions() as session:
        assert (await session.get_one(Case, fresh.id)).lawyer_id == lawyers["yi"].id
    assert "律师乙" in (await citizens.heard("c1"))[-1][1]


@pytest.mark.parametrize("to", ["", "999", "x", "curator"])
async def test_a_case_is_not_given_to_somebody_who_takes_none(
    to: str, office: Office, desk: Desk, open_case: OpenCase, sessions: Sessions
) -> None:
    case = await open_case("c1")
    if to == "curator":
        async with sessions() as session:
            to = str(await session.scalar(select(Account.id).where(Account.name == "curator")))
    browser = await office("supervisor")
    page = await browser.submit(
        "/desk/supervisor", f"/desk/supervisor/cases/{case.id}/reassign", to=to, note=""
    )
    assert page.status == 400


async def test_an_urgent_look_waits_for_the_supervisor_until_it_was_gone_through(
    office: Office, desk: Desk, open_case: OpenCase, lawyers: Lawyers, sessions: Sessions
) -> None:
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    await look_urgently(desk, lawyers["yi"], case.id, "来询人有危险，办理的律师联系不上")
    browser = await office("supervisor")
    page = await browser.get("/desk/supervisor")
    assert "来询人有危险，办理的律师联系不上" in page.text
    assert "律师乙" in page.text
    page = await browser.submit("/desk/supervisor", "/desk/supervisor/looks/1/seen")
    assert "来询人有危险" not in page.text
    assert "look_seen" in await actions(sessions)


async def test_the_roster_is_planned_on_working_days_shown_and_taken_back(
    office: Office, lawyers: Lawyers, sessions: Sessions
) -> None:
    browser = await office("supervisor")
    where = "/desk/supervisor/roster"
    week = {"first": "2026-11-23", "last": "2026-11-29", "begins": "09:00", "ends": "17:30"}
    page = await browser.submit(where, where, account=str(lawyers["jia"].id), **week)
    assert page.status == 200
    assert main_of(page).count("09:00–17:30 律师甲") == 5
    one = re.findall(r'action="(/desk/supervisor/roster/\d+/remove)"', page.text)[0]
    page = await browser.submit(f"{where}?from=2026-11-23", one)
    assert main_of(page).count("09:00–17:30 律师甲") == 4
    async with sessions() as session:
        first = await session.scalar(select(DutyPeriod.begins_at).order_by(DutyPeriod.begins_at))
    assert first is not None
    assert first.astimezone(CHINA).strftime("%H:%M") == "09:00"
    assert {"duty_added", "duty_removed"} <= set(await actions(sessions))


@pytest.mark.parametrize(
    "wrong", [{"first": "gestern"}, {"last": "2026-11-01"}, {"ends": "08:00"}, {"account": "99"}]
)
async def test_a_roster_that_makes_no_sense_is_refused_with_a_sentence(
    wrong: dict[str, str], office: Office, lawyers: Lawyers, sessions: Sessions
) -> None:
    browser = await office("supervisor")
    where = "/desk/supervisor/roster"
    right = {"first": "2026-11-23", "last": "2026-11-29", "begins": "09:00", "ends": "17:30"}
    fields = {**right, "account": str(lawyers["jia"].id), **wrong}
    page = await browser.submit(where, where, **fields)
    assert page.status == 400
    assert 'role="alert"' in page.text
    async with sessions() as session:
        assert await session.scalar(select(DutyPeriod.id)) is None


async def ended(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers, count: int, **fields: str
) -> None:
    for number in range(count):
        case = await open_case(f"c{number}", **fields)
        await desk.claim(case.id, lawyers["jia"])
        await desk.reply(case.id, lawyers["jia"], "请留好欠条")
        await desk.resolve(case.id, lawyers["jia"], "advised")


async def test_a_sample_is_drawn_once_and_never_from_ones_own_cases(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers, sessions: Sessions
) -> None:
    sample = SUPERVISION.review.sample
    await ended(desk, open_case, lawyers, sample + 3)
    assert await draw(desk, lawyers["jia"]) == 0
    assert [await draw(desk, lawyers["yi"]) for _ in range(3)] == [sample, 3, 0]
    assert len(await reviews(desk)) == sample + 3
    async with sessions() as session:
        drawn = list(await session.scalars(select(Review.case_id)))
    assert len(set(drawn)) == sample + 3


async def test_cases_that_ended_long_ago_are_not_drawn(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers, sessions: Sessions
) -> None:
    await ended(desk, open_case, lawyers, 1)
    long_ago = utc_now() - timedelta(days=SUPERVISION.review.within_days, minutes=1)
    async with sessions.begin() as session:
        await session.execute(update(Case).values(closed_at=long_ago))
    assert await draw(desk, lawyers["yi"]) == 0


async def test_a_review_needs_every_mark_and_keeps_what_was_typed(
    office: Office, desk: Desk, open_case: OpenCase, lawyers: Lawyers, sessions: Sessions
) -> None:
    await ended(desk, open_case, lawyers, 1)
    browser = await office("supervisor")
    where = "/desk/supervisor/reviews"
    await browser.submit(where, where)
    marks = dict.fromkeys(SUPERVISION.review.criteria, "4")
    page = await browser.submit(where, f"{where}/1", **{**marks, "law": ""}, remark="说得清楚")
    assert page.status == 400
    assert "说得清楚" in page.text
    page = await browser.submit(where, f"{where}/1", **{**marks, "law": "6"})
    assert page.status == 400
    page = await browser.submit(where, f"{where}/1", **{**marks, "law": "2"}, remark="说得清楚")
    assert page.status == 200
    assert "平均 3.7 分" in page.text
    assert "reviewed" in await actions(sessions)


async def test_reports_count_by_each_dimension_and_say_nothing_of_people(
    office: Office, desk: Desk, open_case: OpenCase, lawyers: Lawyers, sessions: Sessions
) -> None:
    await ended(desk, open_case, lawyers, 3, question="我叫某某")
    await open_case("other", topic="loans", question="我叫某某")
    async with sessions.begin() as session:
        await session.execute(update(Case).where(Case.id == 1).values(rating=5))
        await session.execute(update(Case).where(Case.id == 2).values(rating=2))
    page = await (await office("administrator")).get("/desk/reports")
    assert page.status == 200
    text = main_of(page)
    for words in ("劳动报酬", "loans", "已解答", "5 分", "50%", "按满意度", "按时间", "按地区"):
        assert words in text
    assert "某某" not in text


@pytest.mark.parametrize(
    "query", ["first=x&last=2026-01-01", "first=2026-02-01&last=2026-01-01", "first=2000-01-01"]
)
async def test_a_period_that_makes_no_sense_is_refused(query: str, office: Office) -> None:
    browser = await office("supervisor")
    for path in ("/desk/reports", "/desk/reports.xlsx"):
        assert (await browser.get(f"{path}?{query}")).status == 400


@pytest.mark.parametrize(
    ("name", "asks", "shown"),
    [
        ("supervisor", False, False),
        ("supervisor", True, True),
        ("administrator", True, False),
    ],
)
async def test_an_export_holds_citizens_words_only_where_asked_and_allowed_and_no_formulas(
    name: str,
    asks: bool,
    shown: bool,
    office: Office,
    desk: Desk,
    open_case: OpenCase,
    lawyers: Lawyers,
    sessions: Sessions,
) -> None:
    await ended(desk, open_case, lawyers, 1, question=DANGEROUS, topic="+1+1")
    browser = await office(name)
    path = "/desk/reports.xlsx" + ("?questions=1" if asks else "")
    async with browser.client.get(path) as answer:
        assert answer.status == 200
        assert "attachment" in answer.headers["Content-Disposition"]
        book = load_workbook(BytesIO(await answer.read()))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    texts = [cell for cell in cells if isinstance(cell.value, str)]
    assert (DANGEROUS in [cell.value for cell in texts]) is shown
    assert "+1+1" in [cell.value for cell in texts]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    async with sessions() as session:
        row = await session.scalar(select(AuditRow).where(AuditRow.action == "exported"))
    assert row is not None
    assert row.detail["questions"] is shown


async def test_a_curator_settles_what_was_called_wrong(
    office: Office, open_case: OpenCase, lawyers: Lawyers, sessions: Sessions
) -> None:
    case = await open_case("c1")
    async with sessions.begin() as session:
        session.add(
            BotFlag(
                case_id=case.id,
                message_id="1",
                account_id=lawyers["jia"].id,
                asked="期限多久",
                said="两年<b>",
                note="是三年",
            )
        )
    browser = await office("curator")
    page = await browser.get("/desk/curation")
    for words in ("期限多久", "两年&lt;b&gt;", "是三年", "律师甲"):
        assert words in page.text
    page = await browser.submit("/desk/curation", "/desk/curation/1/done")
    assert "没有等处理的" in page.text
    assert "期限多久" in page.text
    assert "flag_settled" in await actions(sessions)


ACCOUNT = {
    "display_name": "律师丙",
    "role": "lawyer",
    "topics": "labour",
    "languages": "mn",
    "capacity": "3",
}


async def test_an_administrator_opens_changes_disables_and_restores_an_account(
    office: Office, sessions: Sessions
) -> None:
    browser = await office("administrator")
    new = "/desk/accounts/new"
    page = await browser.submit(new, new, name="Bing", **ACCOUNT)
    password = re.findall(r'class="key">(.*?)<', page.text)[0]
    async with sessions() as session:
        account = await session.scalar(select(Account).where(Account.name == "bing"))
    assert account is not None
    assert (account.topics, account.languages, account.capacity) == (["labour"], ["mn"], 3)
    assert account.must_change_password
    assert (await (await office("jia")).sign_in("bing", password)).path == "/desk/account/password"
    one = f"/desk/accounts/{account.id}"
    assert "还没登录过" not in (await browser.get(one)).text
    page = await browser.submit(one, one, **{**ACCOUNT, "display_name": "丙律师"})
    assert "丙律师" in page.text
    page = await browser.submit(one, f"{one}/disable")
    assert "已停用" in page.text
    page = await browser.submit(one, f"{one}/enable")
    assert "已恢复" in page.text
    page = await browser.submit(one, f"{one}/reset")
    assert re.findall(r'class="key">(.*?)<', page.text)[0] != password
    done = [each for each in await actions(sessions) if each.startswith(("account", "password"))]
    kinds = ("created", "changed", "disabled", "enabled")
    assert done[-5:] == [*(f"account_{kind}" for kind in kinds), "password_reset"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"display_name": " "},
        {"role": "king"},
        {"topics": "astrology"},
        {"languages": ""},
        {"capacity": "-1"},
        {"capacity": "51"},
        {"name": "jia"},
        {"name": ""},
    ],
)
async def test_an_account_that_cannot_be_made_says_why_and_keeps_what_was_typed(
    wrong: dict[str, str], office: Office, sessions: Sessions
) -> None:
    browser = await office("administrator")
    new = "/desk/accounts/new"
    page = await browser.submit(new, new, **{**ACCOUNT, "name": "bing", **wrong})
    assert page.status == 400
    assert 'role="alert"' in page.text
    async with sessions() as session:
        assert await session.scalar(select(Account).where(Account.name == "bing")) is None


async def test_the_audit_page_pages_back_and_says_whether_the_trail_is_whole(
    office: Office, open_case: OpenCase, sessions: Sessions
) -> None:
    for number in range(30):
        await open_case(f"c{number}")
    browser = await office("administrator")
    page = await browser.get("/desk/audit")
    before = re.findall(r"before=(\d+)", page.text)[0]
    assert "请求人工" in (await browser.get(f"/desk/audit?before={before}")).text
    assert "记录完整" in (await browser.submit("/desk/audit", "/desk/audit")).text
    async with sessions.begin() as session:
        await session.execute(update(AuditRow).where(AuditRow.id == 5).values(actor_id=9))
    assert "从第 5 行起对不上" in (await browser.submit("/desk/audit", "/desk/audit")).text


async def test_the_supervisor_notes_a_call_whose_lawyer_is_gone(
    office: Office, desk: Desk, open_case: OpenCase, lawyers: Lawyers
) -> None:
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    call = await desk.book_callback(case.id, lawyers["jia"], desk.now() + timedelta(hours=1))
    browser = await office("supervisor")
    where = f"/desk/cases/{case.id}/callbacks/{call}"
    page = await browser.submit("/desk/supervisor", where, result="督导打过了")
    assert page.status == 200
    assert await desk.callbacks() == []


async def test_a_review_of_a_case_on_hold_is_shown_to_nobody(
    desk: Desk, open_case: OpenCase, lawyers: Lawyers, sessions: Sessions
) -> None:
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    await desk.resolve(case.id, lawyers["jia"], "advised")
    assert await draw(desk, lawyers["yi"]) == 1
    async with sessions.begin() as session:
        await desk.erase(session, "c1")
    assert await reviews(desk) == []
