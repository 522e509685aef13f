"""The knowledge service: search and entries."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from actions.clients.internal import call


async def search(
    question: str, context: str | None = None, entry: str | None = None, k: int = 5
) -> dict[str, Any]:
    """Return the band, the named article (if any), up to `k` hits and the context for what follows.

    Articles are among the hits only where the band is "not_sure": nothing else shows them.

    Args:
        question: what the citizen wrote.
        context: the `context` of the search before it, for follow-ups.
        entry: the id of the entry shown last, for follow-ups.
        k: how many hits at most.

    Raises:
        ServiceUnavailable: the service did not answer.
    """
    query = {"q": question, "k": str(k), "articles": "unsure"}
    if context:
        query["context"] = context
    if entry:
        query["entry"] = entry
    return await call("GET", "/v1/search", query=query)


async def asked_next(docid: str, text: str) -> dict[str, Any]:
    """Return which further questions of an entry a text may mean, and the band.

    Each has `says` (how it is asked), `answer` and its `share` of likelihood, the likeliest first.

    Raises:
        ServiceUnavailable: the service did not answer.
    """
    return await call("GET", "/v1/next", query={"entry": docid, "q": text})


async def entry(docid: str) -> dict[str, Any]:
    """Return one entry, its citations with the article texts that are imported.

    Raises:
        NotFound: there is no such entry (any more).
        ServiceUnavailable: the service did not answer.
    """
    return await call("GET", f"/v1/entries/{quote(docid)}")
