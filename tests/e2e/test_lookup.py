"""A village helper looks an answer up on a phone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.conftest import statutes_given
from tests.e2e.system import System

pytestmark = pytest.mark.browser


def test_helper_finds_an_entry_with_its_citations_and_date(
    browser: Browser, system: System, screens: Path
) -> None:
    context = browser.new_context(
        viewport={"width": 360, "height": 740}, locale="zh-CN", java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{system.url}/lookup")
    page.screenshot(path=screens / "lookup-home.png")
    page.get_by_role("searchbox").fill("老板拖欠工资")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.screenshot(path=screens / "lookup-results.png", full_page=True)
    with page.expect_navigation():
        page.get_by_role("link", name=re.compile("工资")).first.click()
    body = page.locator("body")
    expect(body).to_contain_text(re.compile("《.+》第.+条"))
    expect(body).to_contain_text("未经")
    expect(body).to_contain_text(re.compile(r"2026|20\d\d"))
    page.screenshot(path=screens / "lookup-entry.png", full_page=True)
    context.close()


@pytest.mark.skipif(not statutes_given(), reason="needs the statute texts: set STATUTES_PATH")
def test_helper_reads_one_article(browser: Browser, system: System, screens: Path) -> None:
    page = browser.new_page(viewport={"width": 360, "height": 740})
    page.goto(f"{system.url}/lookup")
    page.get_by_role("searchbox").fill("民法典第1079条")
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_contain_text("第一千零七十九条")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.screenshot(path=screens / "lookup-article.png", full_page=True)
    page.close()
