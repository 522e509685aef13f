"""A citizen reaches a lawyer: web chat and WeChat, the desk in a real browser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.e2e.conftest import Tencent
from tests.e2e.interview import next_answer
from tests.e2e.system import PASSWORD, System, wait_until

pytestmark = pytest.mark.browser


@pytest.fixture
def phone(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-CN")
    yield context
    context.close()


@pytest.fixture
def desk(browser: Browser, system: System) -> Iterator[Page]:
    """The desk, logged in."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{system.url}/desk")
    page.fill("input[name=name]", "lawyer")
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator("body")).to_contain_text("排队")
    yield page
    context.close()


def send(page: Page, text: str) -> None:
    """Types one message into the web chat and sends it with the keyboard."""
    page.fill("textarea, input[name=text]", text)
    page.get_by_role("button", name="发送").click()


def claim_newest(desk: Page) -> None:
    """Takes the case that has waited shortest, whatever other tests left in the queue."""
    desk.get_by_role("button", name="我来接待").last.click()


def resolve(desk: Page) -> None:
    """Closes the case that is open on the desk."""
    desk.get_by_text("办结这件").click()
    desk.get_by_label("已解答").check()
    desk.get_by_role("button", name="办结", exact=True).click()


def test_citizen_on_a_phone_reaches_a_lawyer_and_comes_back(
    phone: BrowserContext, desk: Page, system: System, screens: Path
) -> None:
    chat = phone.new_page()
    chat.goto(f"{system.url}/chat")
    send(chat, "老板拖欠我三个月工资怎么办")
    expect(chat.locator("body")).to_contain_text(re.compile("《.+》第.+条"), timeout=30_000)
    reply = chat.locator(".entry.bot").last
    top = (reply.bounding_box() or {"y": -9})["y"]
    assert top > -1, "a long reply must be read from its start"  # positions are parts of a pixel
    chat.screenshot(path=screens / "chat-answer.png")
    send(chat, "我要找律师")
    expect(chat.locator("body")).to_contain_text("排", timeout=30_000)

    desk.reload()
    desk.screenshot(path=screens / "desk-queue.png", full_page=True)
    claim_newest(desk)
    expect(desk.locator("body")).to_contain_text("拖欠我三个月工资")
    expect(chat.locator("body")).to_contain_text("值班律师甲", timeout=30_000)

    send(chat, "律师您好，我有欠条")
    expect(desk.locator("body")).to_contain_text("我有欠条", timeout=30_000)
    desk.fill("textarea[name=text]", "您好，请先不要把欠条原件交给别人。")
    desk.get_by_role("button", name="发送", exact=True).first.click()
    expect(chat.locator("body")).to_contain_text("欠条原件", timeout=30_000)
    desk.screenshot(path=screens / "desk-case.png", full_page=True)
    chat.screenshot(path=screens / "chat-lawyer.png")

    resolve(desk)
    expect(chat.locator("body")).to_contain_text("自动助手", timeout=30_000)
    send(chat, "离婚要去哪里办")
    expect(chat.locator("body")).to_contain_text(re.compile("婚姻登记|离婚"), timeout=30_000)


def test_citizen_on_a_phone_is_screened(
    phone: BrowserContext, system: System, screens: Path
) -> None:
    chat = phone.new_page()
    chat.goto(f"{system.url}/chat")
    text = "我能申请法律援助吗"
    for _ in range(12):
        replies = chat.locator(".entry.bot[data-id]")
        before = replies.count()
        send(chat, text)
        expect(replies).to_have_count(before + 1, timeout=30_000)
        reply = replies.last.inner_text()
        if "初步看" in reply:
            break
        text = next_answer(reply)
    assert "可能符合" in reply
    assert "《法律援助法》第三十一条" in reply
    chat.screenshot(path=screens / "chat-screened.png")


def say_and_hear(tencent: Tencent, openid: str, text: str) -> list[str]:
    """Says one thing on WeChat; returns what the citizen is shown next, at once or pushed."""
    before = len(tencent.seen(openid))
    tencent.say(openid, text)
    return wait_until(lambda: tencent.seen(openid)[before:])


def test_citizen_on_wechat_is_screened(tencent: Tencent) -> None:
    openid = "o-wechat-screened"
    text = "我能申请法律援助吗"
    for _ in range(12):
        replies = say_and_hear(tencent, openid, text)
        if any("初步看" in reply for reply in replies):
            break
        text = next_answer(replies[-1])
    wait_until(lambda: any("身份证" in reply for reply in tencent.seen(openid)))
    result = "".join(tencent.seen(openid))
    assert "可能符合" in result
    assert "《法律援助法》第三十一条" in result


def test_citizen_on_wechat_goes_the_whole_way(tencent: Tencent, desk: Page, system: System) -> None:
    openid = "o-wechat-whole-way"
    tencent.say(openid, "老板拖欠我三个月工资怎么办")
    answer = wait_until(lambda: tencent.seen(openid))[-1]
    assert re.search("《.+》第.+条", answer)
    tencent.say(openid, "我要找律师")
    wait_until(lambda: "排" in tencent.seen(openid)[-1])

    desk.reload()
    claim_newest(desk)
    wait_until(lambda: any("值班律师甲" in text for text in tencent.seen(openid)))
    before = len(tencent.seen(openid))
    tencent.say(openid, "您好律师")
    expect(desk.locator("body")).to_contain_text("您好律师", timeout=30_000)
    assert len(tencent.seen(openid)) == before, "the bot spoke while a lawyer owned the chat"

    desk.fill("textarea[name=text]", "我来帮您看看。")
    desk.get_by_role("button", name="发送", exact=True).first.click()
    wait_until(lambda: any("我来帮您看看" in text for text in tencent.seen(openid)))
    resolve(desk)
    wait_until(lambda: "自动助手" in tencent.seen(openid)[-1])
    tencent.say(openid, "你好")
    wait_until(lambda: len(tencent.seen(openid)) > before + 2)
