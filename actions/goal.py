"""What all goals share: one reply, and an honest sentence when another service fails."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.errors import NotFound, ServiceUnavailable
from actions.near_deadline import look_back
from actions.wording import all_options, say
from actions.wording import options as words_of

logger = logging.getLogger(__name__)

LONGEST = 600
Events = list[dict[str, Any]]


@dataclass(frozen=True)
class Failure:
    """A text of words/unavailable.yml and what to remember."""

    text: str
    events: Events = field(default_factory=list)


class GoalAction(Action, ABC):
    """An action that replies; subclasses give its `goal` (a stem) and `reply`."""

    goal = ""
    ends_interview = False

    def name(self) -> str:
        """Return the name the domain knows the action by."""
        return f"action_{self.goal}"

    @abstractmethod
    async def reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        """Say something; return the events to remember."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Reply; when a service cannot be reached say so, with the hotline."""
        events = await self._reply_or_apologise(dispatcher, tracker)
        if not self.ends_interview:
            events += await look_back(dispatcher, tracker, events)
        if tracker.active_loop_name and not self.ends_interview:
            _leave_options_to_the_open_question(dispatcher)
        return events

    async def _reply_or_apologise(
        self, dispatcher: CollectingDispatcher, tracker: Tracker
    ) -> Events:
        try:
            return await self.reply(dispatcher, tracker)
        except (NotFound, ServiceUnavailable) as error:
            logger.error("action.service_unavailable goal=%s error=%s", self.goal, error)
            failure = self.failed()
            send(dispatcher, say("unavailable", failure.text), words_of("talk_to_lawyer"))
            return failure.events

    def failed(self) -> Failure:
        """Return what is said and remembered when a service cannot be reached."""
        return Failure("text")


def send(dispatcher: CollectingDispatcher, text: str, options: Iterable[str] = ()) -> None:
    """Say one message; options are plain words that the citizen can tap or type back."""
    offered = list(dict.fromkeys(options))
    dispatcher.utter_message(text=text, buttons=[{"title": o, "payload": o} for o in offered])


def _leave_options_to_the_open_question(dispatcher: CollectingDispatcher) -> None:
    """Drop what a reply usually offers: the open question follows and offers its own answers."""
    usual = set(all_options())
    for message in dispatcher.messages:
        message["buttons"] = [b for b in message["buttons"] if b["title"] not in usual]


def clipped(text: str, limit: int = LONGEST) -> str:
    """Return the text cut at the end of a sentence or line so that it fits the limit."""
    if len(text) <= limit:
        return text
    head = text[: limit - 1]
    end = max(head.rfind(mark) for mark in "。\n；")
    return (head[: end + 1] if end > limit // 2 else head).rstrip() + "…"


def text_of(tracker: Tracker) -> str:
    """Return what the citizen just wrote."""
    return (tracker.latest_message.get("text") or "").strip()


def intent_of(tracker: Tracker) -> tuple[str | None, float]:
    """Return the intent of what the citizen just wrote, and how sure the classifier is."""
    intent = tracker.latest_message.get("intent") or {}
    return intent.get("name"), float(intent.get("confidence") or 0.0)
