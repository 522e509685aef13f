"""Looking at the health of what was started, and saying when a part goes away or comes back."""

from __future__ import annotations

import json
import subprocess
from typing import Any
from urllib.error import HTTPError
from urllib.request import ProxyHandler, build_opener

LOOK_S = 30.0
NAMES = {
    "gateway": "网关",
    "database": "数据库",
    "rasa": "对话引擎",
    "actions": "动作服务",
    "knowledge": "知识库",
    "wechat_push": "微信推送",
}
WELL = {"ok", "ready"}


def watch(url: str, supervisor: subprocess.Popen[bytes], every: float = LOOK_S) -> None:
    """Prints what is missing whenever that changes, until the supervisor ends.

    Args:
        url: the gateway's /health; whichever of its processes answers knows of the others.
        supervisor: what was started.
        every: seconds between two looks.
    """
    before: list[str] = []
    while True:
        try:
            supervisor.wait(timeout=every)
            return
        except subprocess.TimeoutExpired:
            found = missing(url)
        if found != before:
            print(f"✘ 现在不行：{'、'.join(found)}" if found else "✔ 都恢复了", flush=True)
        before = found


def missing(url: str, only: str = "") -> list[str]:
    """Returns the parts that are not well, as people call them, with what is wrong.

    Args:
        url: the gateway's /health.
        only: one part; all of them by default.
    """
    status, body = _get(url)
    try:
        parts: dict[str, str] = json.loads(body)["components"]
    except (ValueError, KeyError, TypeError):
        return [NAMES["gateway"]]
    if only and status != 200:
        return [NAMES[only]]
    return [
        f"{NAMES.get(name, name)}（{state}）"
        for name, state in parts.items()
        if state not in WELL and only in ("", name)
    ]


def answers(url: str) -> bool:
    """Says whether an address answers that all is well."""
    return _get(url)[0] == 200


def _get(url: str) -> tuple[int, Any]:
    """Returns the status and the body; status 0 when nothing comes."""
    direct = build_opener(ProxyHandler({}))  # a proxy setting must not catch our own addresses
    try:
        with direct.open(url, timeout=5) as response:
            return response.status, response.read()
    except HTTPError as error:
        return error.code, error.read()
    except OSError:  # refused, or timed out
        return 0, b""
