"""The trained bot in this process: its real model, rules, forms, actions and words.

Loading takes ten seconds, a turn ten milliseconds: many conversations, one load.
"""

from __future__ import annotations

import copy
import itertools
import logging
import time
import types
from collections.abc import AsyncIterator, MutableMapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Any

import rasa.core.processor
import rasa.shared.core.events
from aiohttp import web
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, UserUttered
from rasa.utils.endpoints import EndpointConfig
from rasa.utils.log_utils import configure_structlog
from rasa_sdk.executor import ActionExecutor

import actions.turn
from bot.action_results import validate_once
from tests.conversations.library import Library
from tests.fakes.internal_api import KEY

MODEL = "models/rasa"
DAY = date(2026, 11, 18)  # a Wednesday


@dataclass(frozen=True)
class Turn:
    """What came of one message."""

    texts: tuple[str, ...]
    options: tuple[str, ...]
    actions: tuple[str, ...]
    slots: dict[str, Any]
    failures: tuple[str, ...]

    @property
    def text(self) -> str:
        """All of it as one text."""
        return "\n".join(self.texts)


class InProcessActions(EndpointConfig):  # type: ignore[misc]
    """Takes the place of the action server's address: the same executor, called directly."""

    def __init__(self) -> None:
        """Register every action of the project."""
        super().__init__(url="http://in-process")
        self._executor = ActionExecutor()
        self._executor.register_package("actions")

    async def request(self, *_: Any, json: dict[str, Any], **__: Any) -> Any:
        """Run the action that Rasa asks for."""
        return await self._executor.run(json)


class Clock:
    """The time of the conversations: today is DAY, and days can pass."""

    def __init__(self) -> None:
        """Take the place of the clocks that Rasa and the actions read."""
        self.passed = timedelta()
        shifted = types.SimpleNamespace(time=self.time)
        rasa.shared.core.events.time = shifted
        rasa.core.processor.time = shifted
        actions.turn.datetime = self  # type: ignore[attr-defined, assignment]

    def time(self) -> float:
        """Return the seconds that Rasa notes with an event."""
        return time.time() + self.passed.total_seconds()

    def now(self, zone: tzinfo) -> datetime:
        """Return noon of the day."""
        return datetime(DAY.year, DAY.month, DAY.day, 12, tzinfo=zone) + self.passed


class Bot:
    """Talks with any number of citizens."""

    def __init__(self, library: Library) -> None:
        """Load the model."""
        logging.disable(logging.INFO)
        configure_structlog(logging.ERROR)
        validate_once()
        self.library = library
        self.clock = Clock()
        self._store = InMemoryTrackerStore(domain=Domain.empty())
        self.agent = Agent.load(
            MODEL, action_endpoint=InProcessActions(), tracker_store=self._store
        )
        self._parsed: dict[str, dict[str, Any]] = {}
        self._listener = _Failures()
        logging.getLogger("rasa.core.processor").addHandler(self._listener)

    async def say(self, citizen: str, text: str) -> Turn:
        """Say one thing; return what came of it."""
        said = CollectingOutputChannel()
        self._listener.failures = []
        message = UserMessage(text, said, citizen, parse_data=await self._parse(text))
        await self.agent.handle_message(message)
        tracker = await self.agent.tracker_store.retrieve(citizen)
        since = itertools.takewhile(
            lambda event: not isinstance(event, UserUttered), reversed(tracker.events)
        )
        done = [one.action_name for one in since if isinstance(one, ActionExecuted)]
        return Turn(
            tuple(m["text"] for m in said.messages if m.get("text")),
            tuple(b["title"] for m in said.messages for b in m.get("buttons", [])),
            tuple(name for name in reversed(done) if name and name not in NOT_SPEAKING),
            tracker.current_slot_values(),
            tuple(self._listener.failures),
        )

    def forget(self, citizen: str) -> None:
        """Drop what is kept of a citizen."""
        self._store.store.pop(citizen, None)

    async def _parse(self, text: str) -> dict[str, Any]:
        if text not in self._parsed:
            self._parsed[text] = await self.agent.parse_message(text)
        return copy.deepcopy(self._parsed[text])


NOT_SPEAKING = ("action_listen", "action_session_start", "action_extract_slots", "")


class _Failures(logging.Handler):
    """Notes what Rasa logs and swallows: failed actions and endless predictions."""

    def __init__(self) -> None:
        super().__init__(level=logging.WARNING)
        self.failures: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.failures.append(record.getMessage()[:300])


@asynccontextmanager
async def running(environment: MutableMapping[str, str]) -> AsyncIterator[Bot]:
    """A bot whose actions reach the small library; its address is put into `environment`."""
    library = Library()
    runner = web.AppRunner(library.app())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    environment["INTERNAL_URL"] = f"http://127.0.0.1:{runner.addresses[0][1]}"
    environment["INTERNAL_KEY"] = KEY
    yield Bot(library)
    await runner.cleanup()
