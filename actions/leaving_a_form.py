"""Answering a message that was said instead of an answer to a form's question, and leaving it."""

from __future__ import annotations

import re
from copy import copy
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT

from actions.answer_question import AnswerQuestion
from actions.denying import MARKS, denials_in, denies
from actions.goal import Events, text_of
from actions.wording import say
from eligibility.radar import Period, shipped

ACTION_LISTEN = "action_listen"
# What is known of a count, and the question that began it.
COUNTED = ("deadline_period", "deadline_day", "deadline_said", "last_question", "recent")


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


def without_the_count(tracker: Tracker) -> Tracker | None:
    """Return what was heard where it says to count no more, or denies the period counted.

    「先不算了，…」, 「我问彩礼，不是劳动」: the rest of the words is about what was read before.
    """
    text = text_of(tracker)
    period = shipped().get(tracker.get_slot("deadline_period") or "")
    denied = denials_in(tracker.events)[:1] if period and denies(text) else ()
    stopped = re.search(say("deadlines", "counts_no_more"), text)
    if not stopped and not any(one.things and one.excludes(_as_a_hit(period)) for one in denied):
        return None
    heard = as_heard(tracker, text[stopped.end() :].strip(MARKS) if stopped else text)
    heard.slots = {**tracker.slots, **dict.fromkeys(COUNTED)}
    return heard


def _as_a_hit(period: Period | None) -> dict[str, str]:
    return {"title": period.name if period else ""}


def left(told: Events) -> Events:
    """Return what was told, and that the form asks nothing any more."""
    return [
        *told,
        SlotSet(REQUESTED_SLOT, None),
        ActiveLoop(None),
        FollowupAction(ACTION_LISTEN),
    ]
