"""Answering a message that was said instead of an answer to a form's question, and leaving it."""

from __future__ import annotations

from copy import copy
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.answer_question import AnswerQuestion
from actions.goal import Events

ACTION_LISTEN = "action_listen"


def as_heard(tracker: Tracker, text: str | None = None) -> Tracker:
    """Return the conversation up to the message, without what Rasa noted of the form itself.

    Args:
        tracker: the conversation.
        text: what is to be answered of the message; all of it where none is given.
    """
    heard = copy(tracker)
    heard.active_loop = {}
    if text is not None:
        heard.latest_message = {**tracker.latest_message, "text": text}
    while heard.events and heard.events[-1]["event"] != "user":
        heard.events = heard.events[:-1]
    return heard


async def answer_instead(
    dispatcher: CollectingDispatcher, heard: Tracker, domain: dict[str, Any]
) -> Events:
    """Answer a message as a question about the law; the form asks nothing any more."""
    return left(await AnswerQuestion().run(dispatcher, heard, domain))


def left(told: Events) -> Events:
    """Return what was told, and that the form asks nothing any more."""
    return [
        *told,
        SlotSet(REQUESTED_SLOT, None),
        ActiveLoop(None),
        FollowupAction(ACTION_LISTEN),
    ]
