"""The REST channel for apps and kiosks: one POST is one turn; later replies are fetched."""

import hmac
import json
import uuid
from dataclasses import dataclass

from aiohttp import web
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from gateway.channels import Inbound, Reply, render_plain
from gateway.conversation import Conversations
from gateway.history import History
from gateway.pace import Pace
from gateway.words import words

PATH = "/api/v1/messages"
LARGEST_ID = 2**53


class Post(BaseModel):
    """What an app posts. With the same ``id`` it is the same message again."""

    model_config = ConfigDict(extra="forbid", strict=True)

    sender: str = Field(min_length=1, max_length=128)
    text: str
    id: str | None = Field(default=None, min_length=1, max_length=128)

    @field_validator("sender", "id")
    @classmethod
    def _printable(cls, value: str | None) -> str | None:
        if value is not None and not value.isprintable():
            raise ValueError("not printable")
        return value


@dataclass(frozen=True)
class Rest:
    """Serves apps that know the key."""

    conversations: Conversations
    history: History
    key: str
    pace: Pace

    async def post(self, request: web.Request) -> web.Response:
        """Answers one message with its turn."""
        refusal = self._refuse(request)
        if refusal:
            return refusal
        if request.content_type != "application/json":
            return _error(415, "not_json")
        try:
            post = Post.model_validate(json.loads(await request.read()))
        except web.HTTPRequestEntityTooLarge:
            return _error(413, "too_large")
        except (ValidationError, ValueError, RecursionError):
            return _error(400, "bad_message")
        wait = self.pace.wait(post.sender)
        if wait:
            return _error(429, "too_fast", {"Retry-After": str(int(wait) + 1)})
        delivery = post.id or uuid.uuid4().hex
        turn = await self.conversations.receive(
            Inbound("rest", post.sender, post.text, f"rest:{_key(post.sender, delivery)}")
        )
        messages = [_message(turn.reply)] if turn.reply else []
        return _json({"messages": messages, "status": turn.status})

    async def get(self, request: web.Request) -> web.Response:
        """Answers with what was said to a sender after a message, the later replies included."""
        refusal = self._refuse(request)
        if refusal:
            return refusal
        sender, after = request.query.get("sender", ""), request.query.get("after", "0")
        if not sender or not (after.isascii() and after.isdigit() and int(after) < LARGEST_ID):
            return _error(400, "bad_query")
        view = await self.history.since("rest", sender, int(after))
        said = [entry.as_reply() for entry in view.entries if entry.author != "citizen"]
        return _json({"messages": [_message(reply) for reply in said], "owner": view.owner})

    def _refuse(self, request: web.Request) -> web.Response | None:
        given = request.headers.get("X-Api-Key", "").encode("utf-8", "surrogateescape")
        if hmac.compare_digest(given, self.key.encode()):
            return None
        return _error(401, "wrong_key")


def routes(rest: Rest) -> list[web.RouteDef]:
    """Returns the channel's routes."""
    return [web.post(PATH, rest.post), web.get(PATH, rest.get, allow_head=False)]


def _message(reply: Reply) -> dict[str, object]:
    """Returns a reply: ``text`` is ready to show, ``body`` and ``options`` are its parts."""
    return {
        "id": int(reply.message_id),
        "text": render_plain(reply),
        "body": reply.text,
        "options": list(reply.options),
        "author": reply.author,
    }


def _error(status: int, name: str, headers: dict[str, str] | None = None) -> web.Response:
    return _json({"error": words().rest[name], "status": "error"}, status, headers)


def _json(
    content: dict[str, object], status: int = 200, headers: dict[str, str] | None = None
) -> web.Response:
    response = web.json_response(
        content, status=status, dumps=lambda value: json.dumps(value, ensure_ascii=False)
    )
    response.headers.update({"Cache-Control": "no-store", **(headers or {})})
    return response


def _key(sender: str, delivery: str) -> str:
    """Returns a key that no other pair of the two can have."""
    return f"{len(sender)}:{sender}:{delivery}"
