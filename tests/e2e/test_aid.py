"""A village helper applies for a villager on a phone: no script, no mouse, 360 pixels."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.system import System

pytestmark = pytest.mark.browser
WIDTH = 360
SMALLEST_TARGET = 44  # pixels


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A phone's browser without scripts."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": 740}, locale="zh-CN", java_script_enabled=False
    )
    yield context.new_page()
    context.close()


def choose(page: Page, name: str) -> None:
    """Press a button by keyboard alone: Tab until it has the focus, then Enter."""
    button = page.locator("main").get_by_role("button", name=name, exact=True)
    for _ in range(80):
        page.keyboard.press("Tab")
        if button.and_(page.locator(":focus")).count():
            with page.expect_navigation():  # the old page is loaded too: wait for the next one
                page.keyboard.press("Enter")
            return
    raise AssertionError(f"{name} cannot be reached by keyboard")


def fits(page: Page) -> None:
    """Nothing is wider than the phone, and everything to press is large enough for a thumb."""
    for control in page.locator("main button:visible, main label.choice:visible").all():
        box = control.bounding_box()
        assert box
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= WIDTH
        assert box["height"] >= SMALLEST_TARGET
    for part in page.locator("main > *").all():
        box = part.bounding_box()
        assert box is None or box["x"] + box["width"] <= WIDTH


def test_helper_screens_a_villager_keeps_the_list_and_downloads_the_form(
    page: Page, system: System, screens: Path
) -> None:
    page.goto(f"{system.url}/lookup/aid")
    page.screenshot(path=screens / "aid-start.png", full_page=True)
    for answer in ("家庭暴力", "给我自己", "赤峰市", "没请", "还没开始", "都没有"):
        fits(page)
        choose(page, answer)
    expect(page.get_by_role("heading", level=1)).to_have_text("初步看：可能符合")
    expect(page.locator("main")).to_contain_text("先打 110")
    fits(page)
    page.screenshot(path=screens / "aid-result.png", full_page=True)
    page.get_by_text("先在这里打上字").click()
    fits(page)
    page.locator("[name='applicant.name']").fill("王某某")
    page.screenshot(path=screens / "aid-typing.png", full_page=True)
    with page.expect_download() as started:
        page.get_by_role("button", name="下载：法律援助申请表").click()
    paper = Path(started.value.path()).read_bytes()
    assert started.value.suggested_filename == "法律援助申请表（草稿）.docx"
    assert "王某某" in ZipFile(BytesIO(paper)).read("word/document.xml").decode()
    page.get_by_role("checkbox").first.check()
    with page.expect_navigation():
        page.get_by_role("button", name="保存这份清单").click()
    address = page.url
    page.goto(f"{system.url}/lookup")
    page.goto(address)
    expect(page.get_by_role("checkbox").first).to_be_checked()
    page.screenshot(path=screens / "aid-kept.png", full_page=True)
    with page.expect_navigation():
        page.get_by_role("button", name="现在就删除").click()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_contain_text("没有了")


def test_helper_finds_the_way_on_after_a_refusal(page: Page, system: System, screens: Path) -> None:
    page.goto(f"{system.url}/lookup/aid/refused")
    choose(page, "机构不给援助")
    fits(page)
    expect(page.locator("main")).to_contain_text("《法律援助法》第四十九条")
    page.screenshot(path=screens / "aid-refused.png", full_page=True)


def test_helper_counts_the_last_day(page: Page, system: System, screens: Path) -> None:
    page.goto(f"{system.url}/lookup")
    page.get_by_role("link", name="算最后一天").click()
    page.get_by_label("什么事？").fill("收到民事一审判决")
    page.get_by_label("哪一天？").fill("2026年11月2日")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("2026年11月17日")
    fits(page)
    page.screenshot(path=screens / "aid-deadline.png", full_page=True)
