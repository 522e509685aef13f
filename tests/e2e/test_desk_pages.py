"""The desk in a real browser: live, without losing what is typed, by keyboard, for everybody."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.axe import grave_findings
from tests.e2e.system import PASSWORD
from tests.e2e.town import Town, WebCitizen, town

pytestmark = pytest.mark.browser

SIZES = {"phone": (360, 740), "tablet": (768, 1024), "desk": (1440, 900)}


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """One gateway and one lawyer."""
    with town(tmp_path_factory.mktemp("town")) as running:
        running.add_account("jia", "甲")
        yield running


@pytest.fixture
def page(quiet: Town, browser: Browser) -> Iterator[Page]:
    """The lawyer's desk; nothing may go wrong in its scripts."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    shown, faults = context.new_page(), []
    shown.on("pageerror", lambda error: faults.append(str(error)))
    shown.goto(f"{quiet.url}/desk")
    shown.fill("input[name=name]", "jia")
    shown.fill("input[name=password]", PASSWORD)
    shown.keyboard.press("Enter")
    shown.wait_for_selector(".tabs")
    yield shown
    context.close()
    assert faults == []


@pytest.fixture
def citizen(quiet: Town) -> Iterator[WebCitizen]:
    """Somebody who waits for a lawyer, with a fact packet; afterwards their request is gone."""
    somebody = quiet.on_the_web("somebody")
    soon = (date.today() + timedelta(days=3)).isoformat()
    packet = {
        "groups": ["migrant_wages"],
        "facts": [
            {"label": "申请人", "value": "王某", "section": "party"},
            {"label": "收到裁决", "value": "上周", "section": "date", "last_day": soon},
        ],
        "eligibility": {"state": "yes", "reasons": [{"text": "讨薪", "reference": "《某法》"}]},
    }
    quiet.at_once(somebody.say("老板欠我工资"))
    quiet.at_once(somebody.say(f"找律师老板欠我工资｜{json.dumps(packet, ensure_ascii=False)}"))
    yield somebody
    with quiet.database() as database:
        database.execute("UPDATE cases SET status = 'withdrawn', closed_at = opened_at")


def take(page: Page, quiet: Town) -> None:
    """Takes the case that waits."""
    page.goto(f"{quiet.url}/desk")
    page.get_by_role("button", name="我来接待").first.click()
    page.wait_for_selector("#reply-text")


def test_what_is_typed_stays_while_messages_come_and_go(
    page: Page, quiet: Town, citizen: WebCitizen
) -> None:
    take(page, quiet)
    page.get_by_text("写备注").click()
    page.fill("#note-text", "备注写了一半")
    page.get_by_text("改正").first.click()
    page.fill("#value-party-1", "王某某，改了一半")
    page.fill("#reply-text", "回复写了一半")
    quiet.at_once(citizen.say("我还有欠条"))
    expect(page.locator(".line.citizen.new")).to_contain_text("我还有欠条")
    expect(page.locator("#reply-text")).to_have_value("回复写了一半")
    page.get_by_role("button", name="发送", exact=True).click()
    expect(page.locator(".line.lawyer")).to_contain_text("回复写了一半")
    expect(page.locator("#reply-text")).to_have_value("")
    expect(page.locator("#note-text")).to_have_value("备注写了一半")
    expect(page.locator("#value-party-1")).to_have_value("王某某，改了一半")
    page.get_by_role("button", name="保存改正").first.click()
    expect(page.locator("[data-part=facts]")).to_contain_text("对方原来说：王某")


def test_a_reply_that_does_not_arrive_stays_in_the_box_and_goes_once_when_sent_again(
    page: Page, quiet: Town, citizen: WebCitizen
) -> None:
    take(page, quiet)
    page.fill("#reply-text", "请留好欠条")
    page.route("**/reply", lambda route: route.abort())
    page.get_by_role("button", name="发送", exact=True).click()
    expect(page.locator("[data-live-status]")).to_contain_text("没有发出去")
    expect(page.locator("#reply-text")).to_have_value("请留好欠条")
    page.unroute("**/reply")
    page.get_by_role("button", name="发送", exact=True).click()
    expect(page.locator(".line.lawyer")).to_have_count(1)


def test_the_queue_and_the_tab_show_a_new_request_by_themselves(page: Page, quiet: Town) -> None:
    expect(page.locator(".cards [id^=claim-]")).to_have_count(0)
    newcomer = quiet.on_the_web("newcomer")
    quiet.at_once(newcomer.say("找律师邻居占地"))
    expect(page.get_by_role("link", name="邻居占地")).to_be_visible(timeout=10_000)
    expect(page).to_have_title("(1) 排队 · 值班台")
    with quiet.database() as database:
        database.execute("UPDATE cases SET status = 'withdrawn', closed_at = opened_at")


def test_everything_goes_by_keyboard_and_the_keys_are_listed(
    page: Page, quiet: Town, citizen: WebCitizen
) -> None:
    page.goto(f"{quiet.url}/desk")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_contain_text("接待排在最前面的")
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("j")
    expect(page.locator("[data-stop]").first).to_be_focused()
    page.keyboard.press("c")
    page.wait_for_selector("#reply-text")
    page.keyboard.press("r")
    page.keyboard.type("我来帮您？")
    expect(page.locator("#reply-text")).to_have_value("我来帮您？")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".line.lawyer")).to_contain_text("我来帮您？")
    page.locator("h1").click()
    page.keyboard.press("n")
    expect(page.locator("#note-text")).to_be_focused()


def test_single_keys_can_be_switched_off(page: Page, quiet: Town, citizen: WebCitizen) -> None:
    page.goto(f"{quiet.url}/desk")
    page.keyboard.press("?")
    page.locator("#keys-on").uncheck()
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("c")
    page.get_by_role("button", name="快捷键").click()  # what had been pressed would be done by now
    assert page.url == f"{quiet.url}/desk"
    page.locator("#keys-on").check()


def test_offered_words_are_put_in_and_not_sent(
    page: Page, quiet: Town, citizen: WebCitizen
) -> None:
    take(page, quiet)
    page.fill("#reply-text", "您好。")
    page.get_by_text("常用的话", exact=True).click()
    page.get_by_role("button", name="放进回复").first.click()
    assert page.input_value("#reply-text").startswith("您好。\n")
    expect(page.locator(".line.lawyer")).to_have_count(0)


def test_an_answer_is_called_wrong_with_one_click(
    page: Page, quiet: Town, citizen: WebCitizen
) -> None:
    take(page, quiet)
    page.get_by_role("button", name="标记这条自动回复答错了").first.click()
    expect(page.locator(".flagged")).to_have_count(1)


@pytest.mark.parametrize("size", SIZES)
def test_no_desk_page_has_a_grave_fault_and_none_is_wider_than_the_screen(
    page: Page, quiet: Town, citizen: WebCitizen, size: str, screens: Path
) -> None:
    width, height = SIZES[size]
    page.set_viewport_size({"width": width, "height": height})
    queue = f"{quiet.url}/desk"
    lists = [f"{queue}?show={name}" for name in ("pending", "callbacks", "snoozed", "closed")]
    for address in (queue, *lists, f"{queue}/nowhere"):
        page.goto(address)
        assert grave_findings(page) == [], address
    page.goto(queue)
    page.locator("[id^=pending-]").last.click()
    page.wait_for_selector("text=接待以后才能看到")
    assert grave_findings(page) == []
    take(page, quiet)
    page.screenshot(path=screens / f"desk-case-{size}.png", full_page=True)
    for each in page.locator("details").all():
        each.evaluate("details => details.open = true")
    assert grave_findings(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    page.locator("#show-keys").click()
    assert grave_findings(page) == []


def test_the_sign_in_page_has_no_grave_fault(quiet: Town, browser: Browser) -> None:
    shown = browser.new_page(viewport={"width": 360, "height": 740})
    shown.goto(f"{quiet.url}/desk/login")
    assert grave_findings(shown) == []
    shown.close()


def test_the_case_page_fits_at_200_percent(page: Page, quiet: Town, citizen: WebCitizen) -> None:
    """A window of 1280 pixels at 200% has 640 of its own, and text twice as large."""
    page.set_viewport_size({"width": 640, "height": 450})
    take(page, quiet)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
