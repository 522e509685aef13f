"""The look-up pages work without script, on a phone, and show where an answer comes from."""

import re
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from knowledge.lookup import create_app
from knowledge.search import Searcher


@pytest.fixture
async def client(aiohttp_client: Any, searcher: Searcher) -> TestClient[Any, Any]:
    """A client of the site, mounted as the gateway mounts it."""
    app = web.Application()
    app.add_subapp("/lookup", create_app(searcher))
    client: TestClient[Any, Any] = await aiohttp_client(app)
    return client


async def text(client: TestClient[Any, Any], path: str, status: int = 200) -> str:
    reply = await client.get(path)
    assert reply.status == status
    return await reply.text()


async def test_the_first_page_has_a_search_box_and_topics(client: TestClient[Any, Any]) -> None:
    for path in ("/lookup", "/lookup/"):
        page = await text(client, path)
        assert 'name="q"' in page
        assert 'href="/lookup/topic/buckets"' in page


async def test_a_search_lists_entries_before_articles(client: TestClient[Any, Any]) -> None:
    page = await text(client, "/lookup/?q=水桶不还")
    assert page.index("/lookup/entry/buckets/unreturned") < page.index("/lookup/law/")


async def test_a_named_article_is_shown(client: TestClient[Any, Any]) -> None:
    assert "三十日内归还" in await text(client, "/lookup/?q=示例法第2条")
    assert "没有收录" in await text(client, "/lookup/?q=示例法第99条")
    assert "代替" in await text(client, "/lookup/?q=旧示例条例第1条")


async def test_nothing_sure_is_said_to_be_so(client: TestClient[Any, Any]) -> None:
    page = await text(client, "/lookup/?q=今天天气")
    assert "没有找到有把握的答案" in page
    assert "12348" in page


async def test_an_entry_shows_basis_date_and_that_no_lawyer_has_checked_it(
    client: TestClient[Any, Any],
) -> None:
    page = await text(client, "/lookup/entry/buckets/unreturned")
    assert "未经律师审核" in page
    assert "2026-11-21" in page
    assert "借走水桶的人应当在三十日内归还。逾期不还的" in page
    assert "<ol>" in page
    assert 'href="/lookup/entry/kites/stuck"' in page
    reviewed = await text(client, "/lookup/entry/buckets/deposit")
    assert "未经律师审核" not in reviewed
    assert "示例律师" in reviewed


async def test_an_article_shows_law_version_and_text(client: TestClient[Any, Any]) -> None:
    page = await text(client, "/lookup/law/示例法/第三条之一")
    assert "2020-01-01" in page
    assert "协助取回" in page


@pytest.mark.parametrize(
    "path", ["/lookup/entry/none/none", "/lookup/topic/none", "/lookup/law/示例法/第四条"]
)
async def test_what_is_not_there_is_a_404_page(client: TestClient[Any, Any], path: str) -> None:
    assert "没有" in await text(client, path, 404)


async def test_offices_are_only_those_entered(client: TestClient[Any, Any]) -> None:
    assert "呼和浩特市新城区兴安南路15号" in await text(client, "/lookup/offices")


@pytest.mark.parametrize(
    "path", ["/lookup/", "/lookup/?q=水桶", "/lookup/entry/buckets/unreturned"]
)
async def test_pages_are_safe_and_have_no_script(client: TestClient[Any, Any], path: str) -> None:
    reply = await client.get(path)
    page = await reply.text()
    assert "default-src 'none'" in reply.headers["Content-Security-Policy"]
    assert not re.search(r"<script|<style|\son\w+=|\sstyle=", page)
    assert 'name="viewport"' in page


async def test_typed_html_is_shown_as_text(client: TestClient[Any, Any]) -> None:
    page = await text(client, "/lookup/?q=<script>alert(1)</script>")
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


async def test_the_style_sheet_is_served(client: TestClient[Any, Any]) -> None:
    page = await text(client, "/lookup/")
    sheet = re.search(r'href="(/lookup/static/[^"]+)"', page)
    assert sheet
    assert "body" in await text(client, sheet[1])


async def test_beside_a_named_article_stand_the_entries_that_rest_on_it(
    client: TestClient[Any, Any],
) -> None:
    page = await text(client, "/lookup/?q=示例法第2条")
    assert "/lookup/entry/buckets/unreturned" in page
    assert "/lookup/entry/kites/stuck" not in page
