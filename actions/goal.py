"""What all goals share: one reply, and an honest sentence when another service fails."""

from __future__ import annotations

import logging
from abc import ABC, abstractmethod
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.around import (
    asks_about_the_queue,
    asks_something,
    danger_as_the_matter,
    is_held,
    tells_the_lawyer,
    waits_for_a_lawyer,
)
from actions.begun_anew import begin_anew
from actions.errors import NotFound, ServiceUnavailable
from actions.grief import condole
from actions.near_deadline import look_back
from actions.repeating import mark_repetitions
from actions.still_open import remind_of_the_open
from actions.turn import LONGEST, Events, clipped, intent_of, send, text_of
from actions.wording import all_options, say
from actions.wording import options as words_of

__all__ = ["LONGEST", "Events", "GoalAction", "clipped", "intent_of", "send", "text_of"]

logger = logging.getLogger(__name__)
Reader = Callable[[CollectingDispatcher, Tracker], Awaitable[Events]]
_readers: list[Reader] = []
_first_readers: list[Reader] = []
# What counts in the turn right after it was said only: choices offered, a question of a quiz, how
# many messages in a row found nothing, and a question asked beside the interview.
ONE_TURN = ("offered", "quiz", "lost", "beside")
# What is remembered of a message that is left to the lawyer: the matter, nothing that was shown.
CARRIED = ("context", "last_question")


def reads_first(reader: Reader) -> Reader:
    """Let `reader` see each message before the goal does; it replies by returning events."""
    _readers.append(reader)
    return reader


def reads_before_all(reader: Reader) -> Reader:
    """Let `reader` see each message before those that look at one matter only."""
    _first_readers.append(reader)
    return reader


@dataclass(frozen=True)
class Failure:
    """A text of words/unavailable.yml and what to remember."""

    text: str
    events: Events = field(default_factory=list)


class GoalAction(Action, ABC):
    """An action that replies; subclasses give its `goal` (a stem) and `reply`."""

    goal = ""
    ends_interview = False
    looks_back = True  # to a last day that is near
    reads_choices = True
    may_repeat = False
    # What is said to who waits for a lawyer: anything at all; and to what asks nothing.
    speaks_meanwhile = True
    answers_stories = True
    # Whether what is said is help to somebody who may be in danger.
    speaks_in_danger = True

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
        told = [*danger_as_the_matter(tracker), *begin_anew(tracker)]
        try:
            events = [*told, *await self._reply(dispatcher, tracker)]
            if not self.may_repeat:
                mark_repetitions(dispatcher, tracker)
            condole(dispatcher, tracker)
        except (NotFound, ServiceUnavailable) as error:
            logger.error("action.service_unavailable goal=%s error=%s", self.goal, error)
            failure = self.failed()
            send(dispatcher, say("unavailable", failure.text), words_of("talk_to_lawyer"))
            events = [*told, *failure.events]
        if waits_for_a_lawyer(tracker) and not self._speaks_to_who_waits(tracker, events):
            dispatcher.messages.clear()
            return [event for event in events if event.get("name") in CARRIED]
        if is_held(tracker) and not self._speaks_to_who_is_in_danger(tracker, events):
            dispatcher.messages.clear()
            return told
        if self.looks_back and not self.ends_interview:
            events += await look_back(dispatcher, tracker, events)
            if not (tracker.active_loop_name or waits_for_a_lawyer(tracker) or is_held(tracker)):
                events += remind_of_the_open(dispatcher, tracker, events)
        asks = any(one.get("name") == "beside" and one["value"] for one in events)
        if tracker.active_loop_name and not self.ends_interview and not asks:
            leave_options_to_the_open_question(dispatcher)
        return [*events, *_forgotten(events, tracker)]

    async def _reply(self, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
        for reader in (*_first_readers, *_readers) if self.reads_choices else ():
            if events := await reader(dispatcher, tracker):
                return events
        return await self.reply(dispatcher, tracker)

    def _speaks_to_who_waits(self, tracker: Tracker, events: Events) -> bool:
        """Return whether a reply helps who waits: what was not understood is for the lawyer."""
        if tracker.active_loop_name or any(event["event"] == "active_loop" for event in events):
            return True
        known = {event.get("name"): event.get("value") for event in events}
        if is_held(tracker) and known.get("offered"):
            return self._speaks_to_who_is_in_danger(tracker, events)
        lost = (known.get("lost") or 0) > 1 or (known.get("lost") and not known.get("offered"))
        told = not self.answers_stories and tells_the_lawyer(tracker)
        return self.speaks_meanwhile and not (lost or told or asks_about_the_queue(tracker))

    def _speaks_to_who_is_in_danger(self, tracker: Tracker, events: Events) -> bool:
        """Return whether a reply is an answer; small talk and what found nothing are none.

        Choices answer who asks; who only tells of something is not met by a menu.
        """
        if tracker.active_loop_name or any(event["event"] == "active_loop" for event in events):
            return True
        known = {event.get("name"): event.get("value") for event in events}
        speaks = self.speaks_in_danger or self.answers_after_all(tracker)
        if known.get("offered"):
            return speaks and asks_something(tracker)
        return speaks and not known.get("lost")

    def answers_after_all(self, tracker: Tracker) -> bool:
        """Return whether a text is answered though the goal has no answers of its own."""
        return False

    def failed(self) -> Failure:
        """Return what is said and remembered when a service cannot be reached."""
        return Failure("text")


def _forgotten(events: Events, tracker: Tracker) -> Events:
    """Return the events that forget what counted in this turn only."""
    kept = {event.get("name") for event in events}
    return [SlotSet(slot, None) for slot in ONE_TURN if tracker.get_slot(slot) and slot not in kept]


def leave_options_to_the_open_question(dispatcher: CollectingDispatcher) -> None:
    """Drop what a reply usually offers: the open question follows and offers its own answers."""
    usual = set(all_options())
    for message in dispatcher.messages:
        message["buttons"] = [b for b in message["buttons"] if b["title"] not in usual]
