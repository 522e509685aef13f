"""One asking action per question of the interview, made from the question list itself."""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.asking import ask
from actions.before import Before
from actions.beside import SLOT as BESIDE
from actions.goal import Events, send
from actions.interview import FORM, returning
from actions.known_facts import FACT_IDS, open_question
from actions.period_of_matter import URGENT, period_of_the_matter
from actions.wording import grouped, options, say
from eligibility import Question

LATELY, TWICE = 5, 2  # messages of the bot, and how often one question is put among them


class AskQuestion(Action, ABC):
    """Asks about `fact_id`; the subclasses below fill it in."""

    @property
    @abstractmethod
    def fact_id(self) -> str:
        """The fact that is asked about."""

    def name(self) -> str:
        """Return the name under which the form looks for the words of a slot."""
        return f"action_ask_{FORM}_{self.fact_id}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> Events:
        """Ask; after two misses offer a person instead of asking the same again."""
        if tracker.get_slot(BESIDE):  # something was just asked beside it
            return []
        asked = open_question(self.fact_id, tracker)
        offers = bool(tracker.get_slot("offered"))  # choices of another matter, which come first
        if returning(tracker) and (offers or _put(asked, tracker) >= TWICE):
            waits = say("interview", "waits", name=say("fact_names", self.fact_id))
            send(dispatcher, waits, options("resume", "talk_to_lawyer"))
            return []
        answers = shown_options(asked, bool(tracker.get_slot("all_options")))
        of_the_matter = period_of_the_matter(tracker) if self.fact_id == URGENT else ""
        ask(dispatcher, tracker, "\n".join(filter(None, [of_the_matter, asked.ask])), answers)
        return []


def _put(asked: Question, tracker: Tracker) -> int:
    """Return how often a question was put of late."""
    return sum(asked.ask in one for one in Before.of(tracker).said[:LATELY])


def shown_options(asked: Question, everything: bool) -> list[str]:
    """Return the answers to offer: all of a short list, the common ones of a long list first."""
    first = grouped("first_options", "first").get(asked.id)
    if first and not everything:
        common = [option.label for option in asked.options if option.value in first]
        return [*common, say("interview", "more")]
    left = [option.label for option in asked.options if not first or option.value not in first]
    return [*left, *options("dont_know")]


ASKING = tuple(
    type(f"Ask_{fact_id}", (AskQuestion,), {"fact_id": fact_id, "__module__": __name__})
    for fact_id in FACT_IDS
)
