"""The citizens' and helpers' pages can be used by everybody."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.e2e.axe import grave_findings
from tests.e2e.system import System

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [360, 768, 1440])
@pytest.mark.parametrize(
    "path", ["/", "/chat", "/privacy", "/lookup", "/lookup?q=工资", "/lookup/aid", "/desk"]
)
def test_a_page_has_no_grave_fault_and_is_not_wider_than_the_screen(
    path: str, width: int, browser: Browser, system: System
) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800}, locale="zh-CN")
    page.goto(system.url + path)
    assert grave_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.close()
