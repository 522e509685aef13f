"""Facts told in a chat come to the pages when the person says so, once, and go by themselves."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import func, select

import aid
from aid.carried import HOURS, Carried
from aid.saved import Saved, utc_now
from aid.tables import CarriedFacts
from aid.words import words
from eligibility import Facts
from tests.aid.pages.conftest import ROOT, Sessions
from tests.aid.pages.visitor import Visitor

FACTS = Facts.from_dict({"matter": "labour_pay", "for_whom": "self", "days_left": 3})


async def path(sessions: Sessions) -> str:
    return f"{ROOT}/from-chat/{await Carried(sessions).put(FACTS)}"


async def rows(sessions: Sessions) -> int:
    async with sessions() as session:
        return await session.scalar(select(func.count(CarriedFacts.link))) or 0


async def test_opening_the_link_asks_first_and_shows_nothing(
    visitor: Visitor, sessions: Sessions
) -> None:
    link = await path(sessions)
    for _ in range(2):
        page = await visitor.open(link)
        assert page.status == 200
        assert "劳动报酬" not in page.text
    assert "没有姓名" in page.text


async def test_what_was_told_is_not_asked_again(visitor: Visitor, sessions: Sessions) -> None:
    page = await visitor.open(await path(sessions))
    following = await visitor.press(page, "带过来")
    held = {field.get("name"): field.get("value") for field in following.tree.iter("input")}
    assert held["fact.matter"] == "labour_pay"
    assert held["fact.days_left"] == "3"
    assert following.path.startswith(f"{ROOT}/")


async def test_the_link_works_once(visitor: Visitor, sessions: Sessions) -> None:
    link = await path(sessions)
    await visitor.press(await visitor.open(link), "带过来")
    assert await rows(sessions) == 0
    for page in (await visitor.open(link), await visitor.send(link, {})):
        assert page.status == 404
        assert words()["errors"]["link_gone"] in page.text


async def test_the_link_expires_and_is_deleted(sessions: Sessions) -> None:
    token = await Carried(sessions).put(FACTS)
    later = utc_now() + timedelta(hours=HOURS)
    assert not await Carried(sessions, now=lambda: later).waiting(token)
    assert await Carried(sessions, now=lambda: later).take(token) is None
    await Saved(sessions, 60, now=lambda: later).purge()
    assert await rows(sessions) == 0


async def test_the_table_holds_no_secret(sessions: Sessions) -> None:
    token = await Carried(sessions).put(FACTS)
    async with sessions() as session:
        row = (await session.scalars(select(CarriedFacts))).one()
    assert token not in row.link
    assert row.facts == FACTS.to_dict()


@pytest.fixture
async def internal(sessions: Sessions) -> AsyncIterator[TestClient[Any, Any]]:
    app = web.Application()
    app.add_routes(aid.routes(sessions, "https://aid.example/lookup/aid"))
    async with TestClient(TestServer(app)) as client:
        yield client


async def test_the_bot_gets_a_link_for_facts(
    internal: TestClient[Any, Any], visitor: Visitor, sessions: Sessions
) -> None:
    async with internal.post("/v1/aid/links", json={"facts": FACTS.to_dict()}) as response:
        answer = await response.json()
    assert answer["hours"] == HOURS
    assert answer["url"].startswith("https://aid.example/lookup/aid/from-chat/")
    page = await visitor.open(answer["url"].removeprefix("https://aid.example"))
    assert page.status == 200


@pytest.mark.parametrize(
    "body", ['{"facts": {"matter": "nothing"}}', '{"facts": 3}', "{}", "no json", "[]"]
)
async def test_what_is_no_fact_is_refused(internal: TestClient[Any, Any], body: str) -> None:
    async with internal.post("/v1/aid/links", data=body) as response:
        assert response.status == 400


async def test_without_a_public_address_nothing_is_kept(sessions: Sessions) -> None:
    app = web.Application()
    app.add_routes(aid.routes(sessions, None))
    async with (
        TestClient(TestServer(app)) as client,
        client.post("/v1/aid/links", json={"facts": FACTS.to_dict()}) as response,
    ):
        assert await response.json() == {"url": None}
    assert await rows(sessions) == 0
