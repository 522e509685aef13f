"""A browser without scripts: follows redirects, keeps cookies, fills in hidden fields."""

import html
import re
from dataclasses import dataclass
from typing import Any

from aiohttp.test_utils import TestClient

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')


@dataclass(frozen=True)
class Page:
    status: int
    path: str
    text: str
    headers: Any


class Browser:
    def __init__(self, client: TestClient[Any, Any]) -> None:
        self.client = client

    async def get(self, path: str, **headers: str) -> Page:
        async with self.client.get(path, headers=headers) as response:
            return Page(response.status, response.url.path, await response.text(), response.headers)

    async def post(self, path: str, **fields: str) -> Page:
        async with self.client.post(path, data=fields) as response:
            return Page(response.status, response.url.path, await response.text(), response.headers)

    async def submit(self, page: str, action: str, **fields: str) -> Page:
        """Opens a page and sends its form with that action."""
        found = await self.get(page)
        return await self.post(action, **{**hidden_fields(found.text, action), **fields})

    async def sign_in(self, name: str, password: str) -> Page:
        return await self.submit("/desk/login", "/desk/login", name=name, password=password)


def hidden_fields(page: str, action: str) -> dict[str, str]:
    """Returns the hidden fields of the page's form with that action."""
    form = re.search(rf'<form[^>]* action="{re.escape(action)}".*?</form>', page, re.S)
    assert form, f"there is no form for {action}"
    return {name: html.unescape(value) for name, value in HIDDEN.findall(form.group())}
