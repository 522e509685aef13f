"""The papers page: a link that takes what was told along."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from actions.clients.internal import call
from actions.errors import ServiceUnavailable


@dataclass(frozen=True)
class Link:
    """An address that opens once, and for how many hours it waits."""

    url: str
    hours: int


async def papers_link(facts: dict[str, Any]) -> Link | None:
    """Return a link to the papers page for facts; None where people cannot be sent links.

    Raises:
        ServiceUnavailable: the page did not take the facts.
    """
    answer = await call("POST", "/v1/aid/links", body={"facts": facts})
    url, hours = answer.get("url"), answer.get("hours")
    if url is None:
        return None
    if not isinstance(url, str) or not isinstance(hours, int):
        raise ServiceUnavailable("POST /v1/aid/links: no link")
    return Link(url, hours)
