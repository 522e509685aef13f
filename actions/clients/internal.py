"""HTTP to the internal listener: the address, the key and the errors that its clients share."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping, Sequence
from typing import Any

import aiohttp

from actions.errors import NotFound, ServiceUnavailable

LIMIT_S = 8.0
KEPT_S = 10.0
"""How long an unused connection stays open: the gateway closes none before."""
_sessions: dict[asyncio.AbstractEventLoop, aiohttp.ClientSession] = {}


async def call(
    method: str,
    path: str,
    *,
    query: Mapping[str, str] | Sequence[tuple[str, str]] | None = None,
    body: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Send one request to INTERNAL_URL with INTERNAL_KEY; return the JSON object it answers.

    Raises:
        NotFound: the service answered 404.
        ServiceUnavailable: no answer in time, another status, or something that is no JSON object.
    """
    url = os.environ.get("INTERNAL_URL", "http://127.0.0.1:8083") + path
    headers = {"X-Internal-Key": os.environ.get("INTERNAL_KEY", "")}
    limit = aiohttp.ClientTimeout(total=LIMIT_S)
    try:
        async with _session().request(
            method, url, params=query, json=body, headers=headers, timeout=limit
        ) as response:
            if response.status == 404:
                raise NotFound(path)
            response.raise_for_status()
            answer = await response.json()
    except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
        raise ServiceUnavailable(f"{method} {path}: {type(error).__name__}") from error
    if not isinstance(answer, dict):
        raise ServiceUnavailable(f"{method} {path}: no JSON object")
    return answer


def _session() -> aiohttp.ClientSession:
    """Return the session of this event loop; its connections serve one call after another."""
    loop = asyncio.get_running_loop()
    if loop not in _sessions:
        _sessions.clear()
        _sessions[loop] = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(keepalive_timeout=KEPT_S),
            cookie_jar=aiohttp.DummyCookieJar(),
        )
    return _sessions[loop]
