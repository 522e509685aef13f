"""Open pages are told of changes, whichever process they were made in."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from desk import Desk, create_app
from tests.desk.browser import Browser
from tests.desk.citizens import StoredCitizens
from tests.desk.conftest import PASSWORD, SESSION_KEY, Lawyers, OpenCase, Sessions, SignedIn

LIMIT = 20  # seconds until a test that waits for nothing fails


@pytest.fixture
async def other_worker(sessions: Sessions, citizens: StoredCitizens) -> Desk:
    """The desk of another process on the same database."""
    return Desk(sessions, citizens, SESSION_KEY)


class Stream:
    """What an open page hears."""

    def __init__(self, response: ClientResponse) -> None:
        self.response = response

    async def next_id(self) -> int:
        """Returns the id of the next event."""
        async with asyncio.timeout(LIMIT):
            while line := await self.response.content.readline():
                if line.startswith(b"id:"):
                    return int(line[3:])
        raise EOFError

    async def ended(self) -> bool:
        """Waits for the end of the stream."""
        async with asyncio.timeout(LIMIT):
            while await self.response.content.readline():
                pass
        return True


async def listen(browser: Browser, path: str, since: int | str = "", **headers: str) -> Stream:
    headers = {"Accept": "text/event-stream", **headers}
    response = await browser.client.get(f"{path}?since={since}", headers=headers)
    assert response.status == 200
    assert response.content_type == "text/event-stream"
    return Stream(response)


async def test_the_queue_hears_of_a_case_that_another_worker_took(
    signed_in: SignedIn, open_case: OpenCase, desk: Desk, other_worker: Desk, lawyers: Lawyers
) -> None:
    case = await open_case("c1")
    before = await desk.latest_change()
    stream = await listen(await signed_in("jia"), "/desk/live", before)
    await other_worker.claim(case.id, lawyers["yi"])
    assert await stream.next_id() > before


async def test_a_page_older_than_the_last_change_is_told_at_once(
    signed_in: SignedIn, open_case: OpenCase
) -> None:
    await open_case("c1")
    stream = await listen(await signed_in("jia"), "/desk/live", 0)
    await stream.next_id()


async def test_a_browser_that_comes_back_hears_what_it_missed(
    signed_in: SignedIn, open_case: OpenCase, desk: Desk
) -> None:
    await open_case("c1")
    browser, seen = await signed_in("jia"), await desk.latest_change()
    await open_case("c2")
    now = await desk.latest_change()
    stream = await listen(browser, "/desk/live", now, **{"Last-Event-ID": str(seen)})
    await stream.next_id()


async def test_a_case_hears_of_itself_and_not_of_others(
    signed_in: SignedIn, open_case: OpenCase, desk: Desk, lawyers: Lawyers, server: TestServer
) -> None:
    mine, other = await open_case("c1"), await open_case("c2")
    for case in (mine, other):
        await desk.claim(case.id, lawyers["jia"])
    browser, before = await signed_in("jia"), await desk.latest_change()
    queue = await listen(browser, "/desk/live", before)
    stream = await listen(browser, f"/desk/cases/{mine.id}/live", before)
    await desk.reply(other.id, lawyers["jia"], "给另一个人的")
    heard = await queue.next_id()
    await desk.reply(mine.id, lawyers["jia"], "给这个人的")
    assert await stream.next_id() > heard


async def test_a_citizens_message_reaches_the_lawyers_page(
    signed_in: SignedIn, open_case: OpenCase, desk: Desk, lawyers: Lawyers
) -> None:
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    browser, before = await signed_in("jia"), await desk.latest_change()
    stream = await listen(browser, f"/desk/cases/{case.id}/live", before)
    async with desk.sessions.begin() as session:
        await desk.wrote(session, "c1")
    assert await stream.next_id() > before


async def test_nobody_follows_another_lawyers_case(
    signed_in: SignedIn, open_case: OpenCase, desk: Desk, lawyers: Lawyers
) -> None:
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    refused = await (await signed_in("yi")).get(f"/desk/cases/{case.id}/live")
    assert refused.status == 403


async def test_following_needs_a_sign_in_and_does_not_keep_it_alive(
    browser: Browser, signed_in: SignedIn
) -> None:
    assert (await browser.get("/desk/live", Accept="text/event-stream")).status == 401
    stream = await listen(await signed_in("jia"), "/desk/live", 0)
    assert "Set-Cookie" not in stream.response.headers


async def test_signing_out_ends_the_streams(
    signed_in: SignedIn, open_case: OpenCase, desk: Desk
) -> None:
    browser = await signed_in("jia")
    stream = await listen(browser, "/desk/live", await desk.latest_change())
    await browser.submit("/desk", "/desk/logout")
    await open_case("c1")
    assert await stream.ended()


@pytest.fixture
async def stopping(desk: Desk, lawyers: Lawyers) -> AsyncIterator[TestClient]:  # type: ignore[type-arg]
    """A worker that the test itself stops."""
    app = web.Application()
    app.add_subapp("/desk", create_app(desk))
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_a_worker_that_stops_ends_its_streams_so_that_browsers_go_to_another(
    stopping: TestClient,  # type: ignore[type-arg]
    desk: Desk,
) -> None:
    browser = Browser(stopping)
    await browser.sign_in("jia", PASSWORD)
    stream = await listen(browser, "/desk/live", await desk.latest_change())
    async with asyncio.timeout(LIMIT):
        stop = asyncio.create_task(stopping.server.close())
        assert await stream.ended()
        await stop


async def test_a_page_that_asks_again_gets_only_what_is_new(
    signed_in: SignedIn, open_case: OpenCase, citizens: StoredCitizens, desk: Desk, lawyers: Lawyers
) -> None:
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    browser, path = await signed_in("jia"), f"/desk/cases/{case.id}"
    first = await browser.get(path, **{"X-Live": "hidden"})
    again = await browser.get(path, **{"X-Live": "hidden", "If-None-Match": first.headers["ETag"]})
    assert again.status == 304
    await citizens.say("c1", "我又想起一件事")
    fresh = await browser.get(path, **{"X-Live": "hidden", "If-None-Match": first.headers["ETag"]})
    assert fresh.status == 200
    assert "我又想起一件事" in fresh.text


async def test_a_message_stays_unread_until_somebody_looks(
    signed_in: SignedIn, open_case: OpenCase, desk: Desk, lawyers: Lawyers
) -> None:
    case = await open_case("c1")
    await desk.claim(case.id, lawyers["jia"])
    async with desk.sessions.begin() as session:
        await desk.wrote(session, "c1")
    browser, path = await signed_in("jia"), f"/desk/cases/{case.id}"
    await browser.get(path, **{"X-Live": "hidden"})
    assert "有新消息" in (await browser.get("/desk")).text
    await browser.get(path, **{"X-Live": "seen"})
    page = (await browser.get("/desk")).text
    assert "有新消息" not in page
    assert "等您回复" in page
