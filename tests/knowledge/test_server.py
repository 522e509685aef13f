"""The internal search interface."""

from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from knowledge.search import Searcher
from knowledge.server import KEY_HEADER, create_api

KEY = {KEY_HEADER: "secret"}


@pytest.fixture
async def client(aiohttp_client: Any, searcher: Searcher) -> TestClient[Any, Any]:
    """A client of the interface."""
    client: TestClient[Any, Any] = await aiohttp_client(create_api(searcher, "secret"))
    return client


async def test_a_search_answers_with_the_agreed_fields(client: TestClient[Any, Any]) -> None:
    reply = await client.get("/v1/search", params={"q": "水桶不还", "k": "2"}, headers=KEY)
    found = await reply.json()
    assert reply.status == 200
    assert set(found) == {"query", "band", "article", "suggests", "context", "hits"}
    hits = {hit["kind"]: hit for hit in reversed(found["hits"])}
    common = {"docid", "kind", "title", "score", "citations", "text"}
    assert set(hits["article"]) == common | {"worth_naming", "in_force_from"}
    assert set(hits["entry"]) == common | {
        "answer", "body", "detail", "topic", "aid", "hotlines", "related", "routes", "review",
        "checked_on", "stale",
    }  # fmt: skip
    assert "**" not in hits["entry"]["body"]
    assert hits["entry"]["citations"][0] == {"law": "示例法", "article": "第二条"}


@pytest.mark.parametrize(("question", "kinds"), [("水桶不还", {"entry"}), ("火星", {"article"})])
async def test_articles_may_be_left_to_questions_that_no_entry_answers(
    client: TestClient[Any, Any], question: str, kinds: set[str]
) -> None:
    asked = {"q": question, "articles": "unsure"}
    found = await (await client.get("/v1/search", params=asked, headers=KEY)).json()
    assert kinds <= {hit["kind"] for hit in found["hits"]}
    assert (found["band"] == "not_sure") == ("article" in {hit["kind"] for hit in found["hits"]})


async def test_a_follow_up_may_name_what_was_asked_and_shown_before(
    client: TestClient[Any, Any],
) -> None:
    before = {"context": "风筝挂在别人家树上", "entry": "kites/stuck"}
    for asked in (before, {**before, "entry": "kites/withdrawn"}):
        reply = await client.get("/v1/search", params={"q": "要多久", **asked}, headers=KEY)
        assert (await reply.json())["context"] == "风筝挂在别人家树上\n要多久"


async def test_a_named_article_comes_with_its_text(client: TestClient[Any, Any]) -> None:
    reply = await client.get("/v1/search", params={"q": "示例法第2条"}, headers=KEY)
    article = (await reply.json())["article"]
    assert article["version"] == "2020-01-01"
    assert article["text"].startswith("借走水桶")


async def test_one_entry_comes_with_its_articles(client: TestClient[Any, Any]) -> None:
    reply = await client.get("/v1/entries/buckets/unreturned", headers=KEY)
    entry = await reply.json()
    assert entry["citations"][0]["text"].startswith("借走水桶")
    assert entry["related"] == [{"docid": "kites/stuck", "title": "风筝挂在别人家树上怎么办？"}]
    assert entry["aid"] == {"matter_type": "bucket_return"}


async def test_what_is_asked_on_after_an_entry_is_told_with_its_answer(
    client: TestClient[Any, Any],
) -> None:
    asked = [("entry", "buckets/unreturned"), ("entry", "none/none"), ("q", "没证据行不行")]
    found = await (await client.get("/v1/next", params=asked, headers=KEY)).json()
    known, unknown = found["entries"]
    assert unknown == {"entry": "none/none", "band": "not_sure", "questions": []}
    assert (known["entry"], known["band"]) == ("buckets/unreturned", "answer")
    first, *others = known["questions"]
    assert set(first) == {"says", "answer", "share"}
    assert first["says"] == "我没有照片"
    assert first["share"] > max(one["share"] for one in others)


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/v1/search?q=a", {}, 403),
        ("/v1/search?q=a", {KEY_HEADER: "guess"}, 403),
        ("/v1/search?q=a", {KEY_HEADER: "秘"}, 403),
        ("/v1/search", KEY, 400),
        ("/v1/search?q=a&k=0", KEY, 400),
        ("/v1/search?q=a&k=x", KEY, 400),
        ("/v1/next?q=a", KEY, 400),
        ("/v1/next?entry=buckets/unreturned", KEY, 400),
        ("/v1/next?entry=buckets/unreturned&q=a", {}, 403),
        ("/v1/entries/none/none", KEY, 404),
    ],
)
async def test_wrong_requests_are_refused(
    client: TestClient[Any, Any], path: str, headers: dict[str, str], status: int
) -> None:
    reply = await client.get(path, headers=headers)
    assert reply.status == status
    assert "error" in await reply.json()
