"""One's own account over HTTP: first password, second factor, recovery codes."""

import html
import re
from datetime import timedelta

import pyotp
import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import update

from desk import accounts
from desk.accounts import account_named
from desk.clock import utc_now
from desk.limits import Limit
from desk.tables import Account, LoginLimit
from tests.desk.browser import Browser, Page, hidden_fields
from tests.desk.conftest import PASSWORD, SESSION_KEY, Lawyers, Sessions, SignedIn

NEW = "a much better password"


async def set_up(browser: Browser) -> tuple[pyotp.TOTP, list[str]]:
    """Turns the second factor on as a person would; returns the app and the recovery codes."""
    page = await browser.get("/desk/account/second-factor")
    secret = re.findall(r'<p class="key">([A-Z2-7 ]+)</p>', page.text)[0].replace(" ", "")
    assert "<svg" in page.text
    app = pyotp.TOTP(secret)
    # The step before, so that the sign-in that follows has a code that was not used.
    code = app.at(utc_now() - timedelta(seconds=30))
    page = await browser.submit(
        "/desk/account/second-factor", "/desk/account/second-factor", code=code
    )
    codes = re.findall(r"<li>([a-z2-9]{4}-[a-z2-9]{4}-[a-z2-9]{4})</li>", page.text)
    assert len(codes) == 10
    return app, codes


async def enter_code(browser: Browser, code: str) -> Page:
    return await browser.submit("/desk/login/code", "/desk/login/code", code=code)


async def test_with_a_second_factor_the_password_alone_opens_nothing(
    signed_in: SignedIn, browser: Browser
) -> None:
    app, _ = await set_up(await signed_in("jia"))
    page = await browser.sign_in("jia", PASSWORD)
    assert page.path == "/desk/login/code"
    assert (await browser.get("/desk")).path == "/desk/login"
    await browser.sign_in("jia", PASSWORD)
    assert (await enter_code(browser, "000000")).status == 403
    code = app.at(utc_now() + timedelta(seconds=30))
    assert (await enter_code(browser, code)).path == "/desk"


async def test_a_recovery_code_signs_in_when_the_phone_is_lost(
    signed_in: SignedIn, browser: Browser
) -> None:
    _, codes = await set_up(await signed_in("jia"))
    await browser.sign_in("jia", PASSWORD)
    assert (await enter_code(browser, codes[0])).path == "/desk"
    assert "恢复码还剩 9 个" in (await browser.get("/desk/account")).text


async def test_the_code_page_needs_a_password_first(browser: Browser) -> None:
    assert (await browser.get("/desk/login/code")).path == "/desk/login"


async def test_a_wrong_code_at_set_up_turns_nothing_on_and_keeps_the_same_picture(
    signed_in: SignedIn,
) -> None:
    browser = await signed_in("jia")
    before = await browser.get("/desk/account/second-factor")
    page = await browser.submit(
        "/desk/account/second-factor", "/desk/account/second-factor", code="000000"
    )
    assert page.status == 400
    keys = [re.findall(r'class="key">(.*?)<', each.text) for each in (before, page)]
    assert keys[0] == keys[1]
    assert "还没有开" in (await browser.get("/desk/account")).text


@pytest.mark.parametrize("role", ["supervisor", "administrator"])
async def test_a_role_that_must_have_it_sees_nothing_else_before_it_is_set_up(
    role: str, sessions: Sessions, lawyers: Lawyers, browser: Browser
) -> None:
    async with sessions.begin() as session:
        await session.execute(update(Account).where(Account.name == "jia").values(role=role))
    assert (await browser.sign_in("jia", PASSWORD)).path == "/desk/account/second-factor"
    for path in ("/desk", "/desk/account", "/desk/home"):
        assert (await browser.get(path)).path == "/desk/account/second-factor"
    await set_up(browser)
    assert (await browser.get("/desk/account")).path == "/desk/account"


async def test_a_first_password_opens_only_the_page_that_replaces_it(
    sessions: Sessions, lawyers: Lawyers, browser: Browser
) -> None:
    async with sessions.begin() as session:
        account = await account_named(session, "jia")
        assert account is not None
        first = await accounts.reset_password(session, account, None)
    assert (await browser.sign_in("jia", first)).path == "/desk/account/password"
    assert (await browser.get("/desk")).path == "/desk/account/password"
    action = "/desk/account/password"
    page = await browser.submit(action, action, old=first, new=NEW, again=NEW)
    assert page.path == "/desk"


@pytest.mark.parametrize(
    ("old", "new", "again", "says"),
    [
        ("wrong password", NEW, NEW, "现在的密码不对"),
        (PASSWORD, NEW, NEW + "!", "两次输入的新密码不一样"),
        (PASSWORD, "short", "short", "10 到 200 个字符"),
        (PASSWORD, PASSWORD, PASSWORD, "请换一个"),
    ],
)
async def test_a_password_that_cannot_be_changed_says_why(
    old: str, new: str, again: str, says: str, signed_in: SignedIn
) -> None:
    browser = await signed_in("jia")
    action = "/desk/account/password"
    page = await browser.submit(action, action, old=old, new=new, again=again)
    assert page.status == 400
    assert says in html.unescape(page.text)


async def test_a_changed_password_ends_the_sign_ins_elsewhere_and_not_this_one(
    signed_in: SignedIn,
) -> None:
    here, there = await signed_in("jia"), await signed_in("jia")
    action = "/desk/account/password"
    await here.submit(action, action, old=PASSWORD, new=NEW, again=NEW)
    assert (await here.get("/desk")).path == "/desk"
    assert (await there.get("/desk")).path == "/desk/login"


async def test_guesses_from_one_address_behind_the_proxy_are_counted_together(
    server: TestServer, lawyers: Lawyers, sessions: Sessions
) -> None:
    """The last address of the header is the proxy's; what stands before it anybody can write."""
    async with TestClient(server) as client:
        browser = Browser(client)
        for attempt in range(3):
            page = await browser.get("/desk/login")
            fields = {**hidden_fields(page.text, "/desk/login"), "name": f"name{attempt}"}
            headers = {"X-Forwarded-For": f"198.51.100.{attempt}, 203.0.113.7"}
            async with client.post("/desk/login", data=fields, headers=headers):
                pass
    async with sessions() as session:
        key = Limit("address", "203.0.113.7").key(SESSION_KEY)
        assert (await session.get_one(LoginLimit, key)).failures == 3
