"""Every page says what it needs, and each role gets in exactly where the table lets it."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from pydantic import ValidationError
from sqlalchemy import update

from desk import Desk, create_app
from desk.roles import RIGHTS, action_of, load, may
from desk.tables import Account
from tests.desk.browser import Browser, hidden_fields
from tests.desk.conftest import Lawyers, OpenCase, Sessions, SignedIn

REFUSED = "您的角色不能使用这一页"


@pytest.fixture
def app(desk: Desk) -> web.Application:
    return create_app(desk, frozenset())


def named_routes(app: web.Application) -> dict[str, tuple[set[str], str]]:
    """Returns methods and a filled-in path of each route name."""
    found: dict[str, tuple[set[str], str]] = {}
    for route in app.router.routes():
        assert route.resource is not None
        name = route.resource.name or "?"
        info = dict(route.resource.get_info())
        path = next(str(info[key]) for key in ("path", "formatter", "prefix") if key in info)
        found.setdefault(name, (set(), re.sub(r"\{\w+\}", "1", path)))[0].add(route.method)
    return found


def test_every_route_has_a_name_and_declares_its_action(app: web.Application) -> None:
    declared = {*RIGHTS.routes, *RIGHTS.public}
    assert set(named_routes(app)) == declared


def test_every_action_belongs_to_somebody_and_every_role_has_a_first_page() -> None:
    held = {action for role in RIGHTS.roles.values() for action in role.may}
    assert held == set(RIGHTS.actions)
    for role in RIGHTS.roles:
        assert may(role, "own_account")


def test_those_who_manage_accounts_do_not_read_cases_and_nobody_else_manages_them() -> None:
    managing = {role for role in RIGHTS.roles if may(role, "manage_accounts")}
    assert managing == {"administrator"}
    for action in ("see_queue", "read_cases", "read_all_cases", "break_glass", "export_cases"):
        assert not may("administrator", action)
    assert not may("nobody", "own_account")


@pytest.mark.parametrize("role", sorted(RIGHTS.roles))
async def test_a_role_gets_into_its_own_pages_and_no_others(
    role: str,
    app: web.Application,
    desk: Desk,
    sessions: Sessions,
    lawyers: Lawyers,
    open_case: OpenCase,
) -> None:
    await open_case("c1")
    async with sessions.begin() as session:
        await session.execute(update(Account).where(Account.name == "jia").values(role=role))
    outer = web.Application()
    outer.add_subapp("/desk", create_app(desk, frozenset()))
    seen: dict[tuple[str, str], bool] = {}
    async with TestClient(TestServer(outer)) as client:
        browser = Browser(client)
        assert (await browser.sign_in("jia", "correct horse")).status == 200
        token = hidden_fields((await browser.get("/desk/account")).text, "/desk/logout")["token"]
        for name, (methods, path) in named_routes(app).items():
            if name == "logout" or name in RIGHTS.public:
                continue
            for method in methods & {"GET", "POST"}:
                address = f"/desk{path}" if not path.startswith("/desk") else path
                refused = await is_refused(client, method, address, token)
                seen[name, method] = refused
    expected = {key: not may(role, str(action_of(key[0]))) for key in seen}
    assert seen == expected


async def is_refused(client: TestClient[Any, Any], method: str, path: str, token: str) -> bool:
    data = {"token": token} if method == "POST" else None
    async with client.request(method, path, data=data, allow_redirects=False) as answer:
        return answer.status == 403 and REFUSED in await answer.text()


async def test_a_page_that_declares_nothing_is_open_to_nobody(desk: Desk, lawyers: Lawyers) -> None:
    async def secret(request: web.Request) -> web.Response:
        return web.Response(text="secret")

    inner, outer = create_app(desk, frozenset()), web.Application()
    inner.router.add_get("/secret", secret, name="secret")
    outer.add_subapp("/desk", inner)
    async with TestClient(TestServer(outer)) as client:
        browser = Browser(client)
        await browser.sign_in("jia", "correct horse")
        page = await browser.get("/desk/secret")
        assert page.status == 403
        assert REFUSED in page.text
        assert (await browser.get("/desk/nothing-here")).status == 404


async def test_the_menu_shows_only_what_the_role_may_open(signed_in: SignedIn) -> None:
    page = await (await signed_in("jia")).get("/desk")
    menu = re.findall(r'<nav class="menu".*?</nav>', page.text, re.S)[0]
    assert "值班台</a>" in menu
    assert "账号管理" not in menu


@pytest.mark.parametrize(
    "change",
    [
        {"routes": {"queue": "fly"}},
        {"roles": {"lawyer": {"title": "值班律师", "may": ["fly"]}}},
        {"menu": {"nowhere": "哪里"}},
        {"surplus": {}},
    ],
)
def test_a_table_that_names_an_unknown_action_or_page_is_refused(
    change: dict[str, object], tmp_path: Path
) -> None:
    path = tmp_path / "roles.yml"
    table = yaml.safe_load(RIGHTS.model_dump_json())
    path.write_text(yaml.safe_dump({**table, **change}), encoding="utf-8")
    with pytest.raises(ValidationError):
        load(path)
