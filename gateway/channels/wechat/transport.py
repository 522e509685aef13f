"""One HTTP request to Tencent, and what can be known about it when it fails."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp

from gateway.channels.wechat.errors import ApiError, TooLarge, Unanswered, Unreachable

TIMEOUT = aiohttp.ClientTimeout(total=15, connect=8, sock_connect=5)
"""What takes too long before there is a connection has certainly not been sent."""
_CHUNK = 64 * 1024
_JSON_LIMIT = 1024 * 1024


@dataclass(frozen=True)
class Transport:
    """Talks to one address; the caller closes the session."""

    http: aiohttp.ClientSession
    base: str

    async def post(self, path: str, body: Mapping[str, Any], token: str = "") -> dict[str, Any]:
        """Returns the answer to a JSON body, which goes out as raw UTF-8.

        Raises:
            ApiError: Tencent refused it.
            Unreachable: it certainly had no effect.
            Unanswered: it may have had effect.
        """
        data = json.dumps(body, ensure_ascii=False).encode()
        return _checked(path, await self._bytes("POST", path, _query(token), data, _JSON_LIMIT))

    async def get(self, path: str, token: str) -> dict[str, Any]:
        """Returns the answer to a question; errors as in `post`."""
        return _checked(path, await self._bytes("GET", path, _query(token), None, _JSON_LIMIT))

    async def download(self, path: str, token: str, media_id: str, limit: int) -> bytes:
        """Returns a file of at most `limit` bytes; errors as in `post`, and TooLarge."""
        query = _query(token) | {"media_id": media_id}
        content = await self._bytes("GET", path, query, None, limit)
        if content.lstrip()[:1] == b"{":  # no picture begins so: it is a refusal
            _checked(path, content)
            raise Unreachable(f"{path}: not a file")
        return content

    async def _bytes(
        self, method: str, path: str, query: dict[str, str], data: bytes | None, limit: int
    ) -> bytes:
        """Errors never hold the address, because the token is in it."""
        headers = {"Content-Type": "application/json; charset=utf-8"} if data is not None else {}
        try:
            async with self.http.request(
                method,
                self.base + path,
                params=query,
                data=data,
                headers=headers,
                timeout=TIMEOUT,
                allow_redirects=False,
            ) as response:
                if response.status != 200:
                    raise Unreachable(f"{path}: HTTP {response.status}")
                content = bytearray()
                async for chunk in response.content.iter_chunked(_CHUNK):
                    content += chunk
                    if len(content) > limit:
                        raise TooLarge(path)
                return bytes(content)
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise Unreachable(f"{path}: {type(error).__name__}") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Unanswered(f"{path}: {type(error).__name__}") from None


def _query(token: str) -> dict[str, str]:
    return {"access_token": token} if token else {}


def _checked(path: str, content: bytes) -> dict[str, Any]:
    """Returns the fields of a JSON answer that is no refusal."""
    try:
        answer = json.loads(content)
    except (ValueError, RecursionError):
        raise Unanswered(f"{path}: no JSON") from None
    errcode = answer.get("errcode", 0) if isinstance(answer, dict) else None
    if not isinstance(errcode, int):
        raise Unanswered(f"{path}: no errcode")
    if errcode:
        raise ApiError(errcode)
    return dict(answer)
