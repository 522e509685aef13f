"""`/read/…`: one long answer as a page, behind an address that cannot be guessed and that ends.

The address is made of the message's number and a keyed digest of it, so that every retry of a
message gets the same one and nothing has to be kept. It leads to that one message, for three days,
and to nothing once the conversation is erased. It is not used up by opening it: WeChat's own
servers open an address before a person does, and people come back to read again.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker

from gateway.channels.web.pages import page, say
from gateway.tables import Message, now

LASTS = timedelta(days=3)
LARGEST_ID = 2**53
_DIGEST = 16  # bytes: 128 bits
_PURPOSE = b"read one answer:"


@dataclass(frozen=True)
class Pages:
    """Makes and reads addresses.

    Attributes:
        base: the public address, without a slash at the end.
        key: a secret of this deployment.
    """

    base: str
    key: str

    def address(self, message_id: str) -> str:
        """Returns where a message can be read."""
        return f"{self.base}/read/{self.token(message_id)}"

    def token(self, message_id: str) -> str:
        """Returns the last part of the address."""
        digest = hmac.new(self.key.encode(), _PURPOSE + message_id.encode(), hashlib.sha256)
        short = base64.urlsafe_b64encode(digest.digest()[:_DIGEST]).decode().rstrip("=")
        return f"{message_id}-{short}"

    def message(self, token: str) -> int | None:
        """Returns the message that a token leads to; None for a token that is not ours."""
        number, _, _ = token.partition("-")
        if not (number.isascii() and number.isdigit() and 0 < int(number[:17]) < LARGEST_ID):
            return None
        expected = self.token(number)
        given = token.encode("utf-8", "surrogateescape")
        return int(number) if hmac.compare_digest(given, expected.encode()) else None


@dataclass(frozen=True)
class Reading:
    """Serves the pages."""

    pages: Pages
    sessions: async_sessionmaker[AsyncSession]

    async def show(self, request: web.Request) -> web.Response:
        """Answers with the whole message, or with one sentence when there is none any more."""
        number = self.pages.message(request.match_info["token"])
        async with self.sessions() as session:
            found = await session.get(Message, number) if number else None
        if found is None or found.author != "bot" or now() - found.created_at > LASTS:
            response = page("read.html", status=404, lines=[], gone=say()["read"]["gone"])
        else:
            response = page("read.html", lines=found.text.splitlines(), gone="")
        response.headers["Referrer-Policy"] = "no-referrer"
        return response


def routes(reading: Reading) -> list[web.RouteDef]:
    """Returns the route."""
    return [web.get("/read/{token}", reading.show, allow_head=False)]
