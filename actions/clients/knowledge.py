"""The knowledge service: search and entries."""

from __future__ import annotations

from collections.abc import Sequence
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
    """Return which further questions of an entry a text may mean (`questions`), and the `band`.

    Each has `says` (how it is asked), `answer` and its `share` of likelihood, the likeliest first.

    Raises:
        ServiceUnavailable: the service did not answer.
    """
    return (await asked_next_of([docid], text))[0]


async def asked_next_of(docids: Sequence[str], text: str) -> list[dict[str, Any]]:
    """Return the same of each of several entries, at least one, in their order.

    Raises:
        ServiceUnavailable: the service did not answer.
    """
    asked = [("entry", docid) for docid in docids]
    found: list[dict[str, Any]] = (await call("GET", "/v1/next", query=[*asked, ("q", text)]))[
        "entries"
    ]
    return found


async def entry(docid: str) -> dict[str, Any]:
    """Return one entry, its citations with the article texts that are imported.

    Raises:
        NotFound: there is no such entry (any more).
        ServiceUnavailable: the service did not answer.
    """
    return await call("GET", f"/v1/entries/{quote(docid)}")
