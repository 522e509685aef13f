"""The signed channel between the gateway and Rasa: one turn in, one turn with a status out.

Rasa answers `200 []` for a failed action as for a paused conversation. This channel listens to the
log of Rasa's processor during the turn and so tells the two apart.
"""

from __future__ import annotations

import hashlib
import hmac
import logging
import os
import re
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import structlog
from rasa.core.channels.channel import CollectingOutputChannel, InputChannel, UserMessage
from rasa.core.tracker_store import TrackerStore
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.action_connections import keep_connections
from bot.action_results import validate_once
from bot.graph_runs import run_in_order
from bot.trackers import Trackers

log = structlog.get_logger(__name__)

CLOCK_SKEW_S = 300
LONGEST_TEXT = 1000
# What the gateway tells besides the text: what was said before and not heard here, whether the
# citizen waits for a lawyer, whether danger told lately is held. Actions read it as the metadata of
# the message.
AROUND = ("danger", "waiting", "held", "never", "calm")
# Where Rasa logs, and swallows, what goes wrong in a turn: failed actions and endless ones.
WATCHED_LOGGER = "rasa.core.processor"
_failures: ContextVar[list[str] | None] = ContextVar("failures", default=None)


class InternalInput(InputChannel):
    """Turns a signed request into a message and the bot's messages into one reply."""

    @classmethod
    def name(cls) -> str:
        """Return the name, which is also the path below /webhooks."""
        return "internal"

    @classmethod
    def from_credentials(cls, credentials: dict[str, Any] | None) -> InternalInput:
        """Build the channel with the key of the environment.

        Raises:
            RuntimeError: INTERNAL_KEY is not set; without it nobody could be trusted.
        """
        key = os.environ.get("INTERNAL_KEY", "")
        if not key:
            raise RuntimeError("INTERNAL_KEY is not set")
        return cls(key)

    def __init__(self, key: str) -> None:
        """Take the key that signs."""
        self._key = key.encode()

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """Return the three addresses: health, turn and forget."""
        routes = Blueprint("internal_channel")
        _watch_failures()
        validate_once()
        keep_connections()
        run_in_order()

        @routes.get("/health")
        async def health(request: Request) -> HTTPResponse:
            ready = request.app.ctx.agent.is_ready()
            return json({"status": "ok" if ready else "loading"}, status=200 if ready else 503)

        @routes.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            content = self._content(request)
            if content is None:
                return _refused()
            sender, text = content.get("sender"), content.get("text")
            if not _is_text(sender) or not isinstance(text, str):
                return json({"status": "error"}, status=400)
            around = {name: content[name] for name in AROUND if content.get(name)}
            return json(await _turn(request, on_new_message, str(sender), text, around))

        @routes.post("/forget")
        async def forget(request: Request) -> HTTPResponse:
            content = self._content(request)
            if content is None:
                return _refused()
            if not _is_text(content.get("sender")):
                return json({"status": "error"}, status=400)
            await _forget(request.app.ctx.agent, str(content["sender"]))
            return json({"status": "ok"})

        return routes

    def _content(self, request: Request) -> dict[str, Any] | None:
        """Return the body of a rightly signed request, else None."""
        timestamp = request.headers.get("X-Mingbai-Timestamp", "")
        given = request.headers.get("X-Mingbai-Signature", "")
        if not re.fullmatch(r"[0-9]{1,12}", timestamp):
            return None
        if abs(time.time() - int(timestamp)) > CLOCK_SKEW_S:
            return None
        signed = timestamp.encode() + b"." + request.body
        expected = hmac.new(self._key, signed, hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected.encode(), given.encode("utf-8", "surrogateescape")):
            return None
        return request.json if isinstance(request.json, dict) else {}


async def _turn(
    request: Request,
    on_new_message: Callable[[UserMessage], Awaitable[Any]],
    sender: str,
    text: str,
    around: dict[str, Any],
) -> dict[str, Any]:
    said = CollectingOutputChannel()
    message = UserMessage(
        neutral(text), said, sender, input_channel=InternalInput.name(), metadata=around
    )
    with _collect_failures() as failures:
        try:
            await on_new_message(message)
        except Exception as error:  # a turn always has an answer; the gateway decides what is said
            log.exception("internal.turn_failed", error=type(error).__name__)
            failures.append("exception")
    messages = [_message(item) for item in said.messages]
    may_be_silent = bool(around.get("waiting") or around.get("held"))
    status = await _status(request, sender, bool(messages), bool(failures), may_be_silent)
    if status == "error":
        log.error("internal.turn_error", failures=failures, messages=len(messages))
    return {"status": status, "messages": messages}


async def _status(
    request: Request, sender: str, spoke: bool, failed: bool, may_be_silent: bool
) -> str:
    if failed:
        return "error"
    if spoke:
        return "ok"
    if may_be_silent:
        return "silent"
    tracker = await request.app.ctx.agent.tracker_store.retrieve(sender)
    return "silent" if tracker is not None and tracker.is_paused() else "error"


def neutral(text: str) -> str:
    """Return the text without what Rasa would read as an intent, cut to what NLU can bear."""
    return re.sub(r"^[\s/\uff0f]+", "", text)[:LONGEST_TEXT].strip() or "?"


def _message(item: dict[str, Any]) -> dict[str, Any]:
    options = [str(button["title"]) for button in item.get("buttons", [])]
    return {"text": item.get("text", ""), "options": options}


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _refused() -> HTTPResponse:
    return json({"status": "error"}, status=403)


async def _forget(agent: Any, sender: str) -> None:
    """Erase every event of a conversation, waiting for a turn in progress."""
    async with agent.lock_store.lock(sender):
        _trackers(agent.tracker_store).erase(sender)
    log.info("internal.forgotten")


def _trackers(store: TrackerStore) -> Trackers:
    """Return the store behind Rasa's wrappers.

    Raises:
        TypeError: the tracker store keeps its events elsewhere.
    """
    while not isinstance(store, Trackers):
        inner = getattr(store, "_tracker_store", None)
        if inner is None:
            raise TypeError(f"cannot erase from {type(store).__name__}")
        store = inner
    return store


@contextmanager
def _collect_failures() -> Iterator[list[str]]:
    failures: list[str] = []
    token = _failures.set(failures)
    try:
        yield failures
    finally:
        _failures.reset(token)


class _FailureListener(logging.Handler):
    """Notes warnings and errors of the turn that runs in the current context."""

    def emit(self, record: logging.LogRecord) -> None:
        failures = _failures.get()
        if failures is not None:
            failures.append(f"{record.name}:{record.lineno}")


def _watch_failures() -> None:
    watched = logging.getLogger(WATCHED_LOGGER)
    if not any(isinstance(handler, _FailureListener) for handler in watched.handlers):
        watched.addHandler(_FailureListener(level=logging.WARNING))
