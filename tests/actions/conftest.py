"""A conversation with the actions: the real action classes, a real server for /v1."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from tests.fakes.internal_api import KEY, InternalApi

SENDER = "c0ffee00c0ffee00c0ffee00c0ffee00"


class Citizen:
    """Runs actions one after the other and keeps the slots they set."""

    def __init__(self) -> None:
        """Start with nothing known."""
        executor = ActionExecutor()
        executor.register_package("actions")
        self._actions = executor.actions
        self.slots: dict[str, Any] = {"misses": 0}
        self.loop: str | None = None
        self.texts: list[str] = []
        self.options: list[str] = []

    @property
    def told(self) -> str:
        """Everything the last action said."""
        return "\n".join(self.texts)

    async def runs(
        self,
        action: str,
        text: str = "",
        intent: str | None = None,
        confidence: float = 0.95,
        events: list[dict[str, Any]] | None = None,
    ) -> list[dict[str, Any]]:
        """Run an action after a message; return its events."""
        message = {"text": text, "intent": {"name": intent, "confidence": confidence}}
        tracker = Tracker.from_dict(
            {
                "sender_id": SENDER,
                "slots": dict(self.slots),
                "latest_message": message,
                "events": [{"event": "user", "text": text}, *(events or [])],
                "paused": False,
                "followup_action": None,
                "active_loop": {"name": self.loop} if self.loop else {},
                "latest_action_name": "action_listen",
            }
        )
        dispatcher = CollectingDispatcher()
        done: list[dict[str, Any]] = await self._actions[action](dispatcher, tracker, {"forms": {}})
        for event in done:
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            if event["event"] == "reset_slots":
                self.slots = {}
        self.texts = [message["text"] for message in dispatcher.messages]
        self.options = [
            button["title"] for message in dispatcher.messages for button in message["buttons"]
        ]
        return done


@pytest.fixture
def citizen() -> Citizen:
    """Someone who has said nothing yet."""
    return Citizen()


@pytest_asyncio.fixture
async def api(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[InternalApi]:
    """The internal listener on a free port, with its address and key in the environment."""
    served = InternalApi()
    runner = web.AppRunner(served.app())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    monkeypatch.setenv("INTERNAL_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("INTERNAL_KEY", KEY)
    yield served
    await runner.cleanup()


@pytest.fixture
def no_api(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing listens where the internal listener should be."""
    monkeypatch.setenv("INTERNAL_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("INTERNAL_KEY", KEY)
