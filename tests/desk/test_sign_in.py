"""The login page, the cookie and the form token, over HTTP."""

import base64
import json
import re
import time

import pytest
from cryptography.fernet import Fernet

from desk.accounts import Lawyer
from desk.cookie import COOKIE, IDLE_SECONDS, LONGEST_SECONDS, cookie_key
from desk.limits import FAILURES_BEFORE_LOCK
from tests.desk.browser import Browser
from tests.desk.conftest import PASSWORD, SESSION_KEY, Events, Lawyers, OpenCase, SignedIn

# In two pages asked for one after the other: tokens, and the minute until which one is locked.
VARIES = r'value="[^"]*"|\d\d:\d\d'


async def test_every_page_needs_a_sign_in(browser: Browser, open_case: OpenCase) -> None:
    await open_case("c1")
    for path in ("/desk", "/desk/", "/desk/cases/1", "/desk/live"):
        page = await browser.get(path)
        assert page.path == "/desk/login"
        assert "拖欠工资" not in page.text


async def test_after_signing_in_one_arrives_where_one_wanted_to_go(
    browser: Browser, lawyers: Lawyers, open_case: OpenCase
) -> None:
    await open_case("c1")
    page = await browser.get("/desk/cases/1")
    assert page.path == "/desk/login"
    page = await browser.submit(
        "/desk/login?next=/desk/cases/1", "/desk/login", name="jia", password=PASSWORD
    )
    assert page.path == "/desk/cases/1"


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example", "/chat"])
async def test_signing_in_never_leads_away_from_the_desk(
    onward: str, browser: Browser, lawyers: Lawyers
) -> None:
    page = await browser.submit(
        f"/desk/login?next={onward}", "/desk/login", name="jia", password=PASSWORD
    )
    assert page.path == "/desk"


async def test_an_unknown_name_looks_like_a_wrong_password_and_is_locked_like_one(
    browser: Browser, lawyers: Lawyers
) -> None:
    for attempt in range(FAILURES_BEFORE_LOCK + 1):
        seen = [await browser.sign_in(name, "wrong password") for name in ("nobody", "jia")]
        unknown, known = (re.sub(VARIES, "", page.text) for page in seen)
        assert unknown == known
        locked = attempt >= FAILURES_BEFORE_LOCK - 1
        assert {page.status for page in seen} == {429 if locked else 403}
        assert ("锁定 15 分钟，请" in known) is locked
    assert (await browser.sign_in("jia", PASSWORD)).status == 429


async def test_the_cookie_is_hidden_from_scripts_and_other_sites(browser: Browser) -> None:
    page = await browser.get("/desk/login")
    cookie = page.headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie
    assert PASSWORD not in cookie


async def test_the_cookie_is_secure_when_the_page_came_over_https(browser: Browser) -> None:
    page = await browser.get("/desk/login", **{"X-Forwarded-Proto": "https"})
    assert "Secure" in page.headers["Set-Cookie"]


def _cookie(account: Lawyer, idle: int, since: int) -> str:
    now = int(time.time())
    session = {"account": account.id, "number": account.session_number, "at": now - since}
    key = base64.urlsafe_b64encode(cookie_key(SESSION_KEY))
    data = json.dumps({"created": now - idle, "session": session}).encode()
    return Fernet(key).encrypt_at_time(data, now - idle).decode()


@pytest.mark.parametrize(
    ("idle", "since", "arrives"),
    [
        (0, 0, "/desk"),
        (IDLE_SECONDS + 60, IDLE_SECONDS + 60, "/desk/login"),
        (0, LONGEST_SECONDS + 60, "/desk/login"),
    ],
)
async def test_a_sign_in_ends_after_an_idle_hour_and_after_half_a_day_in_any_case(
    idle: int, since: int, arrives: str, browser: Browser, lawyers: Lawyers
) -> None:
    cookie = _cookie(lawyers["jia"], idle, since)
    assert (await browser.get("/desk", Cookie=f"{COOKIE}={cookie}")).path == arrives


async def test_opening_pages_keeps_a_sign_in_alive_and_polling_does_not(
    signed_in: SignedIn,
) -> None:
    browser = await signed_in("jia")
    assert "Set-Cookie" in (await browser.get("/desk")).headers
    polled = await browser.get("/desk", **{"X-Live": "1"})
    assert polled.status == 200
    assert "Set-Cookie" not in polled.headers


async def test_polling_without_a_sign_in_is_told_so_plainly(browser: Browser) -> None:
    assert (await browser.get("/desk", **{"X-Live": "1"})).status == 401


async def test_logging_out_ends_the_sign_in_also_for_a_copied_cookie(
    signed_in: SignedIn, browser: Browser
) -> None:
    lawyer = await signed_in("jia")
    [cookie] = [c.value for c in lawyer.client.session.cookie_jar if c.key == COOKIE]
    page = await lawyer.submit("/desk", "/desk/logout")
    assert page.path == "/desk/login"
    assert (await lawyer.get("/desk")).path == "/desk/login"
    assert (await browser.get("/desk", Cookie=f"{COOKIE}={cookie}")).path == "/desk/login"


@pytest.mark.parametrize(
    "path",
    [
        "/desk/login",
        "/desk/logout",
        "/desk/cases/1/claim",
        "/desk/cases/1/reply",
        "/desk/cases/1/notes",
        "/desk/cases/1/release",
        "/desk/cases/1/resolve",
    ],
)
@pytest.mark.parametrize("token", [{}, {"token": ""}, {"token": "guessed"}, {"token": "错"}])
async def test_a_form_without_its_token_does_nothing(
    path: str, token: dict[str, str], signed_in: SignedIn, open_case: OpenCase, events: Events
) -> None:
    browser = await signed_in("jia")
    case = await open_case("c1")
    await browser.get("/desk")
    page = await browser.post(path, text="x", outcome="advised", name="jia", **token)
    assert page.status == 403
    assert await events(case.id) == ["requested", "queued"]
    assert (await browser.get("/desk")).path == "/desk"


async def test_every_form_on_every_page_carries_the_token(
    signed_in: SignedIn, open_case: OpenCase
) -> None:
    browser = await signed_in("jia")
    case = await open_case("c1")
    await open_case("c2")
    pages = [await browser.get("/desk"), await browser.get(f"/desk/cases/{case.id}")]
    pages.append(await browser.submit("/desk", f"/desk/cases/{case.id}/claim"))
    for page in pages:
        assert page.status == 200
        assert page.text.count("<form") == page.text.count('name="token"') > 0


async def test_what_was_written_is_shown_again_when_the_sign_in_had_expired(
    browser: Browser,
) -> None:
    page = await browser.post("/desk/cases/1/reply", text="写了很久的<b>回复</b>")
    assert page.status == 401
    assert "写了很久的&lt;b&gt;回复&lt;/b&gt;" in page.text
    page = await browser.post("/desk/cases/1/callbacks/1", result="电话里说好了")
    assert "电话里说好了" in page.text
