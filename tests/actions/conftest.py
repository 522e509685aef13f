"""A conversation with the actions: the real action classes, a real server for /v1."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date, datetime, time, tzinfo
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions import clock
from tests.actions.read_entries import ORDER, READ
from tests.fakes.internal_api import KEY, InternalApi

SENDER = "c0ffee00c0ffee00c0ffee00c0ffee00"
# Loaded before any test module: who reads a message first follows from the order of loading.
_EXECUTOR = ActionExecutor()
_EXECUTOR.register_package("actions")


class Citizen:
    """Runs actions one after the other and keeps the slots they set."""

    def __init__(self) -> None:
        """Start with nothing known."""
        self._actions = _EXECUTOR.actions
        self.slots: dict[str, Any] = {"misses": 0}
        self.loop: str | None = None
        self.before: list[dict[str, Any]] = []
        self.now = 0.0
        self.texts: list[str] = []
        self.options: list[str] = []
        self.read: list[dict[str, Any]] = []

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
        **around: object,
    ) -> list[dict[str, Any]]:
        """Run an action after a message; return its events.

        What is `around` it comes from the gateway: `danger` told before, `waiting` for a lawyer.
        """
        meant = {"name": intent, "confidence": confidence}
        message = {"text": text, "intent": meant, "metadata": around}
        said = {"event": "user", "text": text, "parse_data": message, "timestamp": self.now}
        tracker = Tracker.from_dict(
            {
                "sender_id": SENDER,
                "slots": dict(self.slots),
                "latest_message": message,
                "events": [*self.before, said, *(events or [])],
                "paused": False,
                "followup_action": None,
                "active_loop": {"name": self.loop} if self.loop else {},
                "latest_action_name": "action_listen",
            }
        )
        dispatcher = CollectingDispatcher()
        done: list[dict[str, Any]] = await self._actions[action](dispatcher, tracker, {"forms": {}})
        spoken = [
            {"event": "bot", "text": one["text"], "data": {"buttons": one["buttons"]}}
            for one in dispatcher.messages
        ]
        self.before += [said, *spoken] if text else []
        for event in done:
            if event["event"] == "active_loop":
                self.loop = event["name"]
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            if event["event"] == "reset_slots":
                self.slots = {}
        self.texts = [message["text"] for message in dispatcher.messages]
        self.options = [
            button["title"] for message in dispatcher.messages for button in message["buttons"]
        ]
        return done

    async def hears(self, action: str, text: str, intent: str, *parts: str) -> None:
        """Run an action after a message of which the classifier is sure; all parts must be said."""
        await self.runs(action, text, intent)
        assert [one for one in parts if one not in self.told] == []

    async def answers(self, text: str, intent: str = "inform", confidence: float = 0.95) -> None:
        """Answer the open question of the running form; it then asks on or leaves the loop."""
        assert self.loop
        form = self.loop
        done = await self.runs(f"validate_{form}", text, intent, confidence, _noted(form))
        self.read = [event for event in done if event.get("name") != "requested_slot"]
        await self._goes_on(form, done, text)

    async def asks(self, action: str, text: str, intent: str, confidence: float = 0.95) -> None:
        """Say something that an action replies to; a form that it starts asks at once."""
        await self.runs(action, text, intent, confidence)
        if self.loop:
            form = self.loop
            replied = [{"event": "action", "name": action}, *_noted(form)]
            done = await self.runs(f"validate_{form}", text, intent, confidence, replied)
            await self._goes_on(form, done, text)

    async def _goes_on(self, form: str, done: list[dict[str, Any]], text: str) -> None:
        """Ask for what the form requests, or reply as the rule after the form says."""
        spoken = self.texts
        if not any(event.get("name") == "requested_slot" for event in done):
            self.slots["requested_slot"] = None
            self.loop = None
            await self.runs(AFTER[form])
        else:
            await self.runs(f"action_ask_{form}_{self.slots['requested_slot']}", text)
        self.texts = [*spoken, *self.texts]


def _noted(form: str) -> list[dict[str, Any]]:
    """Return what Rasa notes before it calls a form's validation."""
    return [{"event": "action", "name": form}]


AFTER = {
    "deadline_form": "action_tell_deadline",
    "after_application_form": "action_tell_remedy",
    "eligibility_form": "action_screen_eligibility",
}


class Calendar:
    """The date where the citizens live; tests set it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Take the place of the clock that `actions.clock.today` reads."""
        self.day = date(2026, 11, 18)
        monkeypatch.setattr(clock, "datetime", self)

    def now(self, zone: tzinfo) -> datetime:
        """Return noon of the day."""
        return datetime.combine(self.day, time(12), zone)


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    """It is Wednesday, 18 November 2026, until the test says otherwise."""
    return Calendar(monkeypatch)


@pytest.fixture
def citizen() -> Citizen:
    """Someone who has said nothing yet."""
    return Citizen()


@pytest.fixture
def reader(citizen: Citizen) -> Citizen:
    """Somebody who has just read an entry."""
    citizen.slots |= {
        "context": "老板欠我工资",
        "last_entry": READ["docid"],
        "last_topic": "labour",
    }
    return citizen


@pytest.fixture
def protected(citizen: Citizen) -> Citizen:
    """Somebody who has just read how to apply for a protection order."""
    read = {"last_entry": ORDER["docid"], "last_topic": "domestic_violence"}
    citizen.slots |= {"context": "人身安全保护令怎么申请", **read}
    return citizen


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


# Monday, 16 November 2026: fifteen days end on Tuesday, 1 December.
TOLD = "11月16日收到一审民事判决，不服上诉期限"


@pytest.fixture
async def knows(citizen: Citizen, calendar: Calendar) -> Citizen:
    """Someone who was just told the last day to appeal, on 18 November."""
    await citizen.runs("action_deadlines", TOLD, "deadlines")
    assert "12月1日" in citizen.told
    return citizen
