"""Calling the action server over connections that stay open.

Rasa opens a session and a connection for each action, several in a turn. Its requests stay as they
are; only the session that it makes for each of them takes its connection from those kept here.
"""

from __future__ import annotations

import asyncio

import aiohttp
from rasa.core.constants import DEFAULT_REQUEST_TIMEOUT
from rasa.utils.endpoints import EndpointConfig

# The action server closes a connection that was idle for 5 s (Sanic's KEEP_ALIVE_TIMEOUT); a call
# must not go out on one that is just being closed.
KEPT_S = 3.0
_connectors: dict[asyncio.AbstractEventLoop, aiohttp.TCPConnector] = {}


def keep_connections() -> None:
    """Let every endpoint use kept connections. Calling it again changes nothing."""
    EndpointConfig.session = _session


def _session(endpoint: EndpointConfig) -> aiohttp.ClientSession:
    """Return a session as Rasa makes it; closing it closes no connection."""
    login = endpoint.basic_auth
    return aiohttp.ClientSession(
        connector=_connector(),
        connector_owner=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers=endpoint.headers,
        auth=aiohttp.BasicAuth(login["username"], login["password"]) if login else None,
        timeout=aiohttp.ClientTimeout(total=DEFAULT_REQUEST_TIMEOUT),
    )


def _connector() -> aiohttp.TCPConnector:
    loop = asyncio.get_running_loop()
    if loop not in _connectors:
        _connectors.clear()
        _connectors[loop] = aiohttp.TCPConnector(keepalive_timeout=KEPT_S)
    return _connectors[loop]
