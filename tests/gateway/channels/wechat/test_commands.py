"""`python -m gateway wechat …` as a person in charge runs it, against the fake Tencent."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from gateway.channels.wechat import commands
from gateway.channels.wechat.words import words
from tests.fakes.tencent import MENU_CREATE, QR, TOKEN, Account, FakeTencent
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


async def test_the_menu_is_made_shown_and_deleted(terminal: Terminal) -> None:
    status, printed = await terminal.run("menu")
    assert (status, "问法律、办援助、找律师" in printed) == (0, True)
    assert [button["key"] for button in terminal.tencent.menu] == list(words().menu)
    status, printed = await terminal.run("menu", "--show")
    assert (status, "问法律（click ask_law）" in printed) == (0, True)
    assert (await terminal.run("menu", "--delete"))[0] == 0
    assert terminal.tencent.menu == []


def test_the_menu_s_names_fit() -> None:
    assert all(len(button["name"].encode()) <= 60 for button in commands.buttons())
    assert len(commands.buttons()) <= 3


async def test_a_code_is_made_and_its_picture_s_address_printed(terminal: Terminal) -> None:
    status, printed = await terminal.run("qr", "village-7")
    assert (status, "长期有效" in printed) == (0, True)
    assert "showqrcode?ticket=ticket-1" in printed
    assert (await terminal.run("qr", "village-8", "--days", "30"))[0] == 0
    names = [body["action_name"] for body in terminal.tencent.scenes.values()]
    assert names == ["QR_LIMIT_STR_SCENE", "QR_STR_SCENE"]


@pytest.mark.parametrize(
    "scene", ["", "x" * 65, "王大妈", "a b", "13800138000", "150102199001011234", "a&b"]
)
async def test_a_code_that_could_name_a_person_is_refused(scene: str) -> None:
    settings = settings_of(ACCOUNT)
    with pytest.raises(ValueError, match="场景编号"):
        await commands.qr(settings, scene, 0)


@pytest.mark.parametrize("scene", ["a", "x" * 64, "village_7-a"])
async def test_every_opaque_scene_is_taken(
    terminal: Terminal, scene: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    await terminal.run("menu", "--delete")  # makes the database
    monkeypatch.setenv("VAR_DIR", terminal.env["VAR_DIR"])
    settings = settings_of(ACCOUNT, wechat_api_base=terminal.tencent.url)
    assert "长期有效" in (await commands.qr(settings, scene, 0))[0]


async def test_a_refusal_is_told_in_plain_words(terminal: Terminal) -> None:
    terminal.tencent.refuse(MENU_CREATE, 48001)
    status, printed = await terminal.run("menu")
    assert (status, "没有这个接口的权限" in printed) == (1, True)
    terminal.tencent.refuse(QR, 99999)
    status, printed = await terminal.run("qr", "a")
    assert (status, "99999" in printed) == (1, True)


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
        ({"WECHAT_SECRET": "wrong"}, 0, "AppSecret 不对"),
        ({"WECHAT_APPID": "wx0"}, 0, "AppID 不对"),
        ({}, 40164, "白名单"),
        ({"WECHAT_API_BASE": "http://127.0.0.1:9"}, 0, "连不上腾讯的接口"),
        ({"WECHAT_ENCODING_AES_KEY": ""}, 0, "明文模式"),
        ({"PUBLIC_URL": "http://law.example.org"}, 0, "不是 https"),
        ({"PUBLIC_URL": "https://127.0.0.1:9"}, 0, "访问不到"),
    ],
)
async def test_the_check_names_what_is_wrong(
    terminal: Terminal, changes: dict[str, str], errcode: int, sign: str
) -> None:
    if errcode:
        terminal.tencent.refuse(TOKEN, errcode, times=9)
    status, printed = await terminal.run("check", **changes)
    assert (status, sign in printed) == (1, True)
    assert "Traceback" not in printed
    assert not [secret for secret in SECRETS if secret in printed]


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
