"""`python -m gateway wechat …` as a person in charge runs it, against the fake Tencent."""

import asyncio
import os
import shutil
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from gateway.channels.wechat import commands
from gateway.channels.wechat.errors import ApiError
from gateway.channels.wechat.settings import WechatSettings
from gateway.channels.wechat.words import words
from tests.fakes.tencent import MENU_CREATE, TOKEN, Account, FakeTencent
from tests.gateway.channels.wechat.conftest import World, settings_of

ACCOUNT = Account()
SECRETS = (ACCOUNT.token, ACCOUNT.secret, ACCOUNT.aes_key)


@dataclass
class Terminal:
    """Runs the command in a folder of its own, with an account's settings."""

    env: dict[str, str]
    tencent: FakeTencent

    async def run(self, *arguments: str, **changes: str) -> tuple[int, str]:
        """Returns the exit status and everything printed."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "gateway", "wechat", *arguments),
            env={**self.env, **changes},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
        )
        assert process.stdout
        printed = (await process.stdout.read()).decode()
        return await process.wait(), printed


@pytest.fixture
async def terminal(tmp_path: Path) -> AsyncIterator[Terminal]:
    """A terminal with complete settings and a Tencent."""
    async with FakeTencent(ACCOUNT) as tencent:
        env = {
            "PATH": os.environ["PATH"],
            "VAR_DIR": str(tmp_path),
            "INTERNAL_KEY": "i",
            "REST_KEY": "r",
            "SESSION_KEY": "s",
            "WECHAT_TOKEN": ACCOUNT.token,
            "WECHAT_APPID": ACCOUNT.appid,
            "WECHAT_SECRET": ACCOUNT.secret,
            "WECHAT_ENCODING_AES_KEY": ACCOUNT.aes_key,
            "WECHAT_API_BASE": tencent.url,
        }
        yield Terminal(env, tencent)


@pytest.fixture
async def tencent(
    tmp_path: Path, empty_database: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[FakeTencent]:
    """A Tencent, and a database in this process's folder."""
    shutil.copy(empty_database, tmp_path / "mingbai.db")
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    monkeypatch.setattr("gateway.channels.wechat.client.FIRST_DELAY_S", 0)
    async with FakeTencent(ACCOUNT) as running:
        yield running


def of(tencent: FakeTencent, **changes: Any) -> WechatSettings:
    """Returns complete settings, with some changed."""
    return settings_of(ACCOUNT, **{"wechat_api_base": tencent.url, **changes})


async def test_the_menu_is_made_shown_and_deleted(tencent: FakeTencent) -> None:
    made = await commands.menu(of(tencent), show=False, delete=False)
    assert "问法律、办援助、找律师" in made[0]
    assert [button["key"] for button in tencent.menu] == list(words().menu)
    shown = await commands.menu(of(tencent), show=True, delete=False)
    assert shown[0] == "· 问法律（click ask_law）"
    await commands.menu(of(tencent), show=False, delete=True)
    assert tencent.menu == []


def test_the_menu_s_names_fit() -> None:
    assert all(len(button["name"].encode()) <= 60 for button in commands.buttons())
    assert len(commands.buttons()) <= 3


async def test_a_code_is_made_and_its_picture_s_address_told(tencent: FakeTencent) -> None:
    forever = await commands.qr(of(tencent), "village-7", 0)
    assert "长期有效" in forever[0]
    assert "showqrcode?ticket=ticket-1" in forever[2]
    assert "30 天后失效" in (await commands.qr(of(tencent), "village-8", 30))[0]
    names = [body["action_name"] for body in tencent.scenes.values()]
    assert names == ["QR_LIMIT_STR_SCENE", "QR_STR_SCENE"]


@pytest.mark.parametrize(
    "scene", ["", "x" * 65, "王大妈", "a b", "13800138000", "150102199001011234", "a&b"]
)
async def test_a_code_that_could_name_a_person_is_refused(scene: str) -> None:
    settings = settings_of(ACCOUNT)
    with pytest.raises(ValueError, match="场景编号"):
        await commands.qr(settings, scene, 0)


@pytest.mark.parametrize("scene", ["a", "x" * 64, "village_7-a"])
async def test_every_opaque_scene_is_taken(tencent: FakeTencent, scene: str) -> None:
    assert "长期有效" in (await commands.qr(of(tencent), scene, 0))[0]


async def test_a_refusal_is_told_in_plain_words(terminal: Terminal) -> None:
    terminal.tencent.refuse(MENU_CREATE, 48001)
    status, printed = await terminal.run("menu")
    assert (status, "没有这个接口的权限" in printed) == (1, True)


def test_an_errcode_that_nobody_has_listed_is_told() -> None:
    assert "99999" in commands.explain(ApiError(99999), settings_of(ACCOUNT))


async def test_the_check_says_what_is_right_and_what_is_missing(terminal: Terminal) -> None:
    status, printed = await terminal.run("check")
    assert status == 1  # there is no public address
    for sign in (
        "✔ 拿到了访问令牌",
        "✘ 没有设置 PUBLIC_URL",
        "✘ 还没有自定义菜单",
        "· 没有设置 ATT",
    ):
        assert sign in printed
    assert not [secret for secret in SECRETS if secret in printed]
    assert terminal.tencent.tokens.give(False)[0] not in printed


@pytest.mark.parametrize(
    ("changes", "errcode", "sign"),
    [
        ({"wechat_secret": "wrong"}, 0, "AppSecret 不对"),
        ({"wechat_appid": "wx0"}, 0, "AppID 不对"),
        ({}, 40164, "白名单"),
        ({"wechat_api_base": "http://127.0.0.1:9"}, 0, "连不上腾讯的接口"),
        ({"wechat_encoding_aes_key": None}, 0, "明文模式"),
        ({"public_url": "http://law.example.org"}, 0, "不是 https"),
        ({"public_url": "https://127.0.0.1:9"}, 0, "访问不到"),
    ],
)
async def test_the_check_names_what_is_wrong(
    tencent: FakeTencent, changes: dict[str, Any], errcode: int, sign: str
) -> None:
    if errcode:
        tencent.refuse(TOKEN, errcode, times=9)
    found = await commands.check(of(tencent, **changes), keeps_pictures=True)
    wrong = [each.text for each in found if not each.good and not each.hint]
    assert any(sign in text for text in wrong)
    assert not [secret for secret in SECRETS if secret in "".join(wrong)]


async def test_another_menu_than_ours_is_told_and_left(tencent: FakeTencent) -> None:
    tencent.menu = [{"type": "view", "name": "主页", "url": "https://example.org"}]
    found = await commands.check(of(tencent), keeps_pictures=True)
    assert [each.hint for each in found if "不一样" in each.text] == [True]
    await commands.menu(of(tencent), show=False, delete=False)
    found = await commands.check(of(tencent), keeps_pictures=True)
    assert any(each.good for each in found if "自定义菜单和这里的一样" in each.text)


@pytest.mark.parametrize(
    ("changes", "sign"),
    [
        ({"WECHAT_TOKEN": ""}, "没有打开"),
        ({"WECHAT_ENCODING_AES_KEY": "a" * 42}, "WECHAT_ENCODING_AES_KEY must be 43"),
        ({"WECHAT_NOTIFY_TEMPLATE": "T1"}, "WECHAT_NOTIFY_TEMPLATE must read"),
    ],
)
async def test_settings_that_cannot_work_are_named(
    terminal: Terminal, changes: dict[str, str], sign: str
) -> None:
    status, printed = await terminal.run("check", **changes)
    assert (status, sign in printed) == (2, True)
    assert "Traceback" not in printed


async def test_the_callback_at_the_public_address_is_asked_as_the_console_asks(
    world: World,
) -> None:
    base = world.tencent.callback.removesuffix("/wechat")
    good = settings_of(ACCOUNT, public_url=base)
    assert (await commands.ask_callback(good)).good
    other = settings_of(ACCOUNT, public_url=base, wechat_token="another token")
    wrong = await commands.ask_callback(other)
    assert (wrong.good, "HTTP 403" in wrong.text) == (False, True)
