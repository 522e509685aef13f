"""What the API checks in a message before it goes out, and how the message reads on a phone."""

import json
import re
from typing import Any

from tests.fakes.tencent.wire import Seen

PUSH_LIMIT = 2048
MENU_ITEMS = 10
_ESCAPE = re.compile(rb"(?<!\\)(?:\\\\)*\\u")


def body_error(raw: bytes) -> int:
    """Returns why a customer-service message cannot be sent, 0 when it can."""
    if _ESCAPE.search(raw):
        return 40033
    try:
        body = json.loads(raw.decode())
        line = shown(body)
    except (ValueError, KeyError, TypeError, IndexError):
        return 47001
    if body["msgtype"] == "msgmenu" and not 1 <= len(line.items) <= MENU_ITEMS:
        return 40033
    if not line.text:
        return 44004
    size = len("".join([line.text, *line.items]).encode())
    return 45002 if size > PUSH_LIMIT else 0


def shown(body: dict[str, Any]) -> Seen:
    """Returns a customer-service message as the citizen sees it."""
    match body["msgtype"]:
        case "text":
            return Seen("push", body["text"]["content"])
        case "msgmenu":
            menu = body["msgmenu"]
            items = tuple(item["content"] for item in menu["list"])
            if len({item["id"] for item in menu["list"]}) != len(items):
                raise ValueError("two items with one id")
            return Seen("push", f"{menu['head_content']}\n{menu['tail_content']}", items)
        case "news":
            (article,) = body["news"]["articles"]
            return Seen("push", f"{article['title']}\n{article['url']}")
    raise ValueError(body["msgtype"])


def notice_error(body: dict[str, Any], templates: dict[str, tuple[str, ...]]) -> int:
    """Returns why a template or subscription notice cannot be sent, 0 when it can."""
    fields = templates.get(body.get("template_id", ""))
    if fields is None:
        return 40037
    return 0 if set(body.get("data", {})) == set(fields) else 47003
