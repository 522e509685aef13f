"""What actions read of a turn, and how they say something."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

LONGEST = 600
Events = list[dict[str, Any]]


def send(dispatcher: CollectingDispatcher, text: str, options: Iterable[str] = ()) -> None:
    """Say one message; options are plain words that the citizen can tap or type back."""
    offered = list(dict.fromkeys(options))
    dispatcher.utter_message(text=text, buttons=[{"title": o, "payload": o} for o in offered])


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
