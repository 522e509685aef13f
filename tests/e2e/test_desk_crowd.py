"""Many citizens and several lawyers at once, on two gateway processes."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Coroutine, Iterator
from concurrent.futures import Future
from datetime import date, timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.system import PASSWORD, wait_until
from tests.e2e.town import Citizen, DutyLawyer, Town, said_by_citizen, town

pytestmark = pytest.mark.browser

CITIZENS = 30
CHATS = 20
ROUNDS = 4
JOINED = "已经加入对话"
ANSWERED = "自动答复"
SLOW = "第0位的事"  # the assistant is still answering when the lawyer takes this one


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """Two gateway workers with two lawyers and a supervisor."""
    with town(tmp_path_factory.mktemp("town"), workers=2) as running:
        for name, display in (("jia", "甲"), ("yi", "乙")):
            running.add_account(name, display)
        running.add_account("zhu", "主管", "supervisor")
        yield running


def citizens_of(busy: Town, count: int) -> list[Citizen]:
    """Returns citizens, every other one on WeChat."""
    return [
        busy.on_wechat(f"o-{count}-{n}") if n % 2 else busy.on_the_web(f"web-{n}")
        for n in range(count)
    ]


def wish(number: int) -> str:
    """Returns a citizen's request for a lawyer; of ten, one is in danger, and so on."""
    soon = (date.today() + timedelta(days=3)).isoformat()
    fact = {"label": "收到裁决", "value": "上周", "section": "date", "last_day": soon}
    details = {0: {"urgency": "danger"}, 1: {"facts": [fact]}, 2: {"groups": ["minor"]}}
    extra = json.dumps(details.get(number % 10, {}), ensure_ascii=False)
    return f"找律师第{number}位的事｜{extra}"


def rank_of(number: int) -> int:
    """Returns where in the queue's order the class of a citizen stands."""
    return min(number % 10, 3)


def sign_in(browser: Browser, busy: Town, name: str) -> Page:
    """Returns somebody's desk in a browser of their own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="zh-CN")
    page = context.new_page()
    page.goto(f"{busy.url}/desk")
    page.fill("input[name=name]", name)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_selector(".tabs")
    return page


def numbers(page: Page) -> list[int]:
    """Returns the citizens on a page of the queue, in its order."""
    return [int(n) for n in re.findall(r'id="pending-\d+"[^>]*>第(\d+)位的事', page.content())]


def take_first_and_reply(page: Page, busy: Town) -> tuple[int, int]:
    """Takes the first case of the queue and replies; returns the citizen and the case."""
    page.goto(f"{busy.url}/desk?show=pending")
    page.get_by_role("button", name="我来接待").first.click()
    page.wait_for_selector("#reply-text")
    found = re.search(r"第(\d+)位的事", page.locator(".question").first.inner_text())
    assert found
    page.fill("#reply-text", f"答给第{found[1]}位")
    page.get_by_role("button", name="发送", exact=True).click()
    expect(page.locator(".line.lawyer")).to_have_count(1)
    case = re.search(r"/cases/(\d+)", page.url)
    assert case
    return int(found[1]), int(case[1])


def test_thirty_citizens_at_once_each_hear_their_own_lawyer_and_nobody_else(
    busy: Town, browser: Browser
) -> None:
    citizens = citizens_of(busy, CITIZENS)
    busy.at_once(*(one.say(f"我问{n}") for n, one in enumerate(citizens)))
    gate = busy.thread.call(_event())
    busy.handoffs.held[SLOW] = gate
    slow = asyncio.run_coroutine_threadsafe(citizens[0].say(wish(0)), busy.thread.loop)
    busy.at_once(*(one.say(wish(n)) for n, one in enumerate(citizens) if n))

    supervisor = sign_in(browser, busy, "zhu")
    order = _whole_queue(supervisor, busy)
    assert sorted(order) == list(range(CITIZENS))
    assert [rank_of(n) for n in order] == sorted(rank_of(n) for n in order)

    desks = [sign_in(browser, busy, name) for name in ("jia", "yi")]
    has = {}
    for turn in range(CITIZENS):
        lawyer = desks[turn % 2]
        number, case = take_first_and_reply(lawyer, busy)
        assert number == order[turn], "cases are taken in the order that was shown"
        has[number] = (lawyer, case)
        if number == 0:
            busy.thread.loop.call_soon_threadsafe(gate.set)
    slow.result(60)

    open_page = has[order[-1]][0]
    busy.at_once(*(one.say(f"话{n}-{k}") for k in range(2) for n, one in enumerate(citizens)))
    expect(open_page.locator(".line.citizen")).to_have_count(4, timeout=20_000)  # not reloaded
    expect(open_page.locator(".line.citizen").last).to_contain_text(f"话{order[-1]}-")

    for number, (lawyer, case) in has.items():
        shown = lawyer.context.request.get(f"{busy.url}/desk/cases/{case}").text()
        own = [f"话{number}-0", f"话{number}-1"]
        assert sorted(said_by_citizen(shown)[-2:]) == own
        assert set(re.findall(r"话(\d+)-", shown)) == {str(number)}
    for number, citizen in enumerate(citizens):
        _heard_only_their_own(busy, citizen, number)
    last = order[-1]
    _reassign(supervisor, busy, has[last][1], "甲")
    busy.at_once(citizens[last].say("改派以后说的"))
    where = f"{busy.url}/desk/cases/{has[last][1]}"
    assert "改派以后说的" in desks[0].context.request.get(where).text()
    assert "改派以后说的" not in desks[1].context.request.get(where).text()
    for page in (supervisor, *desks):
        page.context.close()


def _reassign(page: Page, busy: Town, case: int, to: str) -> None:
    page.goto(f"{busy.url}/desk/supervisor")
    card = page.locator(".owed .card", has=page.locator(f"form[action$='/cases/{case}/reassign']"))
    card.locator("summary").click()
    card.get_by_label("交给").select_option(label=to)
    card.get_by_role("button", name="改派").click()
    expect(page.get_by_text("已改派")).to_be_visible()


def _whole_queue(page: Page, busy: Town) -> list[int]:
    order = []
    page.goto(f"{busy.url}/desk?show=pending")
    order += numbers(page)
    page.get_by_role("link", name="下一页").click()
    page.wait_for_url("**page=2")
    return order + numbers(page)


def _heard_only_their_own(busy: Town, citizen: Citizen, number: int) -> None:
    def replied() -> list[str]:
        texts = [line.text for line in busy.thread.call(citizen.seen())]
        return texts if any("答给第" in text for text in texts) else []

    texts = wait_until(replied)
    replies = re.findall(r"答给第(\d+)位", "\n".join(texts))
    assert replies == [str(number)], f"citizen {number} was shown {replies}"
    joined = next(n for n, text in enumerate(texts) if JOINED in text)
    later = "\n".join(texts[joined:])
    assert ANSWERED not in later, "the assistant spoke while a lawyer owned the chat"
    assert "已经替您请律师" not in later


async def _event() -> asyncio.Event:
    return asyncio.Event()


async def chat(citizen: Citizen, lawyer: DutyLawyer, case: int, number: int) -> None:
    """One live chat: the citizen says something, the lawyer replies, several times."""
    for turn in range(ROUNDS):
        await citizen.say(f"{number}问{turn}")
        await lawyer.reply(case, f"{number}答{turn}")


def test_a_worker_killed_in_the_middle_of_twenty_live_chats_ends_none_of_them(busy: Town) -> None:
    citizens = citizens_of(busy, CHATS)
    lawyers = [busy.lawyer("jia"), busy.lawyer("yi")]
    cases = {}
    for number, citizen in enumerate(citizens):
        busy.at_once(citizen.say(f"找律师第{number}位的事"))
        [cases[number]] = busy.thread.call(lawyers[0].pending())
        busy.thread.call(lawyers[number % 2].take(cases[number]))

    chats: Future[list[None]] = asyncio.run_coroutine_threadsafe(
        _all(chat(citizen, lawyers[n % 2], cases[n], n) for n, citizen in enumerate(citizens)),
        busy.thread.loop,
    )
    wait_until(lambda: busy.thread.call(lawyers[0].said(cases[0]))[1:])
    busy.kill_worker()
    chats.result(90)
    busy.start_worker()

    for number, citizen in enumerate(citizens):
        said = busy.thread.call(lawyers[number % 2].said(cases[number]))
        assert said[1:] == [f"{number}问{turn}" for turn in range(ROUNDS)]
        _heard_every_reply(busy, citizen, number)


def _heard_every_reply(busy: Town, citizen: Citizen, number: int) -> None:
    def replies() -> list[str]:
        texts = [line.text for line in busy.thread.call(citizen.seen())]
        found = re.findall(r"\d+答\d+", "\n".join(text for text in texts if "重发" not in text))
        return found if len(set(found)) == ROUNDS else []

    assert wait_until(replies) == [f"{number}答{turn}" for turn in range(ROUNDS)]


async def _all(chats: Iterator[Coroutine[Any, Any, None]]) -> list[None]:
    return list(await asyncio.gather(*chats))
