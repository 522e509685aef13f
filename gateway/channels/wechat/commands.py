"""`python -m gateway wechat menu|qr|check`: for the person in charge of the account."""

import re
import secrets
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import yaml
from pydantic import ValidationError

from gateway.channels.wechat.client import WechatClient, connect
from gateway.channels.wechat.crypto import sign
from gateway.channels.wechat.errors import ApiError, Unanswered, Unreachable, WechatError
from gateway.channels.wechat.refusals import refusals
from gateway.channels.wechat.settings import WechatSettings
from gateway.channels.wechat.words import words
from gateway.database import make_engine, make_sessions
from gateway.settings import DatabaseSettings

PICTURE = "https://mp.weixin.qq.com/cgi-bin/showqrcode?ticket="
LONGEST_DAYS = 30
_SCENE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_PERSONAL = re.compile(r"1\d{10}|\d{17}[\dXx]")
_PATIENCE = aiohttp.ClientTimeout(total=10)
_NO_MENU = 46003


@dataclass(frozen=True)
class Finding:
    """One line of the check; what is not `good` has to be repaired, a hint may be left alone."""

    good: bool
    text: str
    hint: bool = False

    def __str__(self) -> str:
        return f"{'✔' if self.good else '·' if self.hint else '✘'} {self.text}"


async def menu(settings: WechatSettings, *, show: bool, delete: bool) -> list[str]:
    """Replaces the account's menu, or shows it, or takes it away; returns what to print."""
    async with _client(settings) as client:
        if delete:
            await client.delete_menu()
            return [_say("menu_deleted")]
        if show:
            return [_line(button) for button in await client.menu()] or [_say("menu_none")]
        await client.create_menu(buttons())
    names = "、".join(button.name for button in words().menu.values())
    return [_say("menu_made", names=names)]


async def qr(settings: WechatSettings, scene: str, days: int) -> list[str]:
    """Makes a QR code, for ever with 0 days; returns what to print.

    Raises:
        ValueError: the scene could name a person, or Tencent does not take it.
    """
    if not _SCENE.fullmatch(scene) or _PERSONAL.fullmatch(scene):
        raise ValueError(_say("bad_scene"))
    async with _client(settings) as client:
        code = await client.qr(scene, days * 86_400)
    return [
        _say("qr_days", days=days) if days else _say("qr_forever"),
        _say("qr_holds", url=code.url),
        _say("qr_picture", picture=PICTURE + quote(code.ticket)),
    ]


async def check(settings: WechatSettings, *, keeps_pictures: bool) -> list[Finding]:
    """Returns what is right, what is wrong, and what is missing; nothing secret is in it."""
    found = [Finding(True, _check("settings"))]
    found.append(
        Finding(True, _check("key")) if settings.aes_keys else Finding(False, _check("plain"))
    )
    if len(settings.aes_keys) > 1:
        found.append(Finding(False, _check("previous"), hint=True))
    async with _client(settings) as client:
        token = await _token(client, settings)
        found.append(token)
        found.append(await _callback(settings))
        if token.good:
            found.append(await _menu(client, settings))
    found.append(_either(keeps_pictures, "pictures", "no_pictures"))
    template = settings.subscribe_template or settings.notify_template
    found.append(_either(template is not None, "notice", "no_notice"))
    return [*found, Finding(False, _check("by_hand"), hint=True)]


def buttons() -> list[dict[str, str]]:
    """Returns the account's menu as Tencent takes it."""
    return [
        {"type": "click", "name": button.name, "key": key} for key, button in words().menu.items()
    ]


def explain(error: WechatError, settings: WechatSettings) -> str:
    """Returns an error in plain words."""
    if isinstance(error, ApiError):
        known = refusals().get(error.errcode)
        say = known.say if known else _say("unlisted")
        return _say("refused", code=error.errcode, say=say)
    return _say("unreachable", detail=error, base=settings.api_base)


def load() -> WechatSettings:
    """Returns enabled settings.

    Raises:
        ValueError: they are wrong, or the channel is off; its text says what to do.
    """
    try:
        settings = WechatSettings()
    except ValidationError as error:
        lines = "\n".join(str(each["msg"]) for each in error.errors(include_input=False))
        raise ValueError(_say("bad_settings", error=lines)) from None
    if not settings.enabled:
        raise ValueError(_say("switched_off"))
    return settings


@asynccontextmanager
async def _client(settings: WechatSettings) -> AsyncIterator[WechatClient]:
    engine = make_engine(DatabaseSettings().database_url)
    try:
        async with connect(settings, make_sessions(engine)) as client:
            yield client
    finally:
        await engine.dispose()


async def _token(client: WechatClient, settings: WechatSettings) -> Finding:
    try:
        await client.check_token()
    except (ApiError, Unreachable, Unanswered) as error:
        return Finding(False, explain(error, settings))
    return Finding(True, _check("token"))


async def _callback(settings: WechatSettings) -> Finding:
    """Asks our own address as the console does."""
    if not settings.public_base:
        return Finding(False, _check("no_url"))
    if not settings.public_base.startswith("https://"):
        return Finding(False, _check("insecure_url"))
    return await ask_callback(settings)


async def ask_callback(settings: WechatSettings) -> Finding:
    """Asks the callback at the public address to echo something, and says how it went."""
    url = f"{settings.public_base}/wechat"
    timestamp, nonce, echo = str(int(time.time())), secrets.token_hex(8), secrets.token_hex(8)
    signature = sign(settings.token, timestamp, nonce)
    query = {"signature": signature, "timestamp": timestamp, "nonce": nonce, "echostr": echo}
    try:
        async with (
            aiohttp.ClientSession(timeout=_PATIENCE) as http,
            http.get(url, params=query, allow_redirects=False) as response,
        ):
            text = (await response.content.read(1_000)).decode("utf-8", "replace")
            if response.status == 200 and text == echo:
                return Finding(True, _check("callback", url=url))
            return Finding(False, _check("callback_wrong", url=url, status=response.status))
    except (aiohttp.ClientError, TimeoutError) as error:
        return Finding(False, _check("callback_gone", url=url, detail=type(error).__name__))


async def _menu(client: WechatClient, settings: WechatSettings) -> Finding:
    try:
        there = await client.menu()
    except ApiError as error:
        if error.errcode == _NO_MENU:
            return Finding(False, _check("menu_missing"))
        return Finding(False, explain(error, settings))
    except WechatError as error:
        return Finding(False, explain(error, settings))
    same = [{name: each.get(name) for name in ("type", "name", "key")} for each in there]
    if same == buttons():
        return Finding(True, _check("menu"))
    return Finding(False, _check("menu_differs"), hint=True)


def _either(good: bool, yes: str, no: str) -> Finding:
    return Finding(True, _check(yes)) if good else Finding(False, _check(no), hint=True)


def _line(button: dict[str, Any]) -> str:
    kind, key = button.get("type", ""), button.get("key") or button.get("url", "")
    return _say("menu_line", name=button.get("name", ""), kind=kind, key=key)


def _say(name: str, /, **values: object) -> str:
    return str(_sentences()[name]).format(**values)


def _check(name: str, /, **values: object) -> str:
    return str(_sentences()["check"][name]).format(**values)


@cache
def _sentences() -> dict[str, Any]:
    text = Path(__file__).with_name("commands.yml").read_text(encoding="utf-8")
    sentences: dict[str, Any] = yaml.safe_load(text)
    return sentences
