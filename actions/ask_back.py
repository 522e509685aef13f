"""A short form of a goal: asks back for the little that is missing, then the goal replies."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.forms import REQUESTED_SLOT, FormValidationAction

from actions.asking import ask, is_overwhelmed
from actions.bidding import bids_a_reminder
from actions.goal import Events, intent_of, text_of
from actions.hearing import COMMANDS, LIKELY, SURE, leaves
from actions.wording import options
from eligibility import UNKNOWN, says_unknown


class AskBackForm(FormValidationAction, ABC):
    """Reads the answer to the open question of a short form; `slots` are what it may ask for."""

    form = ""
    slots: tuple[str, ...] = ()

    def name(self) -> str:
        """Return the name Rasa derives from the form's."""
        return f"validate_{self.form}"

    @abstractmethod
    def wanted(self, tracker: Tracker) -> str | None:
        """Return the slot to ask for next, None when the goal can reply."""

    @abstractmethod
    def read(self, slot: str, tracker: Tracker) -> Events:
        """Return what the message tells about a slot; nothing where it is no answer."""

    def is_another_matter(self, slot: str, tracker: Tracker) -> bool:
        """Return whether the message begins something else, though it could be an answer."""
        return False

    async def required_slots(
        self,
        domain_slots: list[str],
        dispatcher: CollectingDispatcher,
        tracker: Tracker,
        domain: dict[str, Any],
    ) -> list[str]:
        """Return the one slot to ask for, or nothing when enough is known."""
        slot = self.wanted(tracker)
        return [slot] if slot else []

    async def get_extraction_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Return nothing: reading and checking are one step, below."""
        return []

    async def get_validation_events(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Return what was told; nothing where another rule has to reply."""
        slot = tracker.get_slot(REQUESTED_SLOT)
        if slot not in self.slots or _replied_already(tracker, self.form):
            return [SlotSet("misses", 0)]
        intent, confidence = intent_of(tracker)
        commanded = intent in COMMANDS and intent != "correct" and confidence >= SURE
        commanded = commanded or bids_a_reminder(text_of(tracker))
        if commanded or self.is_another_matter(slot, tracker):
            return []  # Rasa takes it that the form rejects the message, and asks the other rules
        if is_overwhelmed(text_of(tracker)):
            return [SlotSet("misses", 0)]
        told = self.read(slot, tracker)
        if told:
            return [*told, SlotSet("misses", 0)]
        if (intent == "dont_know" and confidence >= LIKELY) or says_unknown(text_of(tracker)):
            return [SlotSet(slot, UNKNOWN), SlotSet("misses", 0)]
        if intent == "check_eligibility" or (
            intent != "correct" and leaves(intent, confidence, text_of(tracker))
        ):
            return []
        return [SlotSet("misses", (tracker.get_slot("misses") or 0) + 1)]


class AskBack(Action, ABC):
    """Asks for one slot; after two misses offers a person instead of asking the same again."""

    form = ""
    slot = ""

    def name(self) -> str:
        """Return the name under which the form looks for the words of a slot."""
        return f"action_ask_{self.form}_{self.slot}"

    @abstractmethod
    def question(self, tracker: Tracker) -> tuple[str, list[str]]:
        """Return the words of the question and the answers to offer."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Ask."""
        words, answers = self.question(tracker)
        ask(dispatcher, tracker, words, [*answers, *options("dont_know")])
        return []


def _replied_already(tracker: Tracker, form: str) -> bool:
    """Return whether another action has replied to this message; Rasa notes the form itself too."""
    for event in reversed(tracker.events):
        if event["event"] == "user":
            return False
        if event["event"] == "action_execution_rejected":
            return True
        if event["event"] == "action" and event.get("name") not in ("action_listen", form):
            return True
    return False
