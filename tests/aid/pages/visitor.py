"""Somebody with a browser without scripts: reads forms as a browser does, and presses buttons."""

from __future__ import annotations

from typing import Any

from aiohttp.test_utils import TestClient
from lxml import html


class Page:
    """One page: its status, address, headers, text, and its forms."""

    def __init__(self, status: int, path: str, headers: Any, body: bytes) -> None:
        self.status, self.path, self.headers, self.body = status, path, headers, body

    @property
    def tree(self) -> Any:
        return html.fromstring(self.body.decode())

    @property
    def text(self) -> str:
        """The words of the page, without what is hidden in attributes."""
        return " ".join(self.tree.find(".//main").text_content().split())

    @property
    def heading(self) -> str:
        return str(self.tree.find(".//h1").text_content().strip())


class Visitor:
    """Opens pages and presses buttons, with the fields of the button's form."""

    def __init__(self, client: TestClient[Any, Any]) -> None:
        self.client = client

    async def open(self, path: str) -> Page:
        async with self.client.get(path) as response:
            return await _page(response)

    async def send(self, path: str, fields: Any, **headers: str) -> Page:
        async with self.client.post(path, data=fields, headers=headers) as response:
            return await _page(response)

    async def press(self, page: Page, label: str, **fields: str | list[str]) -> Page:
        """Press the button with those words, after typing into fields (dots as double underscores).

        A list ticks boxes of that name.
        """
        button = next(
            found
            for found in page.tree.iter("button")
            if label in found.text_content() and found.get("disabled") is None
        )
        form = next(form for form in button.iterancestors("form"))
        sent = list(form.form_values())
        for name, value in fields.items():
            name = name.replace("__", ".")
            assert form.inputs[name] is not None
            sent = [pair for pair in sent if pair[0] != name]
            sent += [(name, item) for item in ([value] if isinstance(value, str) else value)]
        if button.get("name"):
            sent.append((button.get("name"), button.get("value")))
        action = button.get("formaction") or form.get("action")
        data = [(name, value) for name, value in sent if value is not None]
        return await self.send(action, data)


async def _page(response: Any) -> Page:
    return Page(response.status, response.url.path, response.headers, await response.read())
